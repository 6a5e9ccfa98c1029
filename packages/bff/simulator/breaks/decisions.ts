import { ask, change, type Decision, entering, send } from '../../dist/engine/decision.js';
import type { Observation, SessionReading, Unreadable } from '../../dist/engine/observation.js';
import type { EngineRules } from '../../dist/engine/rules.js';
import { newAttempt } from '../../dist/engine/rulings.js';
import { currentAttempt, type PayoutRecord } from '../../dist/payout/payout.js';
import type { Break } from './break.ts';

/*
 * Breaks of the engine's core: each wraps the decision function and spoils the one decision that its rule is about.
 */

/** Answers a lost start by starting again. */
export const resendStart: Break = {
  without: 'unknown is not failed: a start is sent once',
  decide: (right) => (record, observation, now, rules) => {
    const decision = right(record, observation, now, rules);
    const attempt = currentAttempt(record);
    const waits = decision.entry === null && decision.intent === null;
    if (!waits || record.payout.status !== 'starting' || readingOf(record, observation)?.status !== 'created')
      return decision;
    const starts = attempt.starts + 1;
    return change(record, {
      kind: 'start',
      attempt: { starts },
      data: { send: starts },
      intent: { call: 'start', attempt: attempt.number, send: starts },
    });
  },
};

/** Takes silence for a no. */
export const failOnTimeout: Break = {
  without: 'unknown is not failed: after silence the only next call is session/status',
  decide: (right) => (record, observation, now, rules) =>
    observation.kind === 'answered' && observation.call !== 'cancel' && observation.answer === 'unknown'
      ? callItFailed(record, 'timeout', now, rules)
      : right(record, observation, now, rules),
};

/** Takes an error object for a no. */
export const failOnBankError: Break = {
  without: 'an error object of the bank is no proof that nothing happened',
  decide: (right) => (record, observation, now, rules) =>
    observation.kind === 'answered' && observation.call !== 'cancel' && typeof observation.answer === 'object'
      ? callItFailed(record, observation.answer.refused, now, rules)
      : right(record, observation, now, rules),
};

/** Believes the answers to confirm and cancel, and does not ask for the status. */
export const trustAnswer: Break = {
  without: 'status decides: a yes to confirm or cancel is not the result',
  decide: (right) => (record, observation, now, rules) => {
    if (observation.kind !== 'answered' || observation.answer !== 'yes')
      return right(record, observation, now, rules);
    if (observation.call === 'start') return right(record, observation, now, rules);
    if (observation.call === 'cancel') return callItFailed(record, 'cancelled', now, rules);
    const payout = entering('succeeded', record.payout, now, rules);
    return change(record, { kind: 'succeeded', payout, attempt: { outcome: 'paid' } });
  },
};

/** Repeats a confirm whose answer was lost, without asking whether the bank still waits for it. */
export const confirmOnError: Break = {
  without: 'a confirm is repeated only while the bank asks for it',
  decide: (right) => (record, observation, now, rules) => {
    const attempt = currentAttempt(record);
    const lost = observation.kind === 'answered' && observation.call === 'confirm';
    return lost && observation.answer !== 'yes' && attempt.confirms < 3
      ? send(record, 'confirm', attempt, now, {})
      : right(record, observation, now, rules);
  },
};

/** Takes what the bank is about to pay for what was asked for. */
export const trustAmount: Break = {
  without: 'checked before confirm: amount, account, metadata',
  decide: (right) => (record, observation, now, rules) =>
    right(
      record,
      seenAs(observation, (reading) => ({
        ...reading,
        payouts: reading.payouts.map((payout) => ({
          ...payout,
          ...{ amount: record.payout.amount, currency: 'RUB', destination: 'same', metadata: 'same' },
        })),
      })),
      now,
      rules,
    ),
};

/** Whoever holds the lease sends again what the last holder was about to send. */
export const leaseResend: Break = {
  without: 'a lease that ran out authorises nothing',
  decide: (right) => (record, observation, now, rules) => {
    const { number, starts, confirms } = currentAttempt(record);
    if (observation.kind !== 'due') return right(record, observation, now, rules);
    if (record.payout.status === 'starting')
      return ask(record, { call: 'start', attempt: number, send: starts });
    return record.payout.status === 'confirming'
      ? ask(record, { call: 'confirm', attempt: number, send: confirms })
      : right(record, observation, now, rules);
  },
};

