import { type Attempt, type PayoutRecord, type Word, withdrawn } from '../payout/payout.js';
import { mismatches } from './checks.js';
import type { Decision } from './decision.js';
import { ask, cancelBecause, change, dueIn, entering, postpone, send, toAttention } from './decision.js';
import type { Intent, SessionReading } from './observation.js';
import type { Picture } from './picture.js';
import type { EngineRules } from './rules.js';
import type { Ruling } from './table.js';

/** All that a ruling goes by: the record, and what the bank shows of the attempt in focus. */
export interface Situation {
  record: PayoutRecord;
  attempt: Attempt;
  session: SessionReading;
  picture: Picture;
  /** False when an earlier attempt could not just now be proven dead: then nothing is confirmed. */
  earlierDead: boolean;
  now: number;
  rules: EngineRules;
}

/** One function a ruling; each is pure. */
export const rulings: { readonly [ruling in Ruling]: (situation: Situation) => Decision } = {
  wait,
  doubt,
  expire,
  processing: (s) => change(s.record, { kind: 'processing', payout: enter(s, 'processing') }),
  await: awaitWord,
  consider,
  reconfirm,
  recancel,
  paid,
  failed,
  gone,
  revived,
  returns,
  obey,
  rest,
  attention: (s) => toAttention(s.record, `bank_shows_${s.picture}`, s.now, s.rules),
};

function wait(s: Situation): Decision {
  const { payout } = s.record;
  if (payout.doubtSince !== null) {
    return change(s.record, { kind: 'doubt_over', payout: { doubtSince: null, dueAt: again(s) } });
  }
  if (s.now - payout.changedAt > s.rules.workPatience)
    return toAttention(s.record, 'overdue', s.now, s.rules);
  return postpone(s.record, again(s));
}

function doubt(s: Situation): Decision {
  const { doubtSince, status } = s.record.payout;
  if (status === 'needs_attention') return rest(s);
  if (doubtSince === null) {
    const payout = { doubtSince: s.now, dueAt: again(s) };
    return change(s.record, { kind: 'doubt', payout, data: { picture: s.picture } });
  }
  if (s.now - doubtSince <= s.rules.doubtPatience) return postpone(s.record, again(s));
  return toAttention(s.record, `bank_shows_${s.picture}`, s.now, s.rules);
}

function expire(s: Situation): Decision {
  const lost = s.attempt.startError === null || s.attempt.startError === 'unknown';
  const patience = lost ? s.rules.startPatience : s.rules.refusedStartPatience;
  const expiresAt = (s.attempt.startedAt ?? s.now) + patience;
  if (s.now < expiresAt) return postpone(s.record, Math.min(expiresAt, again(s) ?? expiresAt));
  return sendCancel(s, cancelBecause('never_started'));
}

function awaitWord(s: Situation): Decision {
  if (s.attempt.confirms === 0) return consider(s);
  return change(s.record, { kind: 'still_asked', payout: enter(s, 'confirming') });
}

function consider(s: Situation): Decision {
  const differ = mismatches(s.record, s.session, s.rules);
  if (differ.length > 0) return mismatch(s, differ);
  const word = s.record.payout.word ?? policy(s.record);
  if (word === null && isOver(s)) return sendCancel(s, cancelBecause('no_word'));
  if (!s.earlierDead || word === null) return awaiting(s);
  if (word.say === 'cancel') return sendCancel(s, word);
  return s.rules.paused.confirm ? awaiting(s) : sendConfirm(s, word);
}

function policy({ payout }: PayoutRecord): Word | null {
  return payout.confirm === 'automatic' ? { say: 'confirm', by: 'policy', reason: 'asked' } : null;
}

/** True when whoever has the last word has had all the time that our own rules give them. */
function isOver({ record: { payout }, now, rules }: Situation): boolean {
  if (payout.status !== 'awaiting_confirmation' || rules.confirmWithin === null) return false;
  return now >= payout.changedAt + rules.confirmWithin;
}

function awaiting(s: Situation): Decision {
  const { payout } = s.record;
  const next = enter(s, 'awaiting_confirmation');
  const since = next.changedAt ?? s.now;
  const confirmBy = earliest(s.session.confirmBy, s.rules.confirmWithin, since);
  const intent = consulting(s);
  if (
    payout.status === 'awaiting_confirmation' &&
    payout.confirmBy === confirmBy &&
    payout.doubtSince === null
  ) {
    return intent ? ask(s.record, intent) : postpone(s.record, beforeOver(again(s), s, since));
  }
  return change(s.record, {
    kind: 'awaiting_confirmation',
    payout: { ...next, confirmBy, dueAt: beforeOver(next.dueAt ?? null, s, since) },
    ...(intent ? { intent } : {}),
  });
}

/** The bank's end of waiting or ours, whichever comes first. */
function earliest(bank: number | null, within: number | null, since: number): number | null {
  if (within === null) return bank;
  return bank === null ? since + within : Math.min(bank, since + within);
}

