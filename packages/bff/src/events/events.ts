import type { PayoutStatus } from '../payout/payout.js';

/**
 * What the BFF tells its host, for logs, metrics and alarms. An allow list: ids, statuses and codes; never a name,
 * a token, an account, a ticket or a body.
 */
export type BffEvent =
  | {
      type: 'payout.changed';
      payoutId: string;
      attempt: number;
      version: number;
      kind: string;
      from: PayoutStatus | null;
      to: PayoutStatus;
    }
  /** Something that must not happen did: money moved without our word, or twice, or against our word. */
  | { type: 'payout.alarm'; payoutId: string; attempt: number; code: string }
  | {
      type: 'bank.called';
      payoutId: string | null;
      method: string;
      outcome: 'ok' | 'error';
      code: string | null;
      durationMs: number;
    }
  /** The merchant's confirm function gave no word: it threw, took too long, said what is none, or is not there. */
  | {
      type: 'confirm.failed';
      payoutId: string;
      attempt: number;
      code: 'threw' | 'timeout' | 'no_verdict' | 'no_function';
    }
  /** `lagMs`: from the session's last change, as the bank dates it, to its arrival here; null where it is not dated. */
  | { type: 'webhook.taken'; webhook: string; sessionId: string; known: boolean; lagMs: number | null }
  | { type: 'webhook.refused'; code: string }
  | { type: 'request.refused'; code: string; httpStatus: number }
  /** One try to tell the merchant; `given_up` after the last one. */
  | {
      type: 'notice.tried';
      payoutId: string;
      notice: string;
      tries: number;
      httpStatus: number | null;
      outcome: 'delivered' | 'will_retry' | 'given_up';
    }
  /** The engine could not finish its work on a payout; it tries again when the lease runs out. */
  | { type: 'engine.stumbled'; payoutId: string | null; code: string };

export type OnEvent = (event: BffEvent) => void;
