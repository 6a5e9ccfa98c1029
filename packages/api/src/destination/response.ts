import * as z from 'zod';
import { type Open, optional, optionalObject, renameField } from '../schema/tolerant.js';

/** A Russian account in an answer. Whether the bank echoes the token is not documented. */
export interface EchoedRuAccount {
  token?: string | undefined;
  /** Read from `bic` as well, which one integrator saw. */
  bik?: string | undefined;
  account?: string | undefined;
  full_name?: string | undefined;
  description?: string | undefined;
  [field: string]: unknown;
}

/** A card in an answer (documented in the webhook examples). */
export interface EchoedCard {
  type?: string | undefined;
  /** The payment system, e.g. `visa`. */
  brand?: string | undefined;
  last4?: string | undefined;
  bin?: string | undefined;
  country_iso3?: string | undefined;
  [field: string]: unknown;
}

/** The destination of a payout as an answer tells it: `payout_details` in v2, `payment_method` in v1. */
export interface PayoutDetails {
  type: Open<'bank_account' | 'card' | 'wallet' | 'tax' | 'recurrent'>;
  bank_account?:
    | {
        system_type?: Open<'ru' | 'faster_payment_system' | 'faster_payment_system_verification'> | undefined;
        ru?: EchoedRuAccount | undefined;
        [field: string]: unknown;
      }
    | undefined;
  card?: EchoedCard | undefined;
  [field: string]: unknown;
}

const ruSchema = z.preprocess(
  (value) => renameField(value, 'bic', 'bik'),
  z.looseObject({
    token: optional(z.string()),
    bik: optional(z.string()),
    account: optional(z.string()),
    full_name: optional(z.string()),
    description: optional(z.string()),
  }),
);

/** Reads the destination of a payout. */
export const payoutDetailsSchema: z.ZodType<PayoutDetails> = z.looseObject({
  type: z.string(),
  bank_account: optionalObject(
    z.looseObject({
      system_type: optional(z.string()),
      ru: optionalObject(ruSchema),
    }),
  ),
  card: optionalObject(
    z.looseObject({
      type: optional(z.string()),
      brand: optional(z.string()),
      last4: optional(z.string()),
      bin: optional(z.string()),
      country_iso3: optional(z.string()),
    }),
  ),
});
