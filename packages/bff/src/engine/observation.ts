import type { Heard } from './consult.js';

/** How something the bank echoed compares with what we sent; `silent` when it echoed nothing. */
export type Echo = 'same' | 'other' | 'silent';

/** What the engine reads out of a payout object of the bank. */
export interface PayoutReading {
  status: string;
  amount: number | null;
  currency: string | null;
  destination: Echo;
  metadata: Echo;
  /** Minor units the recipient's bank has sent back so far. */
  returned: number;
  errorCode: string | null;
}

/** What the engine reads out of an answer of `session/status`. */
export interface SessionReading {
  id: string;
  status: string;
  nextAction: string | null;
  /** Until when the bank waits for our word (ms since the epoch; inferred from `actions.confirm`). */
  confirmBy: number | null;
  payouts: readonly PayoutReading[];
}

/** A session that could not be read, and why; says nothing about the payout. */
export interface Unreadable {
  unreadable: string;
  /** The bank gave no answer at all; asked later it may tell. */
  silent?: true;
}

/** Answer to a call whose effect only `session/status` can tell. */
export type Answer = 'yes' | 'not_sent' | 'unknown' | { refused: string };

/** What can happen to a payout, as {@link decide} takes it. */
export type Observation =
  /** Its time has come: what is the next thing to do? */
  | { kind: 'due' }
  | { kind: 'prepared'; attempt: number; sessionId: string; masked: string | null }
  | { kind: 'prepareFailed'; attempt: number; code: string }
  | { kind: 'answered'; attempt: number; call: 'start' | 'confirm' | 'cancel'; answer: Answer }
  /** What the merchant's function said. */
  | { kind: 'consulted'; attempt: number; heard: Heard }
  | { kind: 'sessions'; sessions: ReadonlyMap<number, SessionReading | Unreadable> };

/** What is to be done once the decision is committed. At most one at a time. */
export type Intent = BankIntent | { call: 'consult'; attempt: number };

/** What is to be done at the bank. */
export type BankIntent =
  /** Open a session and learn how the bank masks the account: moves no money, may be repeated. */
  | { call: 'prepare'; attempt: number }
  | { call: 'status'; attempts: readonly number[] }
  | { call: 'start' | 'confirm' | 'cancel'; attempt: number; send: number };
