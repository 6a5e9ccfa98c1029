import type { Attempt, JournalEntry, Payout } from '../payout/payout.js';
import type { ListRequest, Statement } from '../store/store.js';
import { equal, includes, present } from './assertions.js';
import {
  append,
  entryOf,
  inserting,
  newPayout,
  noticeOf,
  otherScope,
  scope,
  sealed,
  transition,
  withSession,
} from './material.js';
import { check } from './store-check.js';

/** Texts that break what is put together from strings, or counted in bytes. */
const hardTexts = [
  `Robert'); DROP TABLE b131_payouts;--`,
  `x' OR '1'='1`,
  '"; DELETE FROM payouts; --',
  '$1 ? :name @p1 %s {x} \\',
  'Ёлка 🚲 𝔘𝔫𝔦 é é \u{10FFFF} \\%_',
  ' leading, trailing and\ttabbed ',
  'a'.repeat(10_000),
];

const everything: Partial<Payout> = {
  status: 'needs_attention',
  heldFrom: 'confirming',
  attention: 'mismatch',
  askedAt: 1,
  word: { say: 'cancel', by: 'operator', reason: 'asked' },
  doubtSince: 2,
  errorCode: 'account_not_found',
  returnedAmount: Number.MAX_SAFE_INTEGER,
  reserved: { day: '2026-11-23', keys: ['all:RUB', 'subject:RUB:Ё'] },
  confirmBy: Number.MAX_SAFE_INTEGER,
  dueAt: 8_640_000_000_000_000,
  changedAt: 3,
  finishedAt: 0,
};

const fullAttempt: Partial<Attempt> = {
  destination: 'card',
  masked: '40817***9535 🚲',
  sessionId: 'ps_full',
  outcome: 'paid',
  starts: 2,
  startedAt: 1,
  startError: 'operation_rejected',
  confirms: 3,
  confirmedAt: 2,
  cancels: 4,
  cancelledAt: 3,
};

