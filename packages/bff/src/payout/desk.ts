import type { PayoutOrder, PayoutTicket } from '../tickets/ticket.js';
import type { DestinationKind, PayoutRecord } from './payout.js';

/** What the recipient's browser brought from the bank's widget. */
export interface Destination {
  kind: DestinationKind;
  token: string;
}

/** Answer to a recipient who wants to be paid. Only `accepted` recorded or found this very payout. */
export type StartResult =
  | { kind: 'accepted'; record: PayoutRecord }
  /** Another account was given while an attempt lives. */
  | { kind: 'in_progress'; record: PayoutRecord }
  /** Paid, or paid and returned: never again under this reference. */
  | { kind: 'finished'; record: PayoutRecord }
  /** The ticket's recipient, amount, currency or name differs from what the reference was first used for. */
  | { kind: 'mismatch' }
  /** It would pass a limit; nothing was recorded. */
  | { kind: 'limit' }
  /** As many accounts were tried as are allowed. */
  | { kind: 'exhausted'; record: PayoutRecord };

export type WordResult =
  | { kind: 'accepted'; record: PayoutRecord }
  | { kind: 'not_confirmable'; record: PayoutRecord };

/** What callers may ask of payouts; behind it stand the engine and the store. The HTTP routes hold no other logic. */
export interface PayoutDesk {
  /** The payout of the ticket's reference, if the ticket fits it: null when there is none, `mismatch` when it differs. */
  current(ticket: PayoutTicket): Promise<PayoutRecord | 'mismatch' | null>;
  /**
   * Records the payout and wakes the engine; nothing was sent to the bank yet when it resolves. `by` says who asks:
   * where recipients confirm, nobody waits for one who never came, and the merchant's own word is the last.
   */
  start(order: PayoutOrder, destination: Destination, by?: 'recipient' | 'merchant'): Promise<StartResult>;
  find(payoutId: string): Promise<PayoutRecord | null>;
  /** The recipient's word about the attempt that was shown to them. */
  say(payoutId: string, attempt: number, word: 'confirm' | 'cancel'): Promise<WordResult | null>;
  /** Takes a verified webhook: committed before it resolves. False when no payout of ours has the session. */
  takeWebhook(webhook: { digest: string; type: string; sessionId: string }): Promise<boolean>;
  /**
   * Resolves when the payout's version is above `after`, when `timeout` milliseconds have passed, or when the signal
   * aborts: with the record as it is then.
   */
  changed(
    payoutId: string,
    after: number,
    timeout: number,
    signal: AbortSignal,
  ): Promise<PayoutRecord | null>;
  /** Brings the next look at the bank forward, if it is not due anyway: somebody is waiting for news. */
  nudge(record: PayoutRecord): Promise<void>;
}
