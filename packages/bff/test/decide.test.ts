import * as fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import type { Heard } from '../src/engine/consult.js';
import { decide } from '../src/engine/decide.js';
import type { Decision } from '../src/engine/decision.js';
import type { Observation, SessionReading, Unreadable } from '../src/engine/observation.js';
import { pictureOf } from '../src/engine/picture.js';
import { giveWord, openAttempt, openPayout } from '../src/engine/recipient.js';
import { defaultRules, type EngineRules } from '../src/engine/rules.js';
import { currentAttempt, isFinal, isRetryable, type PayoutRecord } from '../src/payout/payout.js';

const recipientRules: EngineRules = { ...defaultRules, confirm: 'recipient' };
const merchantRules: EngineRules = { ...defaultRules, confirm: 'merchant', confirmWithin: 600_000 };

function opened(rules: EngineRules): PayoutRecord {
  return openPayout(
    {
      id: 'pay_1',
      scope: 'sandbox:test',
      ref: 'week-47',
      subject: 'courier-7',
      amount: 100,
      currency: 'RUB',
      description: 'x',
      metadata: null,
      fingerprint: 'k.f',
      confirm: rules.confirm,
    },
    { destination: 'bank_account', digest: 'k.d' },
    0,
  ).record;
}

/** Everything a session can be made to show, likely or not. */
const reading: fc.Arbitrary<SessionReading> = fc.record({
  id: fc.constant('set below'),
  status: fc.constantFrom('created', 'in_progress', 'accepted', 'cancelled', 'error', 'queued'),
  nextAction: fc.constantFrom(null, null, 'confirm', 'capture'),
  confirmBy: fc.constantFrom(null, 5_000_000),
  payouts: fc.array(
    fc.record({
      status: fc.constantFrom('in_progress', 'pending', 'succeeded', 'failed', 'odd'),
      amount: fc.constantFrom(100, 100, 100, 101, null),
      currency: fc.constantFrom('RUB', 'RUB', 'RUB', 'USD'),
      destination: fc.constantFrom('same' as const, 'same' as const, 'silent' as const, 'other' as const),
      metadata: fc.constantFrom('same' as const, 'silent' as const, 'other' as const),
      returned: fc.constantFrom(0, 0, 40, 100),
      errorCode: fc.constantFrom(null, 'account_not_found'),
    }),
    { maxLength: 2 },
  ),
});

const waiting: SessionReading = {
  id: 'set below',
  status: 'in_progress',
  nextAction: 'confirm',
  confirmBy: null,
  payouts: [
    {
      status: 'pending',
      amount: 100,
      currency: 'RUB',
      destination: 'same',
      metadata: 'same',
      returned: 0,
      errorCode: null,
    },
  ],
};

/** What happens next, independent of the record it happens to. */
const happening = fc.record({
  later: fc.constantFrom(0, 1000, 4000, 61_000, 601_000, 8 * 24 * 3_600_000),
  readings: fc.array(
    fc.oneof(reading, fc.constant(waiting), fc.constant<Unreadable>({ unreadable: 'timeout' })),
    {
      minLength: 10,
      maxLength: 10,
    },
  ),
  answer: fc.constantFrom('yes' as const, 'not_sent' as const, 'unknown' as const, {
    refused: 'operation_rejected',
  }),
  word: fc.constantFrom(null, 'confirm' as const, 'cancel' as const),
  heard: fc.constantFrom<Heard>({ say: 'confirm' }, { say: 'cancel' }, { wait: null }, { wait: 1e9 }),
  prepares: fc.boolean(),
  another: fc.boolean(),
});

type Happening = typeof happening extends fc.Arbitrary<infer T> ? T : never;

interface Step {
  before: PayoutRecord;
  observation: Observation;
  decision: Decision;
  now: number;
}

/** Walks a payout through what happens and gives back every decision that was made. */
function walk(happenings: readonly Happening[], rules: EngineRules): Step[] {
  const steps: Step[] = [];
  let record = opened(rules);
  let now = 0;
  let sessions = 0;
  for (const { later, readings, answer, word, heard, prepares, another } of happenings) {
    now += later;
    record = recipientActs(record, word, another, now, rules);
    let observation: Observation = { kind: 'due' };
    for (let n = 0; n < 5; n += 1) {
      const decision: Decision = decide(deepFreeze(record), observation, now, rules);
      steps.push({ before: record, observation, decision, now });
      record = decision.record;
      const { intent } = decision;
      if (!intent) break;
      if (intent.call === 'prepare') {
        sessions += 1;
        const attempt = record.payout.attempt;
        observation = prepares
          ? { kind: 'prepared', attempt, sessionId: `ps_${sessions}`, masked: null }
          : { kind: 'prepareFailed', attempt, code: 'timeout' };
      } else if (intent.call === 'consult') {
        observation = { kind: 'consulted', attempt: intent.attempt, heard };
      } else if (intent.call === 'status') {
        observation = { kind: 'sessions', sessions: shown(record, readings) };
      } else {
        observation = { kind: 'answered', attempt: intent.attempt, call: intent.call, answer };
      }
    }
  }
  return steps;
}

function recipientActs(
  record: PayoutRecord,
  word: 'confirm' | 'cancel' | null,
  another: boolean,
  now: number,
  rules: EngineRules,
): PayoutRecord {
  const given = word && giveWord(record, record.payout.attempt, word, now);
  const next = given?.record ?? record;
  const account = { destination: 'bank_account', digest: 'k.e' } as const;
  const opening = another
    ? openAttempt(next, account, { description: 'x', metadata: null }, now, rules)
    : null;
  if (opening) expect(next.attempts.every(({ outcome }) => outcome === 'dead')).toBe(true);
  return opening?.record ?? next;
}