function beforeOver(dueAt: number | null, { rules, now }: Situation, since: number): number | null {
  if (dueAt === null || rules.confirmWithin === null) return dueAt;
  const end = since + rules.confirmWithin;
  return end > now ? Math.min(dueAt, end) : dueAt;
}

/** Whether the merchant's function is to be asked: not while its word could not be said anyway. */
function consulting({ record: { payout, attempts }, earlierDead, rules, attempt }: Situation): Intent | null {
  const isTheirs = payout.confirm === 'merchant' && payout.word === null && attempt === attempts.at(-1);
  if (!isTheirs || !earlierDead || rules.paused.confirm) return null;
  return { call: 'consult', attempt: attempt.number };
}

function reconfirm(s: Situation): Decision {
  const differ = mismatches(s.record, s.session, s.rules);
  if (differ.length > 0) return mismatch(s, differ);
  const wait = untilResend(s, s.attempt.confirms, s.attempt.confirmedAt);
  if (wait === 'never') return toAttention(s.record, 'confirm_not_taken', s.now, s.rules);
  if (wait > s.now || !s.earlierDead || s.rules.paused.confirm)
    return postpone(s.record, Math.max(wait, s.now + s.rules.resendAfter));
  return send(s.record, 'confirm', s.attempt, s.now, { dueAt: again(s), doubtSince: null });
}

function recancel(s: Situation): Decision {
  const wait = untilResend(s, s.attempt.cancels, s.attempt.cancelledAt);
  if (wait === 'never') return toAttention(s.record, 'cancel_not_taken', s.now, s.rules);
  if (wait > s.now) return postpone(s.record, wait);
  return send(s.record, 'cancel', s.attempt, s.now, { dueAt: again(s), doubtSince: null });
}

function paid(s: Situation): Decision {
  const { record, session, rules, now } = s;
  const differ = mismatches(record, session, { ...rules, destinationCheck: 'whenEchoed' });
  if (differ.length > 0) {
    return toAttention(record, 'paid_mismatch', now, rules, {
      data: { differ: differ.join(' ') },
      alarm: 'paid_mismatch',
    });
  }
  const alarm = surprise(s);
  return change(record, {
    kind: 'succeeded',
    payout: { ...enter(s, 'succeeded'), errorCode: null, word: null },
    attempt: { outcome: 'paid' },
    data: alarm === null ? {} : { alarm },
    ...(alarm === null ? {} : { alarm }),
  });
}

/** What is wrong about money that has moved, if anything is. */
function surprise({ record, attempt, rules }: Situation): string | null {
  const { status } = record.payout;
  if (status === 'failed' || status === 'cancelled') return 'paid_after_failure';
  if (status === 'cancelling') return 'paid_despite_cancel';
  return attempt.confirms === 0 && !rules.autoConfirmation ? 'paid_without_word' : null;
}

function failed(s: Situation): Decision {
  const { payout } = s.record;
  const errorCode = s.session.payouts[0]?.errorCode ?? 'unknown';
  if (payout.word?.reason === 'earlier_paid') return earlierPaid(s);
  if (payout.word?.reason === 'revived') return backToFinal(s);
  const { word } = payout;
  const cancelled = word?.say === 'cancel' && (word.by !== 'engine' || word.reason === 'no_word');
  return cancelled ? die(s, 'cancelled', whyCancelled(word)) : die(s, 'failed', errorCode);
}

/** What the recipient said themselves needs no code. */
function whyCancelled({ by, reason }: Word): string | null {
  if (reason === 'no_word') return 'no_word';
  return by === 'recipient' ? null : withdrawn;
}

function gone(s: Situation): Decision {
  // A cancelled session proves nothing once our confirm may have been taken, or where none is needed.
  if (s.attempt.confirms > 0) return doubt(s);
  if (s.rules.autoConfirmation && s.picture !== 'cancelled') return doubt(s);
  const { word } = s.record.payout;
  switch (word?.reason) {
    case 'never_started':
      return neverStarted(s);
    case 'revived':
      return backToFinal(s);
    case 'earlier_paid':
      return earlierPaid(s);
    case 'asked':
    case 'no_word':
      return die(s, 'cancelled', whyCancelled(word));
    default:
      return die(s, 'failed', s.session.payouts[0]?.errorCode ?? 'session_cancelled');
  }
}

function neverStarted(s: Situation): Decision {
  const { startError } = s.attempt;
  const lost = startError === null || startError === 'unknown' || startError === 'not_sent';
  if (!lost) return die(s, 'failed', startError);
  // Where money moves at start, a start that is still on its way could pay beside the next one.
  if (s.rules.autoConfirmation) return toAttention(s.record, 'start_lost', s.now, s.rules);
  if (s.record.attempts.length >= s.rules.maxAttempts) return die(s, 'failed', 'start_lost');
  return startOver(s);
}

