import * as z from 'zod';
import { type Destination, destinationSchema } from '../destination/request.js';
import { type AmountDetails, requestAmountSchema } from '../money/amount.js';
import { opaque } from '../schema/text.js';

/** Who gets or sends the money. The bank's list is longer; every other field of it may be given as well. */
export interface Participant {
  full_name?: string | undefined;
  first_name?: string | undefined;
  last_name?: string | undefined;
  middle_name?: string | undefined;
  reference?: string | undefined;
  tax_reference?: string | undefined;
  [field: string]: unknown;
}

/** The parts of a payout that may be told at `session/create` or at the start; everything once (documented). */
export interface PayoutParameters {
  /** Where the money goes; sent as `payment_method` in v1. */
  payout_details?: Destination | undefined;
  /** Payouts to accounts and by FPS are in roubles only (documented). */
  amount_details?: AmountDetails | undefined;
  participant_details?: { sender?: Participant | undefined; recipient?: Participant | undefined } | undefined;
  customer?:
    | {
        reference: string;
        contacts?: { email?: string | undefined; phone?: string | undefined }[] | undefined;
      }
    | undefined;
  /** For a payout to a self-employed person, with the receipt of their income. */
  fiscalization_details?: Record<string, unknown> | undefined;
  /** Any JSON; comes back in answers and webhooks (documented). */
  metadata?: unknown;
}

/** `session/create`. Everything may be left for the start. */
export interface CreateSessionRequest extends PayoutParameters {}

/** `session/init/payout`: everything at once. */
export interface InitPayoutRequest extends PayoutParameters {
  payout_details: Destination;
  amount_details: AmountDetails;
}

/** `session/start/payout`: what `session/create` was not told. */
export interface StartPayoutRequest extends PayoutParameters {
  session_id: string;
}

/** What the bank sends with `ready_to_confirm` in escrow and settlement flows, to be sent back untouched (documented). */
export interface ConfirmInformation {
  [field: string]: unknown;
}

/** `session/confirm`. */
export interface ConfirmRequest {
  session_id: string;
  confirm_information?: ConfirmInformation | undefined;
}

/** `session/cancel` and `session/status`. */
export interface SessionReference {
  session_id: string;
}

const sessionId = opaque('the session id');

const parameters = {
  payout_details: destinationSchema.optional(),
  amount_details: requestAmountSchema.optional(),
  participant_details: z
    .looseObject({ sender: z.looseObject({}).optional(), recipient: z.looseObject({}).optional() })
    .optional(),
  customer: z
    .looseObject({
      reference: z.string().min(1, 'must not be empty'),
      contacts: z.array(z.looseObject({})).optional(),
    })
    .optional(),
  fiscalization_details: z.looseObject({}).optional(),
  metadata: z.unknown().optional(),
  payment_method: z
    .never('is the name on the wire of v1: write payout_details, it is renamed when it is sent')
    .optional(),
};

/** Checks `session/create`. */
export const createSessionRequestSchema = z.looseObject(parameters).superRefine(checkCurrency);

/** Checks `session/init/payout`. */
export const initPayoutRequestSchema = z
  .looseObject({ ...parameters, payout_details: destinationSchema, amount_details: requestAmountSchema })
  .superRefine(checkCurrency);

/** Checks `session/start/payout`. */
export const startPayoutRequestSchema = z
  .looseObject({ session_id: sessionId, ...parameters })
  .superRefine(checkCurrency);

/** Checks `session/confirm`. */
export const confirmRequestSchema = z.looseObject({
  session_id: sessionId,
  confirm_information: z.looseObject({}).optional(),
});

/** Checks `session/cancel` and `session/status`. */
export const sessionReferenceSchema = z.looseObject({ session_id: sessionId });

interface CurrencyAndDestination {
  payout_details?: { type: string } | undefined;
  amount_details?: { currency: string } | undefined;
}

function checkCurrency(
  { payout_details, amount_details }: CurrencyAndDestination,
  context: z.RefinementCtx,
): void {
  if (payout_details?.type !== 'bank_account' || !amount_details || amount_details.currency === 'rub') return;
  context.addIssue({
    code: 'custom',
    path: ['amount_details', 'currency'],
    message: 'must be RUB: payouts to bank accounts and by FPS are in roubles only',
  });
}
