import { describe, expect, test } from 'vitest';
import { decide } from '../src/engine/decide.js';
import type { SessionReading } from '../src/engine/observation.js';
import { type Picture, pictureOf, pictures } from '../src/engine/picture.js';
import { openPayout } from '../src/engine/recipient.js';
import { defaultRules } from '../src/engine/rules.js';
import { isFinal, type PayoutRecord, type PayoutStatus, payoutStatuses } from '../src/payout/payout.js';

const now = 30 * 24 * 3_600_000;
const day = 24 * 3_600_000;

/** A session that is seen as each picture. */
const sessions: {
  readonly [picture in Picture]: [session: string, payout: string | null, nextAction?: string];
} = {
  idle: ['created', null],
  opening: ['in_progress', null],
  working: ['in_progress', 'in_progress'],
  waiting: ['in_progress', 'pending', 'confirm'],
  taken: ['in_progress', 'pending'],
  paid: ['accepted', 'succeeded'],
  refused: ['cancelled', 'failed'],
  cancelled: ['cancelled', null],
  cancelled_waiting: ['cancelled', 'pending'],
  cancelled_working: ['cancelled', 'in_progress'],
  error: ['error', 'in_progress'],
  many: ['in_progress', 'in_progress'],
  odd: ['accepted', 'in_progress'],
};

function reading(picture: Picture): SessionReading {
  const [status, payoutStatus, nextAction = null] = sessions[picture];
  const payout = {
    status: payoutStatus ?? '',
    amount: 100,
    currency: 'RUB',
    destination: 'same' as const,
    metadata: 'same' as const,
    returned: 0,
    errorCode: payoutStatus === 'failed' ? 'account_not_found' : null,
  };
  const payouts = payoutStatus === null ? [] : picture === 'many' ? [payout, payout] : [payout];
  return { id: 'ps_1', status, nextAction, confirmBy: null, payouts };
}

/** A payout in a status, as the engine would have brought it there `age` ago. */
function payoutIn(status: PayoutStatus, age: number): PayoutRecord {
  const since = now - age;
  const { record } = openPayout(
    {
      ...{ id: 'pay_1', scope: 's', ref: 'r', subject: 'u', amount: 100, currency: 'RUB', description: 'd' },
      ...{ metadata: null, fingerprint: 'f', confirm: 'automatic' },
    },
    { destination: 'bank_account', digest: 'k.d' },
    since,
  );
  const confirmed = ['confirming', 'succeeded', 'returned'].includes(status);
  const cancelled = status === 'cancelling' || status === 'cancelled';
  const dead = status === 'failed' || status === 'cancelled';
  const paid = status === 'succeeded' || status === 'returned';
  return {
    payout: {
      ...record.payout,
      status,
      doubtSince: age > day ? since : null,
      word: status === 'cancelling' ? { say: 'cancel', by: 'recipient', reason: 'asked' } : null,
      attention: status === 'needs_attention' ? 'mismatch' : null,
      heldFrom: status === 'needs_attention' ? 'processing' : null,
      finishedAt: isFinal(status) ? since : null,
      errorCode: status === 'failed' ? 'account_not_found' : null,
    },
    attempts: record.attempts.map((attempt) => ({
      ...attempt,
      sessionId: 'ps_1',
      starts: 1,
      startedAt: since,
      confirms: confirmed ? 1 : 0,
      confirmedAt: confirmed ? since : null,
      cancels: cancelled ? 1 : 0,
      cancelledAt: cancelled ? since : null,
      outcome: dead ? ('dead' as const) : paid ? ('paid' as const) : ('open' as const),
    })),
  };
}

/** What is decided, in short: `.` nothing but when to ask again; else what the journal says, the new status, the call, the alarm. */
function decided(status: PayoutStatus, picture: Picture, age: number): string {
  const record = payoutIn(status, age);
  const observation = { kind: 'sessions', sessions: new Map([[1, reading(picture)]]) } as const;
  const { entry, intent, alarm, record: after } = decide(record, observation, now, defaultRules);
  if (!entry) return '.';
  const moved = after.payout.status === status ? '' : ` → ${after.payout.status}`;
  const said = entry.kind === 'needs_attention' ? '' : entry.kind;
  const why =
    after.payout.attention !== record.payout.attention && after.payout.attention
      ? ` (${after.payout.attention})`
      : '';
  const told = `${said}${moved}${why}`.trim();
  return `${told}${intent ? ` + ${intent.call}` : ''}${alarm ? ` ! ${alarm}` : ''}`;
}

