import type { Attempt, Payout, PayoutRecord } from '../payout/payout.js';
import { currentAttempt, isFinal } from '../payout/payout.js';
import type { Decision } from './decision.js';
import { ask, cancelBecause, change, dueIn, entering, postpone, send, toAttention } from './decision.js';
import type { Answer, Observation, SessionReading, Unreadable } from './observation.js';
import { type Picture, pictureOf } from './picture.js';
import { wordOf } from './recipient.js';
import type { EngineRules } from './rules.js';
import { rulings } from './rulings.js';
import { table } from './table.js';

type Readings = ReadonlyMap<number, SessionReading | Unreadable>;

/**
 * The heart of the engine: what follows from one observation of a payout. Pure: no I/O, no clock, no randomness;
 * the caller commits the decision before it makes the call that the intent names.
 */
export function decide(
  record: PayoutRecord,
  observation: Observation,
  now: number,
  rules: EngineRules,
): Decision {
  switch (observation.kind) {
    case 'due':
      return onDue(record, now, rules);
    case 'prepared':
      return onPrepared(record, observation, now, rules);
    case 'prepareFailed':
      return onPrepareFailed(record, observation.code, now, rules);
    case 'answered':
      return onAnswered(record, observation, now, rules);
    case 'consulted':
      return onConsulted(record, observation, now, rules);
    case 'sessions':
      return onSessions(record, observation.sessions, now, rules);
  }
}

function onDue(record: PayoutRecord, now: number, rules: EngineRules): Decision {
  const known = record.attempts.filter(({ sessionId }) => sessionId !== null).map(({ number }) => number);
  // Earlier attempts are read again before anything new is opened.
  if (known.length > 0) return ask(record, { call: 'status', attempts: known });
  return isUnopened(record) ? openSession(record, now, rules) : postpone(record, null);
}

function openSession(record: PayoutRecord, now: number, rules: EngineRules): Decision {
  if (rules.paused.start) return postpone(record, now + rules.pausedEvery);
  return ask(record, { call: 'prepare', attempt: record.payout.attempt });
}

function onPrepared(
  record: PayoutRecord,
  { attempt, sessionId, masked }: Extract<Observation, { kind: 'prepared' }>,
  now: number,
  rules: EngineRules,
): Decision {
  const current = currentAttempt(record);
  // A session nobody started moves no money: one too many is simply left to the bank.
  if (current.number !== attempt || !isUnopened(record)) return postpone(record, record.payout.dueAt);
  if (rules.paused.start) return postpone(record, now + rules.pausedEvery);
  return change(record, {
    kind: 'start',
    payout: entering('starting', record.payout, now, rules),
    attempt: { sessionId, masked: masked ?? current.masked, starts: current.starts + 1, startedAt: now },
    data: { sessionId, send: current.starts + 1 },
    intent: { call: 'start', attempt, send: current.starts + 1 },
  });
}

/** True when the current attempt has no session yet and may get one: nothing that moves money was sent for it. */
export function isUnopened(record: PayoutRecord): boolean {
  const { status, heldFrom } = record.payout;
  const created = status === 'created' || (status === 'needs_attention' && heldFrom === 'created');
  return created && currentAttempt(record).sessionId === null;
}

function onPrepareFailed(record: PayoutRecord, code: string, now: number, rules: EngineRules): Decision {
  const { payout } = record;
  const dueAt = dueIn('needs_attention', payout, now, rules);
  const patient = now - payout.changedAt <= rules.preparePatience;
  if (patient || payout.status === 'needs_attention') return postpone(record, dueAt);
  return toAttention(record, 'cannot_open_session', now, rules, { data: { bank: code } });
}

function onAnswered(
  record: PayoutRecord,
  { attempt, call, answer }: Extract<Observation, { kind: 'answered' }>,
  now: number,
  rules: EngineRules,
): Decision {
  const startError = call === 'start' && answer !== 'yes' ? { startError: answerCode(answer) } : {};
  // A clear yes leaves the bank a moment; after anything else its status is asked at once.
  const soon = answer === 'yes' ? dueIn('processing', { ...record.payout, changedAt: now }, now, rules) : now;
  const dueAt = isFinal(record.payout.status) ? record.payout.dueAt : soon;
  return change(record, {
    kind: `${call}_answered`,
    number: attempt,
    payout: { dueAt },
    attempt: startError,
    data: { answer: answerCode(answer) },
  });
}

