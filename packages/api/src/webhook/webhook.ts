import * as z from 'zod';
import type { Open } from '../schema/tolerant.js';
import { optionalObject } from '../schema/tolerant.js';
import type { ConfirmInformation } from '../session/request.js';
import { type Session, sessionSchema } from '../session/response.js';

/**
 * The types that are known (documented): `ready_to_confirm`, `payment_finished`, `payment_refunded`, `action_required`,
 * `ready_to_capture`, `confirmation_payout`, `transaction_registration`. Others come through as they are.
 */
export type WebhookType = Open<KnownWebhookType>;

/** See {@link WebhookType}. */
export type KnownWebhookType =
  | 'ready_to_confirm'
  | 'payment_finished'
  | 'payment_refunded'
  | 'action_required'
  | 'ready_to_capture'
  | 'confirmation_payout'
  | 'transaction_registration';

/** A webhook of one type. It wakes; `session/status` decides: webhooks may repeat, be late, or be replayed. */
export interface WebhookOf<Type extends string> {
  type: Type;
  session: Session;
  [field: string]: unknown;
}

/** The bank is ready and waits for `session/confirm` or `session/cancel`. */
export interface ReadyToConfirmWebhook extends WebhookOf<'ready_to_confirm'> {
  /** Escrow and settlement flows only: keep it and send it back with `session/confirm`. */
  confirm_information?: ConfirmInformation | undefined;
}

/** A webhook whose signature was verified, told apart by `type`. */
export type Webhook =
  | ReadyToConfirmWebhook
  | WebhookOf<'payment_finished'>
  | WebhookOf<'payment_refunded'>
  | WebhookOf<'action_required'>
  | WebhookOf<'ready_to_capture'>
  | WebhookOf<'confirmation_payout'>
  | WebhookOf<'transaction_registration'>
  | WebhookOf<string & {}>;

/** Reads the body of a webhook in the names of either version. */
export const webhookSchema: z.ZodType<Webhook> = z.looseObject({
  type: z.string().min(1),
  session: sessionSchema,
  confirm_information: optionalObject(z.looseObject({})),
});
