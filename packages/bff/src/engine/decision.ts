import type { Attempt, Payout, PayoutRecord, PayoutStatus, Word } from '../payout/payout.js';
import { isFinal } from '../payout/payout.js';
import type { Intent } from './observation.js';
import type { EngineRules } from './rules.js';
import { nextAsk } from './rules.js';

/** What one observation leads to: a record to commit, then at most one call to the bank. */
export interface Decision {
  record: PayoutRecord;
  /** What the journal says of it; null when nothing changed but the time to ask again. */
  entry: { kind: string; attempt: number; data: { [key: string]: string | number | boolean | null } } | null;
  intent: Intent | null;
  /** Something that must not happen did; goes to the host's alarms. */
  alarm: string | null;
}

type EntryData = NonNullable<Decision['entry']>['data'];

interface Change {
  kind: string;
  /** The attempt that is changed and journaled; the current one unless told. */
  number?: number;
  payout?: Partial<Payout>;
  attempt?: Partial<Attempt>;
  data?: EntryData;
  intent?: Intent;
  alarm?: string;
}

/** A decision that changes the record and so is journaled. */
export function change(
  record: PayoutRecord,
  { kind, number, payout, attempt, data, intent, alarm }: Change,
): Decision {
  const changed = number ?? record.payout.attempt;
  return {
    record: {
      payout: { ...record.payout, ...payout },
      attempts: record.attempts.map((one) => (one.number === changed ? { ...one, ...attempt } : one)),
    },
    entry: { kind, attempt: changed, data: data ?? {} },
    intent: intent ?? null,
    alarm: alarm ?? null,
  };
}

/** A decision that only says when to look again (`null`: never of our own accord). */
export function postpone(record: PayoutRecord, dueAt: number | null): Decision {
  return {
    record: { ...record, payout: { ...record.payout, dueAt } },
    entry: null,
    intent: null,
    alarm: null,
  };
}

/** A decision that needs nothing committed before the call, because the call cannot move money. */
export function ask(record: PayoutRecord, intent: Intent): Decision {
  return { record, entry: null, intent, alarm: null };
}

/** The columns that change when a payout enters a status. */
export function entering(
  status: PayoutStatus,
  payout: Payout,
  now: number,
  rules: EngineRules,
): Partial<Payout> {
  const same = status === payout.status;
  const changedAt = same ? payout.changedAt : now;
  const finishedAt = isFinal(status) ? ((same ? payout.finishedAt : null) ?? now) : null;
  const base = { status, changedAt, finishedAt, doubtSince: null };
  const held =
    status === 'needs_attention'
      ? {}
      : { attention: null, ...(status === 'cancelling' ? {} : { heldFrom: null }) };
  return { ...base, ...held, dueAt: dueIn(status, { ...payout, changedAt, finishedAt }, now, rules) };
}

/** When to look again at a payout in a status, if nothing happens before. */
export function dueIn(status: PayoutStatus, payout: Payout, now: number, rules: EngineRules): number | null {
  if (status === 'created') return now;
  if (!isFinal(status)) return nextAsk(rules, payout.changedAt, now);
  // Money may come back, and a bank may change its mind.
  const end = (payout.finishedAt ?? now) + rules.returnsFor;
  return now + rules.returnsEvery <= end ? now + rules.returnsEvery : null;
}

/** Hands the payout to a person; it remembers where it was, and the bank's final truth can still move it. */
export function toAttention(
  record: PayoutRecord,
  code: string,
  now: number,
  rules: EngineRules,
  more: { data?: EntryData; alarm?: string } = {},
): Decision {
  const { payout } = record;
  const held = payout.status === 'needs_attention';
  if (held && payout.attention === code)
    return postpone(record, dueIn('needs_attention', payout, now, rules));
  return change(record, {
    kind: 'needs_attention',
    payout: {
      ...entering('needs_attention', payout, now, rules),
      attention: code,
      heldFrom: held ? payout.heldFrom : payout.status,
    },
    data: { code, ...more.data },
    ...(more.alarm === undefined ? {} : { alarm: more.alarm }),
  });
}

/** Commits to a confirm or cancel of an attempt, then sends it. */
export function send(
  record: PayoutRecord,
  call: 'confirm' | 'cancel',
  attempt: Attempt,
  now: number,
  payout: Partial<Payout>,
  data: EntryData = {},
): Decision {
  const count = (call === 'confirm' ? attempt.confirms : attempt.cancels) + 1;
  const sent =
    call === 'confirm' ? { confirms: count, confirmedAt: now } : { cancels: count, cancelledAt: now };
  return change(record, {
    kind: call,
    number: attempt.number,
    payout,
    attempt: sent,
    data: { sessionId: attempt.sessionId, send: count, ...data },
    intent: { call, attempt: attempt.number, send: count },
  });
}

/** The engine's own word: cancel, and why. */
export function cancelBecause(reason: Word['reason']): Word {
  return { say: 'cancel', by: 'engine', reason };
}