function shown({ attempts }: PayoutRecord, readings: readonly (SessionReading | Unreadable)[]) {
  return new Map(
    attempts.flatMap(({ number, sessionId }) => {
      const one = readings[number % readings.length];
      if (sessionId === null || !one) return [];
      return [[number, 'unreadable' in one ? one : { ...one, id: sessionId }] as const];
    }),
  );
}

function deepFreeze<T>(value: T): T {
  if (typeof value === 'object' && value !== null)
    for (const part of Object.values(Object.freeze(value))) deepFreeze(part);
  return value;
}

function everyStep(check: (step: Step, rules: EngineRules) => void): void {
  const rules = fc.constantFrom(defaultRules, recipientRules, merchantRules, {
    ...defaultRules,
    autoConfirmation: true,
  });
  fc.assert(
    fc.property(fc.array(happening, { minLength: 1, maxLength: 25 }), rules, (happenings, given) => {
      for (const step of walk(happenings, given)) check(step, given);
    }),
    { numRuns: 400 },
  );
}

const fateless = ['refused', 'cancelled', 'cancelled_waiting'];

describe('whatever the bank shows', () => {
  test('a start is committed before it is sent, once an attempt, and never when an earlier attempt may live', () => {
    everyStep(({ before, decision }) => {
      if (decision.intent?.call !== 'start') return;
      const attempt = currentAttempt(decision.record);
      expect(decision.record.payout.status).toBe('starting');
      expect(decision.entry?.kind).toBe('start');
      expect([currentAttempt(before).starts, attempt.starts]).toEqual([0, 1]);
      expect(
        before.attempts.filter((one) => one.number < attempt.number).every((one) => one.outcome === 'dead'),
      ).toBe(true);
    });
  });

  test('a confirm is sent only on a session that was just read as waiting, fits, and whose predecessors are dead', () => {
    everyStep(({ before, observation, decision }, rules) => {
      if (decision.intent?.call !== 'confirm') return;
      const attempt = currentAttempt(before);
      expect(observation.kind).toBe('sessions');
      if (observation.kind !== 'sessions') return;
      const session = observation.sessions.get(attempt.number);
      if (!session || 'unreadable' in session) throw new Error('confirmed what was not read');
      expect(pictureOf(session)).toBe('waiting');
      expect(session.payouts[0]).toMatchObject({ amount: 100, currency: 'RUB' });
      expect(session.payouts[0]?.destination).not.toBe('other');
      expect(session.payouts[0]?.metadata).not.toBe('other');
      expect(currentAttempt(decision.record).confirms).toBe(attempt.confirms + 1);
      for (const earlier of before.attempts.filter(({ number }) => number < attempt.number)) {
        const read = observation.sessions.get(earlier.number);
        expect(read && !('unreadable' in read) && fateless.includes(pictureOf(read))).toBe(true);
      }
      if (rules.confirm === 'recipient')
        expect(decision.record.payout.word).toMatchObject({ say: 'confirm', by: 'recipient' });
      if (rules.confirm === 'merchant')
        expect(decision.record.payout.word).toMatchObject({ say: 'confirm', by: 'merchant' });
    });
  });

  test('another attempt is opened only when every earlier one is dead, and never without confirmation after a lost start', () => {
    everyStep(({ before, decision }, rules) => {
      if (decision.record.attempts.length === before.attempts.length) return;
      expect(before.payout.status).not.toBe('succeeded');
      expect(decision.record.attempts.slice(0, -1).every(({ outcome }) => outcome === 'dead')).toBe(true);
      expect(rules.autoConfirmation).toBe(false);
    });
  });

  test('what is paid stays paid: only a return or a person follows', () => {
    everyStep(({ before, decision }) => {
      if (before.payout.status !== 'succeeded' && before.payout.status !== 'returned') return;
      expect(['succeeded', 'returned', 'needs_attention']).toContain(decision.record.payout.status);
      expect(isRetryable(decision.record)).toBe(false);
    });
  });

  test('nothing is forgotten: a payout that is not final is always due some time', () => {
    everyStep(({ decision }) => {
      const { status, dueAt } = decision.record.payout;
      if (decision.intent || isFinal(status)) return;
      expect(dueAt).not.toBeNull();
    });
  });

  test('after an unclear answer to a money call, the next call is a question', () => {
    fc.assert(
      fc.property(fc.array(happening, { minLength: 2, maxLength: 25 }), (happenings) => {
        const calls = walk(happenings, defaultRules).map(({ decision }) => decision.intent?.call ?? null);
        const made = calls.filter((call) => call !== null);
        for (const [index, call] of made.entries()) {
          if (call === 'start' || call === 'confirm')
            expect(['status', undefined]).toContain(made[index + 1]);
        }
      }),
      { numRuns: 400 },
    );
  });
});

describe('a failure is final only by the bank’s word', () => {
  test.each(['yes', 'not_sent', 'unknown', { refused: 'operation_rejected' }] as const)(
    'start answered %j',
    (answer) => {
      const started = decide(
        opened(defaultRules),
        { kind: 'prepared', attempt: 1, sessionId: 'ps_1', masked: null },
        0,
        defaultRules,
      );
      const after = decide(
        started.record,
        { kind: 'answered', attempt: 1, call: 'start', answer },
        10,
        defaultRules,
      );
      expect(after.record.payout.status).toBe('starting');
      expect(after.intent).toBeNull();
    },
  );
});