export const recordChecks = [
  check('gives back every field as it was given, to the last digit', async ({ store }) => {
    const record = newPayout({ amount: Number.MAX_SAFE_INTEGER });
    equal(await store.batch(inserting(record)), { committed: true }, 'recording a payout');
    equal(await store.load(record.payout.id), record, 'the payout as it was recorded');
    const attempts = record.attempts.map((attempt) => ({ ...attempt, ...fullAttempt }));
    const payout = { ...record.payout, ...everything, version: 1 };
    await store.batch([
      ...transition(record, 1, everything),
      ...attempts.map((attempt): Statement => ({ do: 'putAttempt', attempt })),
    ]);
    equal(await store.load(record.payout.id), { payout, attempts }, 'the payout as it was changed');
  }),

  check('finds by id, by reference and by session, within the scope', async ({ store }) => {
    const record = newPayout({ ref: 'week-47' });
    await store.batch([...inserting(record), ...withSession(record, 'ps_1')]);
    const { id } = record.payout;
    equal((await store.loadByRef(scope, 'week-47'))?.payout.id, id, 'found by its reference');
    equal((await store.loadBySession(scope, 'ps_1'))?.payout.id, id, 'found by its session');
    equal(await store.load('pay_none'), null, 'an id that is not there');
    equal(await store.loadByRef(otherScope, 'week-47'), null, 'the reference in another scope');
    equal(await store.loadBySession(otherScope, 'ps_1'), null, 'the session in another scope');
    equal(await store.personal('pay_none'), null, 'personal data that is not there');
  }),

  check('takes every text for a text', async ({ store }) => {
    for (const text of hardTexts) {
      const record = newPayout({ ref: text, subject: text, description: text, metadata: { [text]: [text] } });
      const entry: JournalEntry = { ...entryOf(record, 1), data: { text } };
      const kept: Statement[] = [{ do: 'append', entry }, sealed(record, text)];
      equal(await store.batch([...inserting(record), ...kept]), { committed: true }, `recording ${text}`);
      equal(await store.loadByRef(scope, text), record, 'the payout of that reference');
      equal(await store.journal(record.payout.id, 0, 9), [entry], 'its journal');
      includes(await store.personal(record.payout.id), { sealed: text }, 'its personal data');
      equal((await store.list({ scope, subject: text, limit: 9 })).length, 1, 'payouts of that subject');
    }
    equal((await store.list({ scope, limit: 100 })).length, hardTexts.length, 'payouts in all');
  }),

  check('tells references apart by every character', async ({ store }) => {
    const refs = ['ref', 'Ref', 'ref ', ' ref', 'réf', 're\u0301f', 'ref%', 'ref_'];
    for (const ref of refs) {
      const record = newPayout({ ref });
      equal(await store.batch(inserting(record)), { committed: true }, `recording ${JSON.stringify(ref)}`);
      equal((await store.loadByRef(scope, ref))?.payout.id, record.payout.id, 'what it leads to');
    }
  }),

  check('commits all of a batch or nothing', async ({ store }) => {
    const [record, rival] = [newPayout(), newPayout()];
    await store.batch([...inserting(record), append(record, 1)]);
    const before = present(await store.load(record.payout.id), 'the payout');
    const changes: Statement[] = [
      sealed(record),
      ...inserting(rival),
      { do: 'recordWebhook', digest: 'd', type: 't', sessionId: 's', at: 1 },
      { do: 'wake', payoutId: record.payout.id, at: 1 },
      { do: 'reserve', scope, day: '2026-11-23', key: 'all:RUB', amount: 100, ceiling: 100 },
      { do: 'enqueue', notice: noticeOf(record, 1, 1) },
    ];
    const taken = await store.batch([...changes, append(record, 1)]);
    equal(taken, { committed: false, because: 'taken' }, 'a batch that is refused by its last statement');
    equal(await store.personal(record.payout.id), null, 'personal data of a batch that failed');
    equal(await store.load(record.payout.id), before, 'the payout after a batch that failed');
    equal(await store.load(rival.payout.id), null, 'a payout of a batch that failed');
    equal(await store.notices(record.payout.id), [], 'notices of a batch that failed');
    const whole: Statement = {
      do: 'reserve',
      scope,
      day: '2026-11-23',
      key: 'all:RUB',
      amount: 100,
      ceiling: 100,
    };
    equal(await store.batch([whole]), { committed: true }, 'a total that no failed batch was added to');
  }),

  check('does nothing for what is not there, and is not troubled by it', async ({ store }) => {
    const payoutId = 'pay_none';
    const statements: Statement[] = [
      { do: 'wake', payoutId, at: 1 },
      { do: 'release', payoutId, owner: 'a' },
      { do: 'reschedule', payoutId, version: 0, wakes: 0, dueAt: 1, askedAt: 1 },
      { do: 'dropPersonal', payoutId },
      { do: 'keepPersonal', payoutId, until: 1 },
      { do: 'noticeTried', id: 'none', tries: 1, httpStatus: 200, deliveredAt: 1, dueAt: null },
      { do: 'eraseSubject', scope, subject: 'nobody', replacement: 'erased' },
    ];
    for (const statement of statements)
      equal(await store.batch([statement]), { committed: true }, `${statement.do} of what is not there`);
    equal(await store.nextDue(scope), null, 'when something is due in an empty store');
    equal(await store.journal(payoutId, 0, 9), [], 'the journal of what is not there');
  }),

  check('reads the journal in order, after a version, a page at a time', async ({ store }) => {
    const record = newPayout();
    await store.batch(inserting(record));
    for (let version = 1; version <= 12; version += 1) await store.batch([append(record, version)]);
    const versions = async (after: number, limit: number) =>
      (await store.journal(record.payout.id, after, limit)).map(({ version }) => version);
    equal(
      await versions(0, 100),
      Array.from({ length: 12 }, (_, n) => n + 1),
      'the journal',
    );
    equal(await versions(9, 2), [10, 11], 'a page of it');
    equal(await versions(12, 9), [], 'what comes after its end');
  }),

  check('lists payouts newest first, page by page, without a gap or a repeat', async ({ store }) => {
    const records = Array.from({ length: 25 }, (_, n) => newPayout({ now: 1000 + Math.floor(n / 4) }));
    await store.batch(inserting(...records, newPayout({ scope: otherScope })));
    const seen: string[] = [];
    let after: { createdAt: number; id: string } | undefined;
    for (let page = 0; page < 4; page += 1) {
      const payouts = await store.list({ scope, limit: 7, ...(after ? { after } : {}) });
      seen.push(...payouts.map(({ id }) => id));
      after = payouts.at(-1) ?? after;
      // What is recorded meanwhile is newer than everything that is still to come.
      await store.batch(inserting(newPayout({ now: 9000 + page })));
    }
    const newestFirst = records
      .map(({ payout }) => payout)
      .sort((a, b) => b.createdAt - a.createdAt || (a.id < b.id ? 1 : -1))
      .map(({ id }) => id);
    equal(seen, newestFirst, 'the pages one behind the other');
    equal(await store.list({ scope, status: 'failed', limit: 9 }), [], 'payouts of a status nobody has');
    const created = await store.list({ scope, subject: 'courier-7', status: 'created', limit: 100 });
    equal(created.length, 29, 'payouts of a subject and a status');
  }),

  check('lists payouts by reference, by time and by what a person must look at', async ({ store }) => {
    const records = [1000, 2000, 3000].map((now) => newPayout({ now }));
    const [first, second, third] = records.map(({ payout }) => payout.id);
    const held = records[1] ? transition(records[1], 1, { status: 'needs_attention', attention: 'odd' }) : [];
    await store.batch([...inserting(...records), ...held]);
    const ids = async (request: Omit<ListRequest, 'scope' | 'limit'>) =>
      (await store.list({ scope, limit: 9, ...request })).map(({ id }) => id);
    equal(await ids({ ref: records[0]?.payout.ref ?? '' }), [first], 'those of a reference');
    equal(await ids({ from: 2000 }), [third, second], 'those of that time or later');
    equal(await ids({ until: 2000 }), [first], 'those before that time');
    equal(await ids({ from: 1001, until: 3000 }), [second], 'those in between');
    equal(await ids({ attention: 'odd' }), [second], 'those that need attention for that');
    equal(await ids({ attention: 'overdue' }), [], 'those that need attention for something else');
  }),
];