function answerCode(answer: Answer): string {
  return typeof answer === 'string' ? answer : answer.refused;
}

/** A word is recorded, and said only after the bank was read once more; without one, somebody asks again in time. */
function onConsulted(
  record: PayoutRecord,
  { attempt, heard }: Extract<Observation, { kind: 'consulted' }>,
  now: number,
  rules: EngineRules,
): Decision {
  const { payout } = record;
  const awaited = payout.status === 'awaiting_confirmation' && payout.word === null;
  if (!awaited || payout.attempt !== attempt) return postpone(record, payout.dueAt);
  if ('say' in heard) return wordOf(record, { say: heard.say, by: 'merchant', reason: 'asked' }, now, {});
  const usual = dueIn(payout.status, payout, now, rules) ?? now;
  // A bank that does not tell when it stops waiting is not left alone for long.
  const mostWait = payout.confirmBy === null ? rules.laterEvery : rules.lastEvery;
  const wanted = heard.wait === null ? usual : now + Math.min(Math.max(heard.wait, leastWait), mostWait);
  return postpone(record, beforeItIsOver(wanted, payout, now, rules));
}

const leastWait = 1000;

/** Asked again while there is time to say a word, if there is any left. */
function beforeItIsOver(wanted: number, { confirmBy }: Payout, now: number, rules: EngineRules): number {
  if (confirmBy === null) return wanted;
  const last = confirmBy - rules.leaseFor;
  if (last > now) return Math.min(wanted, last);
  return confirmBy > now ? Math.min(wanted, confirmBy) : wanted;
}

function onSessions(record: PayoutRecord, sessions: Readings, now: number, rules: EngineRules): Decision {
  const attempt = focus(record);
  const earlier = readEarlier(record, attempt, sessions);
  if (earlier.alive.length > 0) return cancelEarlier(record, earlier.alive, now, rules);
  const reading = sessions.get(attempt.number);
  const picture = reading === undefined || 'unreadable' in reading ? null : pictureOf(reading);
  if (earlier.paid !== null) {
    const settled = settleEarlier(record, attempt, picture, earlier.paid, now, rules);
    if (settled) return settled;
  }
  if (isUnopened(record)) return openNext(record, earlier.proven, now, rules);
  if (reading === undefined || 'unreadable' in reading || picture === null) return unread(record, now, rules);
  const situation = { record, attempt, session: reading, picture, earlierDead: earlier.proven, now, rules };
  return rulings[table[record.payout.status][picture]](situation);
}

/** The attempt that counts: the one that paid, else the current one. */
function focus(record: PayoutRecord): Attempt {
  return record.attempts.find(({ outcome }) => outcome === 'paid') ?? currentAttempt(record);
}

interface Earlier {
  /** Attempts that were held to be dead and can still move money, if somebody confirms them. */
  alive: Attempt[];
  paid: Attempt | null;
  /** Every earlier attempt was just now read as dead. */
  proven: boolean;
}

/** Re-reads every attempt but the one in focus. */
function readEarlier(record: PayoutRecord, current: Attempt, sessions: Readings): Earlier {
  const earlier: Earlier = { alive: [], paid: null, proven: true };
  for (const attempt of record.attempts) {
    if (attempt === current || attempt.sessionId === null) continue;
    const reading = sessions.get(attempt.number);
    const read =
      reading === undefined || 'unreadable' in reading ? 'unproven' : fateOf(pictureOf(reading), attempt);
    // What an operator has written off counts as dead unless the bank shows that it is not.
    const fate = read === 'unproven' && attempt.outcome === 'written_off' ? 'dead' : read;
    if (fate === 'alive') earlier.alive.push(attempt);
    if (fate === 'paid') earlier.paid = attempt;
    if (fate !== 'dead') earlier.proven = false;
  }
  return earlier;
}

