import type { PayoutStatus } from '../payout/payout.js';
import type { Picture } from './picture.js';

/** What the engine does; `rulings.ts` holds one function for each. */
export type Ruling =
  /** Nothing new; ask again by the schedule, and call a person after `workPatience`. */
  | 'wait'
  /** Contradicts what we know (perhaps a stale answer); ask again, and call a person after `doubtPatience`. */
  | 'doubt'
  /** The start has not arrived: ask again, and after `startPatience` cancel the session. */
  | 'expire'
  | 'processing'
  | 'await'
  /** The bank waits for our word: check everything, then let the confirm policy speak. */
  | 'consider'
  /** The bank still asks for the confirm we sent: check everything and send it again. */
  | 'reconfirm'
  | 'recancel'
  | 'paid'
  | 'failed'
  /** The session is cancelled and our confirm was never sent: the attempt is dead. */
  | 'gone'
  /** An attempt we held to be dead is alive: cancel it. */
  | 'revived'
  | 'returns'
  /** A person decides: do what an operator said, if the checks permit it. */
  | 'obey'
  | 'rest'
  | 'attention';

/**
 * The decision table: (our status) × (what the bank shows of the current attempt) → ruling. It is complete by type;
 * a combination nobody expects is `attention`.
 */
// biome-ignore format: a table is read by its rows
export const table: { readonly [status in PayoutStatus]: { readonly [picture in Picture]: Ruling } } = {
  // Nothing was started: whatever a session shows here, a person must look.
  created: {
    idle: 'attention', opening: 'attention', working: 'attention', waiting: 'attention', taken: 'attention',
    paid: 'attention', refused: 'attention', cancelled: 'attention', cancelled_waiting: 'attention',
    cancelled_working: 'attention', error: 'attention', many: 'attention', odd: 'attention',
  },
  starting: {
    idle: 'expire', opening: 'doubt', working: 'processing', waiting: 'await', taken: 'processing',
    paid: 'paid', refused: 'failed', cancelled: 'gone', cancelled_waiting: 'gone',
    cancelled_working: 'doubt', error: 'doubt', many: 'attention', odd: 'attention',
  },
  processing: {
    idle: 'doubt', opening: 'doubt', working: 'wait', waiting: 'await', taken: 'wait',
    paid: 'paid', refused: 'failed', cancelled: 'gone', cancelled_waiting: 'gone',
    cancelled_working: 'doubt', error: 'doubt', many: 'attention', odd: 'attention',
  },
  awaiting_confirmation: {
    idle: 'doubt', opening: 'doubt', working: 'processing', waiting: 'consider', taken: 'processing',
    paid: 'paid', refused: 'failed', cancelled: 'gone', cancelled_waiting: 'gone',
    cancelled_working: 'doubt', error: 'doubt', many: 'attention', odd: 'attention',
  },
  confirming: {
    idle: 'doubt', opening: 'doubt', working: 'processing', waiting: 'reconfirm', taken: 'processing',
    paid: 'paid', refused: 'failed', cancelled: 'doubt', cancelled_waiting: 'doubt',
    cancelled_working: 'doubt', error: 'doubt', many: 'attention', odd: 'attention',
  },
  cancelling: {
    idle: 'recancel', opening: 'doubt', working: 'wait', waiting: 'recancel', taken: 'doubt',
    paid: 'paid', refused: 'failed', cancelled: 'gone', cancelled_waiting: 'gone',
    cancelled_working: 'doubt', error: 'doubt', many: 'attention', odd: 'attention',
  },
  succeeded: {
    idle: 'rest', opening: 'rest', working: 'rest', waiting: 'rest', taken: 'rest',
    paid: 'returns', refused: 'attention', cancelled: 'attention', cancelled_waiting: 'attention',
    cancelled_working: 'attention', error: 'rest', many: 'attention', odd: 'attention',
  },
  failed: {
    idle: 'rest', opening: 'revived', working: 'revived', waiting: 'revived', taken: 'revived',
    paid: 'paid', refused: 'rest', cancelled: 'rest', cancelled_waiting: 'rest',
    cancelled_working: 'attention', error: 'attention', many: 'attention', odd: 'attention',
  },
  cancelled: {
    idle: 'rest', opening: 'revived', working: 'revived', waiting: 'revived', taken: 'revived',
    paid: 'paid', refused: 'rest', cancelled: 'rest', cancelled_waiting: 'rest',
    cancelled_working: 'attention', error: 'attention', many: 'attention', odd: 'attention',
  },
  returned: {
    idle: 'rest', opening: 'rest', working: 'rest', waiting: 'rest', taken: 'rest',
    paid: 'returns', refused: 'rest', cancelled: 'rest', cancelled_waiting: 'rest',
    cancelled_working: 'rest', error: 'rest', many: 'attention', odd: 'rest',
  },
  // Only the bank's final truth moves it of itself; the rest is an operator's.
  needs_attention: {
    idle: 'obey', opening: 'rest', working: 'rest', waiting: 'obey', taken: 'rest',
    paid: 'paid', refused: 'failed', cancelled: 'gone', cancelled_waiting: 'gone',
    cancelled_working: 'rest', error: 'rest', many: 'rest', odd: 'rest',
  },
};