/**
 * The decision table as it is meant, written out: what follows from each picture in each status, and, where patience
 * matters, what follows when it has run out. A change here is a change of how money moves.
 */
const expected: {
  readonly [status in PayoutStatus]: { readonly [picture in Picture]: [fresh: string, overdue?: string] };
} = {
  created: {
    idle: ['→ needs_attention (bank_shows_idle)'],
    opening: ['→ needs_attention (bank_shows_opening)'],
    working: ['→ needs_attention (bank_shows_working)'],
    waiting: ['→ needs_attention (bank_shows_waiting)'],
    taken: ['→ needs_attention (bank_shows_taken)'],
    paid: ['→ needs_attention (bank_shows_paid)'],
    refused: ['→ needs_attention (bank_shows_refused)'],
    cancelled: ['→ needs_attention (bank_shows_cancelled)'],
    cancelled_waiting: ['→ needs_attention (bank_shows_cancelled_waiting)'],
    cancelled_working: ['→ needs_attention (bank_shows_cancelled_working)'],
    error: ['→ needs_attention (bank_shows_error)'],
    many: ['→ needs_attention (bank_shows_many)'],
    odd: ['→ needs_attention (bank_shows_odd)'],
  },
  starting: {
    idle: ['.', 'cancel → cancelling + cancel'],
    opening: ['doubt', '→ needs_attention (bank_shows_opening)'],
    working: ['processing → processing'],
    waiting: ['confirm → confirming + confirm'],
    taken: ['processing → processing'],
    paid: ['succeeded → succeeded ! paid_without_word'],
    refused: ['failed → failed'],
    cancelled: ['failed → failed'],
    cancelled_waiting: ['failed → failed'],
    cancelled_working: ['doubt', '→ needs_attention (bank_shows_cancelled_working)'],
    error: ['doubt', '→ needs_attention (bank_shows_error)'],
    many: ['→ needs_attention (bank_shows_many)'],
    odd: ['→ needs_attention (bank_shows_odd)'],
  },
  processing: {
    idle: ['doubt', '→ needs_attention (bank_shows_idle)'],
    opening: ['doubt', '→ needs_attention (bank_shows_opening)'],
    working: ['.', 'doubt_over'],
    waiting: ['confirm → confirming + confirm'],
    taken: ['.', 'doubt_over'],
    paid: ['succeeded → succeeded ! paid_without_word'],
    refused: ['failed → failed'],
    cancelled: ['failed → failed'],
    cancelled_waiting: ['failed → failed'],
    cancelled_working: ['doubt', '→ needs_attention (bank_shows_cancelled_working)'],
    error: ['doubt', '→ needs_attention (bank_shows_error)'],
    many: ['→ needs_attention (bank_shows_many)'],
    odd: ['→ needs_attention (bank_shows_odd)'],
  },
  awaiting_confirmation: {
    idle: ['doubt', '→ needs_attention (bank_shows_idle)'],
    opening: ['doubt', '→ needs_attention (bank_shows_opening)'],
    working: ['processing → processing'],
    waiting: ['confirm → confirming + confirm'],
    taken: ['processing → processing'],
    paid: ['succeeded → succeeded ! paid_without_word'],
    refused: ['failed → failed'],
    cancelled: ['failed → failed'],
    cancelled_waiting: ['failed → failed'],
    cancelled_working: ['doubt', '→ needs_attention (bank_shows_cancelled_working)'],
    error: ['doubt', '→ needs_attention (bank_shows_error)'],
    many: ['→ needs_attention (bank_shows_many)'],
    odd: ['→ needs_attention (bank_shows_odd)'],
  },
  confirming: {
    idle: ['doubt', '→ needs_attention (bank_shows_idle)'],
    opening: ['doubt', '→ needs_attention (bank_shows_opening)'],
    working: ['processing → processing'],
    waiting: ['.', 'confirm + confirm'],
    taken: ['processing → processing'],
    paid: ['succeeded → succeeded'],
    refused: ['failed → failed'],
    cancelled: ['doubt', '→ needs_attention (bank_shows_cancelled)'],
    cancelled_waiting: ['doubt', '→ needs_attention (bank_shows_cancelled_waiting)'],
    cancelled_working: ['doubt', '→ needs_attention (bank_shows_cancelled_working)'],
    error: ['doubt', '→ needs_attention (bank_shows_error)'],
    many: ['→ needs_attention (bank_shows_many)'],
    odd: ['→ needs_attention (bank_shows_odd)'],
  },
  cancelling: {
    idle: ['.', 'cancel + cancel'],
    opening: ['doubt', '→ needs_attention (bank_shows_opening)'],
    working: ['.', 'doubt_over'],
    waiting: ['.', 'cancel + cancel'],
    taken: ['doubt', '→ needs_attention (bank_shows_taken)'],
    paid: ['succeeded → succeeded ! paid_despite_cancel'],
    refused: ['cancelled → cancelled'],
    cancelled: ['cancelled → cancelled'],
    cancelled_waiting: ['cancelled → cancelled'],
    cancelled_working: ['doubt', '→ needs_attention (bank_shows_cancelled_working)'],
    error: ['doubt', '→ needs_attention (bank_shows_error)'],
    many: ['→ needs_attention (bank_shows_many)'],
    odd: ['→ needs_attention (bank_shows_odd)'],
  },
  succeeded: {
    idle: ['.'],
    opening: ['.'],
    working: ['.'],
    waiting: ['.'],
    taken: ['.'],
    paid: ['.'],
    refused: ['→ needs_attention (bank_shows_refused)'],
    cancelled: ['→ needs_attention (bank_shows_cancelled)'],
    cancelled_waiting: ['→ needs_attention (bank_shows_cancelled_waiting)'],
    cancelled_working: ['→ needs_attention (bank_shows_cancelled_working)'],
    error: ['.'],
    many: ['→ needs_attention (bank_shows_many)'],
    odd: ['→ needs_attention (bank_shows_odd)'],
  },
  failed: {
    idle: ['.'],
    opening: ['cancel → cancelling + cancel ! revived'],
    working: ['cancel → cancelling + cancel ! revived'],
    waiting: ['cancel → cancelling + cancel ! revived'],
    taken: ['cancel → cancelling + cancel ! revived'],
    paid: ['succeeded → succeeded ! paid_after_failure'],
    refused: ['.'],
    cancelled: ['.'],
    cancelled_waiting: ['.'],
    cancelled_working: ['→ needs_attention (bank_shows_cancelled_working)'],
    error: ['→ needs_attention (bank_shows_error)'],
    many: ['→ needs_attention (bank_shows_many)'],
    odd: ['→ needs_attention (bank_shows_odd)'],
  },
  cancelled: {
    idle: ['.'],
    opening: ['cancel → cancelling + cancel ! revived'],
    working: ['cancel → cancelling + cancel ! revived'],
    waiting: ['cancel → cancelling + cancel ! revived'],
    taken: ['cancel → cancelling + cancel ! revived'],
    paid: ['succeeded → succeeded ! paid_after_failure'],
    refused: ['.'],
    cancelled: ['.'],
    cancelled_waiting: ['.'],
    cancelled_working: ['→ needs_attention (bank_shows_cancelled_working)'],
    error: ['→ needs_attention (bank_shows_error)'],
    many: ['→ needs_attention (bank_shows_many)'],
    odd: ['→ needs_attention (bank_shows_odd)'],
  },
  returned: {
    idle: ['.'],
    opening: ['.'],
    working: ['.'],
    waiting: ['.'],
    taken: ['.'],
    paid: ['.'],
    refused: ['.'],
    cancelled: ['.'],
    cancelled_waiting: ['.'],
    cancelled_working: ['.'],
    error: ['.'],
    many: ['→ needs_attention (bank_shows_many)'],
    odd: ['.'],
  },
  needs_attention: {
    idle: ['.'],
    opening: ['.'],
    working: ['.'],
    waiting: ['.'],
    taken: ['.'],
    paid: ['succeeded → succeeded ! paid_without_word'],
    refused: ['failed → failed'],
    cancelled: ['failed → failed'],
    cancelled_waiting: ['failed → failed'],
    cancelled_working: ['.'],
    error: ['.'],
    many: ['.'],
    odd: ['.'],
  },
};

describe.each(payoutStatuses)('%s', (status) => {
  test.each(pictures)('and the bank shows: %s', (picture) => {
    expect(pictureOf(reading(picture))).toBe(picture);
    const [fresh, overdue = fresh] = expected[status][picture];
    expect(decided(status, picture, 1000)).toBe(fresh);
    expect(decided(status, picture, 8 * day)).toBe(overdue);
  });
});