function fateOf(picture: Picture, attempt: Attempt): 'alive' | 'paid' | 'dead' | 'unproven' {
  switch (picture) {
    case 'paid':
      return 'paid';
    case 'refused':
      return 'dead';
    case 'cancelled':
    case 'cancelled_waiting':
      return attempt.confirms === 0 ? 'dead' : 'unproven';
    case 'idle':
    case 'opening':
    case 'working':
    case 'waiting':
    case 'taken':
      return 'alive';
    default:
      return 'unproven';
  }
}

/** An old attempt that turned up alive is cancelled before anything else is done. */
function cancelEarlier(
  record: PayoutRecord,
  alive: readonly Attempt[],
  now: number,
  rules: EngineRules,
): Decision {
  const held = record.payout.status === 'needs_attention';
  const wait = ({ cancels }: Attempt) =>
    held && cancels >= rules.maxSends ? rules.laterEvery : rules.resendAfter;
  const mayBeSent = (attempt: Attempt) =>
    attempt.cancels === 0 ? now : (attempt.cancelledAt ?? 0) + wait(attempt);
  const next = alive.find((attempt) => mayBeSent(attempt) <= now);
  if (!next) return postpone(record, Math.min(...alive.map(mayBeSent)));
  if (next.cancels >= rules.maxSends && !held) {
    return toAttention(record, 'earlier_attempt_alive', now, rules, { alarm: 'earlier_attempt_alive' });
  }
  return send(record, 'cancel', next, now, { dueAt: now + wait(next) }, { why: 'earlier_attempt_alive' });
}

/** An earlier attempt paid after all: the current one must not, and the payout is that one's. */
function settleEarlier(
  record: PayoutRecord,
  current: Attempt,
  picture: Picture | null,
  payer: Attempt,
  now: number,
  rules: EngineRules,
): Decision | null {
  const { status } = record.payout;
  const fate = current.sessionId === null ? 'dead' : picture === null ? 'unproven' : fateOf(picture, current);
  if (fate === 'paid') return toAttention(record, 'paid_twice', now, rules, { alarm: 'paid_twice' });
  if (fate === 'dead') return paidByEarlier(record, payer, now, rules);
  if (status === 'cancelling' || status === 'needs_attention') return null;
  const stoppable = current.confirms === 0 && (picture === 'waiting' || picture === 'idle');
  if (!stoppable) {
    return toAttention(record, 'earlier_attempt_paid', now, rules, { alarm: 'earlier_attempt_paid' });
  }
  const alarm = 'earlier_attempt_paid';
  const cancelling = {
    ...entering('cancelling', record.payout, now, rules),
    word: cancelBecause('earlier_paid'),
  };
  // Told now: what becomes of the present attempt may take days.
  return { ...send(record, 'cancel', current, now, cancelling, { why: alarm, alarm }), alarm };
}

function paidByEarlier(record: PayoutRecord, payer: Attempt, now: number, rules: EngineRules): Decision {
  const payout = { ...entering('succeeded', record.payout, now, rules), errorCode: null, word: null };
  return change(record, {
    kind: 'succeeded',
    number: payer.number,
    payout,
    attempt: { outcome: 'paid' },
    data: { alarm: 'paid_by_earlier_attempt' },
    alarm: 'paid_by_earlier_attempt',
  });
}

function openNext(record: PayoutRecord, proven: boolean, now: number, rules: EngineRules): Decision {
  if (proven) return openSession(record, now, rules);
  return onPrepareFailed(record, 'earlier_attempt_unproven', now, rules);
}

function unread(record: PayoutRecord, now: number, rules: EngineRules): Decision {
  const { payout } = record;
  const soon = dueIn(payout.status, payout, now, rules);
  if (isFinal(payout.status) || payout.status === 'needs_attention') return postpone(record, soon);
  if (now - payout.changedAt > rules.workPatience) return toAttention(record, 'bank_unreadable', now, rules);
  return postpone(record, soon);
}