/** Looks only at the attempt of today. */
export const forgetOldAttempts: Break = {
  without: 'earlier attempts are read again, and cancelled if they are alive',
  decide: (right) => (record, observation, now, rules) => {
    const { number } = currentAttempt(record);
    const decision = right(record, withEarlierDead(record, observation), now, rules);
    return decision.intent?.call === 'status'
      ? ask(record, { call: 'status', attempts: [number] })
      : decision;
  },
};

/** Reads a session's `error` as its end. */
export const sessionErrorFinal: Break = {
  without: 'session error is not final',
  decide: (right) => (record, observation, now, rules) =>
    readingOf(record, observation)?.status === 'error'
      ? callItFailed(record, 'session_error', now, rules)
      : right(record, observation, now, rules),
};

/** Opens another session beside one whose start may still arrive. */
export const retryWithoutCancel: Break = {
  without: 'a lost start is seen cancelled before there is another attempt',
  decide: (right) => (record, observation, now, rules) => {
    const decision = right(record, observation, now, rules);
    return decision.entry?.kind === 'cancel' && decision.entry.data.why === 'never_started'
      ? startBeside(record, now, rules)
      : decision;
  },
};

/** Gives up where a person should look. */
export const giveUpAsFailed: Break = {
  without: 'patience that runs out ends with a person, never in failed',
  decide: (right) => (record, observation, now, rules) => {
    const decision = right(record, observation, now, rules);
    return decision.entry?.kind === 'needs_attention'
      ? callItFailed(record, 'gave_up', now, rules)
      : decision;
  },
};

/** Does not look at the pause switch. */
export const ignorePause: Break = {
  without: 'nothing is sent while it is paused',
  decide: (right) => (record, observation, now, rules) =>
    right(record, observation, now, { ...rules, paused: { start: false, confirm: false } }),
};

function callItFailed(record: PayoutRecord, errorCode: string, now: number, rules: EngineRules): Decision {
  const payout = { ...entering('failed', record.payout, now, rules), errorCode, word: null };
  return change(record, { kind: 'failed', payout, attempt: { outcome: 'dead' } });
}

function startBeside(record: PayoutRecord, now: number, rules: EngineRules): Decision {
  const number = record.payout.attempt + 1;
  const { payoutId, destination, digest, masked } = currentAttempt(record);
  const payout = { ...record.payout, ...entering('created', record.payout, now, rules), attempt: number };
  const next = newAttempt({ payoutId, number, destination, digest, masked });
  return {
    record: { payout, attempts: [...record.attempts, next] },
    entry: { kind: 'started_over', attempt: number, data: {} },
    intent: null,
    alarm: null,
  };
}

/** What the bank shows of the current attempt. */
function readingOf(record: PayoutRecord, observation: Observation): SessionReading | null {
  if (observation.kind !== 'sessions') return null;
  const reading = observation.sessions.get(record.payout.attempt);
  return reading && !('unreadable' in reading) ? reading : null;
}

function seenAs(observation: Observation, change: (reading: SessionReading) => SessionReading): Observation {
  if (observation.kind !== 'sessions') return observation;
  const sessions = [...observation.sessions].map(
    ([number, reading]) => [number, 'unreadable' in reading ? reading : change(reading)] as const,
  );
  return { kind: 'sessions', sessions: new Map(sessions) };
}

function withEarlierDead(record: PayoutRecord, observation: Observation): Observation {
  if (observation.kind !== 'sessions') return observation;
  const sessions = new Map<number, SessionReading | Unreadable>(observation.sessions);
  const nothing = { status: 'cancelled', nextAction: null, confirmBy: null, payouts: [] };
  for (const { number, sessionId } of record.attempts) {
    if (number !== record.payout.attempt && sessionId !== null)
      sessions.set(number, { id: sessionId, ...nothing });
  }
  return { kind: 'sessions', sessions };
}
