import type { PayoutRecord } from '../payout/payout.js';
import { currentAttempt, withdrawn as withdrawnCode } from '../payout/payout.js';
import { isUnopened } from './decide.js';
import type { Decision } from './decision.js';
import { change, entering } from './decision.js';
import type { SessionReading, Unreadable } from './observation.js';
import { type Picture, pictureOf } from './picture.js';
import { wordOf } from './recipient.js';
import type { EngineRules } from './rules.js';

/** Who acts and why; both are written into the journal. */
export interface Act {
  who: string;
  why: string;
}

/** What an operator says became of a payout that needs attention, and how they know. */
export interface Resolution extends Act {
  outcome: 'succeeded' | 'failed' | 'cancelled';
  /** Where that can be looked up: a statement, a letter of the bank, a ticket number. No personal data. */
  evidence: string;
}

/** Why an operator's act was not taken. */
export type Refusal =
  | 'not_awaiting'
  | 'not_in_attention'
  | 'bank_silent'
  | 'bank_contradicts'
  | 'earlier_attempts';

/**
 * The word of an operator or of the merchant's server: taken while the bank waits for one, or while a person must look.
 * The checks still decide. What the bank was told nothing of yet is cancelled at once.
 */
export function wordFrom(
  by: 'operator' | 'merchant',
  say: 'confirm' | 'cancel',
  record: PayoutRecord,
  { who, why }: Act,
  now: number,
  rules: EngineRules,
): Decision | Refusal {
  if (say === 'cancel' && isUnopened(record)) return withdrawn(record, { by, who, why }, now, rules);
  const { status, word } = record.payout;
  const free = status === 'needs_attention' || (status === 'awaiting_confirmation' && word === null);
  if (!free || currentAttempt(record).sessionId === null) return 'not_awaiting';
  return wordOf(record, { say, by, reason: 'asked' }, now, { who, why });
}

/** A session that is being opened meanwhile is never started: its start would have to be committed after this. */
function withdrawn(
  record: PayoutRecord,
  data: { [key: string]: string },
  now: number,
  rules: EngineRules,
): Decision {
  return change(record, {
    kind: 'cancelled',
    payout: { ...entering('cancelled', record.payout, now, rules), word: null, errorCode: withdrawnCode },
    attempt: { outcome: 'dead' },
    data,
  });
}

/**
 * Ends a payout by an operator's evidence, where the bank's own answer proves nothing. What the bank does show is not
 * argued with: a payout it shows dead cannot be called paid, nor one that may still pay be called failed.
 */
export function resolveByHand(
  record: PayoutRecord,
  reading: SessionReading | Unreadable | undefined,
  { outcome, who, why, evidence }: Resolution,
  now: number,
  rules: EngineRules,
): Decision | Refusal {
  const { payout, attempts } = record;
  if (payout.status !== 'needs_attention') return 'not_in_attention';
  // What it would say now may be that it pays after all.
  if (reading && 'unreadable' in reading && reading.silent) return 'bank_silent';
  const picture = reading === undefined || 'unreadable' in reading ? null : pictureOf(reading);
  const current = currentAttempt(record);
  const paid = outcome === 'succeeded';
  if (picture !== null && (paid ? provesDead : mayPay).includes(picture)) return 'bank_contradicts';
  const others = attempts.filter((attempt) => attempt !== current);
  if (others.some((attempt) => attempt.outcome === 'open' || attempt.outcome === 'paid'))
    return 'earlier_attempts';
  return change(record, {
    kind: 'resolved',
    payout: {
      ...entering(outcome, payout, now, rules),
      word: null,
      errorCode: errorCodeOf[outcome],
    },
    attempt: { outcome: paid ? 'paid' : 'written_off' },
    data: { outcome, who, why, evidence },
  });
}

const errorCodeOf = { succeeded: null, failed: 'resolved', cancelled: withdrawnCode } as const;

const provesDead: readonly Picture[] = ['refused', 'cancelled'];
const mayPay: readonly Picture[] = ['idle', 'opening', 'working', 'waiting', 'taken', 'paid', 'many'];
