import type { Attempt, Payout, PayoutRecord, Word } from '../payout/payout.js';
import { currentAttempt, isRetryable } from '../payout/payout.js';
import type { Decision } from './decision.js';
import { change, entering } from './decision.js';
import type { EngineRules } from './rules.js';
import { newAttempt } from './rulings.js';

type Account = Pick<Attempt, 'destination' | 'digest'>;

/** What is known of a payout before its first attempt. */
export type NewPayout = Pick<
  Payout,
  | 'id'
  | 'scope'
  | 'ref'
  | 'subject'
  | 'amount'
  | 'currency'
  | 'description'
  | 'metadata'
  | 'fingerprint'
  | 'confirm'
>;

/** A payout as it is first recorded: due at once, nothing sent. */
export function openPayout(
  known: NewPayout,
  account: Account,
  now: number,
  by: 'recipient' | 'merchant' = 'recipient',
): Decision {
  const payout: Payout = {
    ...known,
    status: 'created',
    heldFrom: null,
    attention: null,
    version: 0,
    attempt: 1,
    askedAt: null,
    word: null,
    doubtSince: null,
    errorCode: null,
    returnedAmount: 0,
    reserved: null,
    confirmBy: null,
    dueAt: now,
    wakes: 0,
    createdAt: now,
    changedAt: now,
    finishedAt: null,
  };
  const attempt = newAttempt({ payoutId: known.id, number: 1, masked: null, ...account });
  const data = { destination: account.destination, ...(by === 'merchant' ? { by } : {}) };
  const entry = { kind: 'created', attempt: 1, data };
  return { record: { payout, attempts: [attempt] }, entry, intent: null, alarm: null };
}

/** Another account after a failed or cancelled attempt; null when the payout does not permit one. */
export function openAttempt(
  record: PayoutRecord,
  account: Account,
  description: Pick<Payout, 'description' | 'metadata'>,
  now: number,
  rules: EngineRules,
): Decision | null {
  if (!isRetryable(record) || record.attempts.length >= rules.maxAttempts) return null;
  const number = record.payout.attempt + 1;
  const attempt = newAttempt({ payoutId: record.payout.id, number, masked: null, ...account });
  const payout = {
    ...record.payout,
    ...entering('created', record.payout, now, rules),
    ...description,
    attempt: number,
    word: null,
    errorCode: null,
    confirmBy: null,
  };
  return {
    record: { payout, attempts: [...record.attempts, attempt] },
    entry: { kind: 'another_account', attempt: number, data: { destination: account.destination } },
    intent: null,
    alarm: null,
  };
}

/** The recipient's word about the attempt they were shown; null when the bank does not wait for it. */
export function giveWord(
  record: PayoutRecord,
  attempt: number,
  say: 'confirm' | 'cancel',
  now: number,
): Decision | null {
  const { payout } = record;
  const asked =
    payout.status === 'awaiting_confirmation' && payout.confirm === 'recipient' && payout.word === null;
  if (!asked || currentAttempt(record).number !== attempt) return null;
  return wordOf(record, { say, by: 'recipient', reason: 'asked' }, now, {});
}

/** A word, recorded: the engine says it to the bank after its checks. */
export function wordOf(
  record: PayoutRecord,
  word: Word,
  now: number,
  data: { [key: string]: string },
): Decision {
  return change(record, {
    kind: 'word',
    payout: { word, dueAt: now },
    data: { say: word.say, by: word.by, ...data },
  });
}
