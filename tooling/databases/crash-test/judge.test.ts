import type { Attempt, JournalEntry, PayoutStatus } from '@b131/bff';
import type { Movement, SessionView } from '@b131/sandbox';
import { describe, expect, test } from 'vitest';
import type { Shown } from './browser.ts';
import { type Evidence, type File, judge, judgeStrays } from './judge.ts';
import type { Story } from './recipient.ts';

const steps: readonly (readonly [string, PayoutStatus])[] = [
  ['created', 'created'],
  ['start', 'starting'],
  ['processing', 'processing'],
  ['confirm', 'confirming'],
  ['succeeded', 'succeeded'],
];

const journal: readonly JournalEntry[] = steps.map(([kind, to], index) => ({
  ...{ payoutId: 'pay_1', version: index + 1, at: 0, kind, attempt: 1, to, data: {} },
  from: steps[index - 1]?.[1] ?? null,
}));

const attempt: Attempt = {
  ...{ payoutId: 'pay_1', number: 1, destination: 'bank_account', masked: '40817***1234', digest: 'd' },
  ...{ sessionId: 'ps_1', outcome: 'paid', starts: 1, startedAt: 0, startError: null },
  ...{ confirms: 1, confirmedAt: 0, cancels: 0, cancelledAt: null },
};

const file: File = {
  payout: {
    ...{ id: 'pay_1', scope: 's', ref: 'week-1', subject: 'courier-1', amount: 500, currency: 'RUB' },
    ...{ description: '', metadata: null, fingerprint: 'f', confirm: 'automatic', status: 'succeeded' },
    ...{ heldFrom: null, attention: null, version: 5, attempt: 1, askedAt: null, word: null },
    ...{ doubtSince: null, errorCode: null, returnedAmount: 0, reserved: null, confirmBy: null },
    ...{ dueAt: null, wakes: 0, createdAt: 0, changedAt: 0, finishedAt: 0 },
  },
  attempts: [attempt],
  journal,
  notices: [
    {
      ...{ id: 'pay_1.5', scope: 's', payoutId: 'pay_1', version: 5, type: 'payout.succeeded', body: '{}' },
      ...{ createdAt: 0, dueAt: null, tries: 1, httpStatus: 204, deliveredAt: 0 },
    },
  ],
};

const shown: Shown = {
  ...{ id: 'pay_1', status: 'succeeded', version: 5, attempt: 1, confirm: 'automatic', retryable: false },
};
const story: Story = {
  ...{ ref: 'week-1', subject: 'courier-1', amount: 500, shown, oddities: [] },
  given: new Map([[1, '40817***1234']]),
};
const movement: Movement = {
  ...{ payout_id: 'po_1', session_id: 'ps_1', amount: 500, currency: 'RUB', masked_account: '40817***1234' },
  ...{ metadata: { payout: 'pay_1', attempt: 1, ref: 'week-1' }, at: '2026-01-01T00:00:00Z', kind: 'paid' },
};
const session: SessionView = {
  ...{ id: 'ps_1', version: 'v2', status: 'accepted', next_action: null, created_at: '', updated_at: '' },
  finished_at: '',
  payouts: [
    {
      ...{
        id: 'po_1',
        status: 'succeeded',
        amount: 500,
        currency: 'RUB',
        outcome: 'succeeds',
        created_at: '',
      },
      ...{ finished_at: '', error: null, refunds: [], metadata: {} },
    },
  ],
  metadata: {},
};
const evidence: Evidence = {
  ...{ ledger: [movement], sessions: [session], stories: [story], told: new Set(['pay_1.5']) },
};

function but(changes: { payout?: Partial<File['payout']> } & Partial<Omit<File, 'payout'>>): File {
  return { ...file, ...changes, payout: { ...file.payout, ...changes.payout } };
}

const entry = (place: number, changes: Partial<JournalEntry>) =>
  journal.map((one, index) => (index === place ? { ...one, ...changes } : one));

describe('the judge', () => {
  test('has nothing to say of a payout that was paid once, as it should be', () => {
    expect(judge(story, file, evidence)).toEqual([]);
    expect(judgeStrays(evidence, [file])).toEqual([]);
  });

  test.each<[string, string, Partial<Story>, File | null, Partial<Evidence>]>([
    ['paid_twice', 'two payments', {}, file, { ledger: [movement, movement] }],
    ['wrong', 'another amount', {}, file, { ledger: [{ ...movement, amount: 501 }] }],
    [
      'wrong',
      'an account that is not the last one given',
      {},
      file,
      {
        ledger: [{ ...movement, masked_account: '40817***9999' }],
      },
    ],
    ['lost', 'a success without money', {}, file, { ledger: [] }],
    ['wrong', 'money despite a failure', {}, but({ payout: { status: 'failed' } }), {}],
    ['stuck', 'a payout that is not final', {}, but({ payout: { status: 'processing' } }), {}],
    ['stuck', 'a session that still runs', {}, file, { sessions: [{ ...session, status: 'in_progress' }] }],
    ['lost', 'a payout the store has forgotten', {}, null, {}],
    ['lost', 'a version the store has forgotten', { shown: { ...shown, version: 6 } }, file, {}],
    ['wrong', 'a state that never was', { shown: { ...shown, status: 'failed' } }, file, {}],
    ['wrong', 'what a recipient found odd', { oddities: ['odd'] }, file, {}],
    ['lost', 'a merchant who was not told', {}, file, { told: new Set() }],
    ['lost', 'a result without a notice', {}, but({ notices: [] }), {}],
    ['wrong', 'a gap in the journal', {}, but({ journal: journal.filter((_, index) => index !== 2) }), {}],
    ['wrong', 'a jump in the journal', {}, but({ journal: entry(3, { from: 'starting' }) }), {}],
    ['wrong', 'an end the journal does not tell of', {}, but({ journal: journal.slice(0, 4) }), {}],
    ['wrong', 'a start nobody journaled', {}, but({ attempts: [{ ...attempt, starts: 2 }] }), {}],
    ['wrong', 'an alarm', {}, but({ journal: entry(4, { data: { alarm: 'paid_without_word' } }) }), {}],
    ['wrong', 'a life after success', {}, but({ journal: entry(1, { from: 'succeeded' }) }), {}],
  ])('says %s of %s', (charge, _what, told, kept, known) => {
    const findings = judge({ ...story, ...told }, kept, { ...evidence, ...known });
    expect(findings.map((finding) => finding.charge)).toContain(charge);
  });

  test('says wrong of money and of started sessions that are nobody’s', () => {
    const stray = {
      ...evidence,
      ledger: [{ ...movement, metadata: null }],
      sessions: [{ ...session, id: 'ps_2' }],
    };
    expect(judgeStrays(stray, [file]).map(({ charge }) => charge)).toEqual(['wrong', 'wrong']);
  });
});
