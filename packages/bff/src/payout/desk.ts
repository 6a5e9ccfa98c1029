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
  /** The payout is not as it was when its account was asked for; null when there is none. Nothing was recorded. */
  | { kind: 'changed'; record: PayoutRecord | null }
  /** The merchant or an operator has cancelled it after the ticket was minted. */
  | { kind: 'withdrawn'; record: PayoutRecord }
  /** It would pass a limit; nothing was recorded. */
  | { kind: 'limit' }
  /** As many accounts were tried as are allowed. */
  | { kind: 'exhausted'; record: PayoutRecord };

export interface StartOptions {
  /** When the ticket was minted, in ms since the epoch: one from before a withdrawal opens nothing any more. */
  mintedAt?: number;
  /**
   * Who asks, default the recipient: where recipients confirm, nobody waits for one who never came, and the merchant's
   * own word is the last.
   */
  by?: 'recipient' | 'merchant';
  /**
   * The attempt that is asked for: 1, or one more than was seen to fail. It keeps a second tab, or a request that comes
   * late, from opening one that nobody asked for. Without it whatever is retryable is tried again with another account.
   */
  attempt?: number | undefined;
}

export type WordResult =
  | { kind: 'accepted'; record: PayoutRecord }
  | { kind: 'not_confirmable'; record: PayoutRecord };

/** What callers may ask of payouts; behind it stand the engine and the store. The HTTP routes hold no other logic. */
export interface PayoutDesk {
  /** The payout of the ticket's reference, if the ticket fits it: null when there is none, `mismatch` when it differs. */
  current(ticket: PayoutTicket): Promise<PayoutRecord | 'mismatch' | null>;
  /**
   * Records the payout and wakes the engine; nothing was sent to the bank yet when it resolves. The same account again
   * is the same payout.
   */
  start(order: PayoutOrder, destination: Destination, options?: StartOptions): Promise<StartResult>;
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
