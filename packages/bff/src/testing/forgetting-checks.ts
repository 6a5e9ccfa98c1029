import type { Statement } from '../store/store.js';
import { equal, includes } from './assertions.js';
import { inserting, newPayout, otherScope, scope, sealed, subject } from './material.js';
import { check } from './store-check.js';

export const forgettingChecks = [
  check('forgets the person when told to, or when their time has come', async ({ store }) => {
    const [one, two] = [newPayout(), newPayout()];
    await store.batch([...inserting(one, two), sealed(one, 'k.a'), sealed(two, 'k.b')]);
    await store.batch([sealed(one, 'k.c')]);
    equal(
      await store.personal(one.payout.id),
      { payoutId: one.payout.id, sealed: 'k.c' },
      'what was put last',
    );
    await store.batch([
      { do: 'dropPersonal', payoutId: one.payout.id },
      { do: 'keepPersonal', payoutId: two.payout.id, until: 9000 },
    ]);
    equal(await store.personal(one.payout.id), null, 'what was dropped');
    const sweep = (now: number): Statement => ({ do: 'sweep', scope, now, before: 0, beforeDay: '' });
    await store.batch([sweep(8999)]);
    includes(await store.personal(two.payout.id), { sealed: 'k.b' }, 'what is still kept');
    await store.batch([sealed(two, 'k.d'), sweep(9000)]);
    includes(await store.personal(two.payout.id), { sealed: 'k.d' }, 'what was put again');
    await store.batch([{ do: 'keepPersonal', payoutId: two.payout.id, until: 9000 }]);
    await store.batch([sweep(9000)]);
    equal(await store.personal(two.payout.id), null, 'what is over');
  }),

  check('erases a subject from final payouts only, and keeps their references taken', async ({ store }) => {
    const [over, alive] = [newPayout({ ref: 'over' }), newPayout()];
    const [foreign, other] = [newPayout({ scope: otherScope }), newPayout({ subject: 'courier-8' })];
    const done = [over, foreign, other].map(({ payout, attempts }) => ({
      payout: { ...payout, status: 'succeeded' as const },
      attempts,
    }));
    await store.batch([
      ...inserting(...done, alive),
      ...[over, alive, foreign, other].map((one) => sealed(one)),
    ]);
    await store.batch([{ do: 'eraseSubject', scope, subject, replacement: 'erased:x' }]);
    const erased = { subject: 'erased:x', description: '', metadata: null };
    includes((await store.load(over.payout.id))?.payout, erased, 'an erased payout');
    equal(await store.personal(over.payout.id), null, 'its personal data');
    equal(await store.load(alive.payout.id), alive, 'a payout on its way');
    for (const kept of [alive, foreign, other])
      includes(await store.personal(kept.payout.id), { sealed: 'k.s' }, 'personal data of somebody else');
    const again = await store.batch(inserting(newPayout({ ref: 'over' })));
    equal(again, { committed: false, because: 'taken' }, 'the reference of an erased payout');
    equal(await store.list({ scope, subject, status: 'succeeded', limit: 9 }), [], 'their final payouts');
  }),

  check('takes the same webhook twice, and forgets old ones', async ({ store }) => {
    const webhook = {
      do: 'recordWebhook',
      digest: 'd',
      type: 'payment_finished',
      sessionId: 'ps_1',
      at: 1,
    } as const;
    equal(await store.batch([webhook]), { committed: true }, 'a webhook');
    equal(await store.batch([webhook]), { committed: true }, 'the same once more');
    await store.batch([{ do: 'sweep', scope, now: 0, before: 2, beforeDay: '' }]);
    equal(await store.batch([webhook]), { committed: true }, 'the same after it was forgotten');
  }),

  check('forgets the totals of days gone by, of its own scope', async ({ store }) => {
    const reserve = (day: string, where = scope) =>
      store.batch([{ do: 'reserve', scope: where, day, key: 'all:RUB', amount: 100, ceiling: 100 }]);
    for (const day of ['2026-11-22', '2026-11-23']) await reserve(day);
    await reserve('2026-11-22', otherScope);
    await store.batch([{ do: 'sweep', scope, now: 0, before: 0, beforeDay: '2026-11-23' }]);
    equal(await reserve('2026-11-22'), { committed: true }, 'a day that was forgotten');
    equal(await reserve('2026-11-23'), { committed: false, because: 'limit' }, 'a day that was not');
    equal(
      await reserve('2026-11-22', otherScope),
      { committed: false, because: 'limit' },
      'the day elsewhere',
    );
  }),
];