/** A new session for the same account, after the old one was proven dead. */
function startOver(s: Situation): Decision {
  const number = s.record.payout.attempt + 1;
  const { payoutId, destination, digest, masked } = s.attempt;
  const next = newAttempt({ payoutId, number, destination, digest, masked });
  const dead = s.record.attempts.map((one) =>
    one === s.attempt ? { ...one, outcome: 'dead' as const } : one,
  );
  const payout = { ...s.record.payout, ...enter(s, 'created'), attempt: number, word: null };
  return {
    record: { payout, attempts: [...dead, next] },
    entry: { kind: 'started_over', attempt: number, data: {} },
    intent: null,
    alarm: null,
  };
}

/** An attempt of which the bank knows nothing yet. */
export function newAttempt(
  known: Pick<Attempt, 'payoutId' | 'number' | 'destination' | 'digest' | 'masked'>,
): Attempt {
  const sent = { starts: 0, startedAt: null, startError: null, confirms: 0, confirmedAt: null };
  return { ...known, ...sent, sessionId: null, outcome: 'open', cancels: 0, cancelledAt: null };
}

function die(s: Situation, status: 'failed' | 'cancelled', errorCode: string | null): Decision {
  return change(s.record, {
    kind: status,
    payout: { ...enter(s, status), errorCode, word: null },
    attempt: { outcome: 'dead' },
    data: { code: errorCode },
  });
}

function revived(s: Situation): Decision {
  const { payout } = s.record;
  const held = { word: cancelBecause('revived'), heldFrom: payout.status };
  const decision = send(s.record, 'cancel', { ...s.attempt, outcome: 'open' }, s.now, {
    ...enter(s, 'cancelling'),
    ...held,
  });
  return { ...decision, record: withOutcome(decision.record, s.attempt.number, 'open'), alarm: 'revived' };
}

function backToFinal(s: Situation): Decision {
  const status = s.record.payout.heldFrom === 'cancelled' ? 'cancelled' : 'failed';
  return die(s, status, s.record.payout.errorCode);
}

function earlierPaid(s: Situation): Decision {
  return toAttention(s.record, 'earlier_attempt_paid', s.now, s.rules, { alarm: 'earlier_attempt_paid' });
}

function returns(s: Situation): Decision {
  const { payout } = s.record;
  const returned = s.session.payouts[0]?.returned ?? 0;
  if (returned <= payout.returnedAmount) return rest(s);
  const status = returned >= payout.amount ? 'returned' : 'succeeded';
  return change(s.record, {
    kind: status === 'returned' ? 'returned' : 'partly_returned',
    payout: { ...enter(s, status), returnedAmount: returned },
    data: { returned },
  });
}

function obey(s: Situation): Decision {
  const { word } = s.record.payout;
  if (word === null) return rest(s);
  if (word.say === 'cancel') return sendCancel(s, word);
  if (s.picture !== 'waiting' || !s.earlierDead || s.rules.paused.confirm) return rest(s);
  const differ = mismatches(s.record, s.session, s.rules);
  if (differ.length === 0) return sendConfirm(s, word);
  // No word of anybody's leads past the checks.
  return change(s.record, {
    kind: 'word_refused',
    payout: { word: null, dueAt: again(s) },
    data: { differ: differ.join(' ') },
  });
}

function rest(s: Situation): Decision {
  return postpone(s.record, again(s));
}

function mismatch(s: Situation, differ: readonly string[]): Decision {
  return toAttention(s.record, 'mismatch', s.now, s.rules, { data: { differ: differ.join(' ') } });
}

function sendConfirm(s: Situation, word: Word): Decision {
  const { confirmBy } = s.session;
  return send(
    s.record,
    'confirm',
    s.attempt,
    s.now,
    { ...enter(s, 'confirming'), word, confirmBy },
    { by: word.by },
  );
}

function sendCancel(s: Situation, word: Word): Decision {
  return send(
    s.record,
    'cancel',
    s.attempt,
    s.now,
    { ...enter(s, 'cancelling'), word },
    { by: word.by, why: word.reason },
  );
}

/** When a word may be sent again: the waits double with each sending. */
function untilResend({ rules }: Situation, sends: number, sentAt: number | null): number | 'never' {
  if (sends === 0 || sentAt === null) return 0;
  return sends >= rules.maxSends ? 'never' : sentAt + rules.resendAfter * 2 ** (sends - 1);
}

function withOutcome(record: PayoutRecord, number: number, outcome: Attempt['outcome']): PayoutRecord {
  return {
    ...record,
    attempts: record.attempts.map((one) => (one.number === number ? { ...one, outcome } : one)),
  };
}

function enter(s: Situation, status: Parameters<typeof entering>[0]) {
  return entering(status, s.record.payout, s.now, s.rules);
}

function again(s: Situation): number | null {
  return dueIn(s.record.payout.status, s.record.payout, s.now, s.rules);
}
