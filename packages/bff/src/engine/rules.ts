import type { ConfirmMode } from '../payout/payout.js';

const second = 1000;
const minute = 60 * second;
const hour = 60 * minute;
const day = 24 * hour;

/** What the engine goes by. Durations are milliseconds. */
export interface EngineRules {
  confirm: ConfirmMode;
  /**
   * How long whoever has the last word may take before the engine cancels; null: as long as the bank waits. Never
   * longer than the bank waits, whatever is said here.
   */
  confirmWithin: number | null;
  /** How long the merchant's own confirm function may take for one answer. */
  confirmTimeout: number;
  /** The bank moves money at `start`, without asking for our word (its manager can switch that on). */
  autoConfirmation: boolean;
  /** Whether the bank must echo the destination for a confirm, or is only held to it when it does (not documented). */
  destinationCheck: 'whenEchoed' | 'required';
  /** How long a start whose answer was lost may still arrive before its session is cancelled. */
  startPatience: number;
  /** The same when the bank answered the start with an error, or it provably was not sent. */
  refusedStartPatience: number;
  /** How long a state that contradicts what we know may last before a person must look. */
  doubtPatience: number;
  /** How long the bank may work before a person must look. */
  workPatience: number;
  /** How long we may fail to open a session before a person must look; the attempts go on. */
  preparePatience: number;
  /** Waits before a word is sent again while the bank still asks for it; they double with each sending. */
  resendAfter: number;
  /** How often a word is sent before a person must look. */
  maxSends: number;
  /** How many sessions the engine opens of its own accord when starts are lost, and how many accounts may be tried. */
  maxAttempts: number;
  /**
   * How long the others leave a payout alone that one process works on; prolonged while it does. So long is a payout
   * held up when that process is killed. Choose it longer than a call to the bank may take.
   */
  leaseFor: number;
  /** What an operator has paused: no start, or no confirm, is sent. */
  paused: { start: boolean; confirm: boolean };
  /** How long a payout that is held up by a pause waits to look again. */
  pausedEvery: number;
  /** When the bank is asked after a change of state, as ages of that state; then by `laterEvery`, then `lastEvery`. */
  askAt: readonly number[];
  laterEvery: number;
  lastEvery: number;
  /**
   * After the end the bank is asked once a `returnsEvery`, for `returnsFor`: whether money has come back, and whether
   * what was dead has paid after all.
   */
  returnsEvery: number;
  returnsFor: number;
}

/** The rules a BFF goes by unless told otherwise. */
export const defaultRules: EngineRules = {
  confirm: 'automatic',
  confirmWithin: null,
  confirmTimeout: 10 * second,
  autoConfirmation: false,
  destinationCheck: 'whenEchoed',
  startPatience: minute,
  refusedStartPatience: 3 * second,
  doubtPatience: 10 * minute,
  workPatience: 7 * day,
  preparePatience: 10 * minute,
  resendAfter: 5 * second,
  maxSends: 8,
  maxAttempts: 10,
  leaseFor: 30 * second,
  paused: { start: false, confirm: false },
  pausedEvery: 10 * second,
  askAt: [2, 5, 10, 20, 40, 60].map((seconds) => seconds * second),
  laterEvery: 5 * minute,
  lastEvery: 30 * minute,
  returnsEvery: day,
  // Ten business days.
  returnsFor: 14 * day,
};

/** When to ask the bank again about a state that began at `changedAt`. */
export function nextAsk(rules: EngineRules, changedAt: number, now: number): number {
  const age = Math.max(0, now - changedAt);
  // Half a second of slack, so that a question asked just before its time is not asked twice.
  const next = rules.askAt.find((at) => at > age + second / 2);
  if (next !== undefined) return changedAt + next;
  return now + (age < hour ? rules.laterEvery : rules.lastEvery);
}
