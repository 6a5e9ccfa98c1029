import type { Store } from '../store/store.js';
import { equal, eventually } from './assertions.js';
import { inserting, newPayout, noticeOf, otherScope, scope, transition } from './material.js';
import { check, checkInRealTime } from './store-check.js';

async function leased(store: Store, owner: string, limit = 10, ttl = 1000): Promise<string[]> {
  return (await store.lease({ scope, owner, ttl, limit })).map(({ payout }) => payout.id);
}

export const leaseChecks = [
  check(
    'leases what is due, earliest first, until the lease ends or is given back',
    async ({ store, clock }) => {
      const [late, early] = [newPayout({ now: 4000 }), newPayout({ now: 3000 })];
      const [future, foreign] = [newPayout({ now: 9000 }), newPayout({ now: 1, scope: otherScope })];
      await store.batch(inserting(late, early, future, foreign));
      equal(await leased(store, 'a', 1), [early.payout.id], 'the earliest');
      equal(await leased(store, 'b'), [late.payout.id], 'what nobody works on');
      equal(await leased(store, 'c'), [], 'when everything is leased');
      equal(await store.nextDue(scope), 6000, 'the end of the first lease');
      equal(await store.renew(late.payout.id, 'b', 2000), true, 'prolonged by its owner');
      equal(await store.renew(late.payout.id, 'a', 2000), false, 'prolonged by somebody else');
      clock.time = 6000;
      equal(await leased(store, 'c'), [early.payout.id], 'after the end of a lease');
      await store.batch([{ do: 'release', payoutId: early.payout.id, owner: 'a' }]);
      equal(await leased(store, 'd'), [], 'after it was given back by who lost it');
      await store.batch([{ do: 'release', payoutId: early.payout.id, owner: 'c' }]);
      equal(await leased(store, 'd'), [early.payout.id], 'after it was given back by its owner');
      clock.time = 8_999;
      equal(await leased(store, 'e'), [early.payout.id, late.payout.id], 'after the end of both');
      clock.time = 9000;
      equal(await leased(store, 'f'), [future.payout.id], 'what has become due');
    },
  ),

  check('leases one payout by name, if it is due and free, with its attempts', async ({ store }) => {
    const [due, later] = [newPayout(), newPayout({ now: 9000 })];
    await store.batch(inserting(due, later));
    const take = (payoutId: string) => store.lease({ scope, owner: 'a', ttl: 1000, limit: 1, payoutId });
    equal(await take(due.payout.id), [due], 'one that is due');
    equal(await take(due.payout.id), [], 'one that is leased');
    equal(await take(later.payout.id), [], 'one that is not due');
    equal(await take('pay_none'), [], 'one that is not there');
  }),

  check('gives no payout to two workers at once, and no worker more than it asked for', async (bench) => {
    const records = Array.from({ length: 150 }, () => newPayout());
    await bench.store.batch(inserting(...records));
    const stores = [bench.store, await bench.another(), await bench.another()];
    const hands = await Promise.all(
      Array.from({ length: 30 }, (_, n) => leased(stores[n % 3] ?? bench.store, `worker ${n}`, 6)),
    );
    equal(
      hands.filter((ids) => ids.length > 6),
      [],
      'workers with more than they asked for',
    );
    const given = hands.flat();
    equal(new Set(given).size, given.length, 'payouts given once');
    // Workers may leave out rows that others are just taking: what is left is there for the next.
    const rest = await leased(bench.store, 'last', 150);
    equal([...given, ...rest].sort(), records.map(({ payout }) => payout.id).sort(), 'all payouts');
  }),

  check('leases more than a hundred payouts at once', async ({ store }) => {
    const records = Array.from({ length: 230 }, () => newPayout());
    await store.batch(inserting(...records));
    const found = await store.lease({ scope, owner: 'a', ttl: 1000, limit: 500 });
    equal(found.length, 230, 'leased payouts');
    equal(
      found.filter(({ attempts }) => attempts.length !== 1),
      [],
      'payouts without their attempt',
    );
  }),

  checkInRealTime("ends a lease by the database's own clock", async ({ store, another }) => {
    const record = newPayout();
    const { id } = record.payout;
    await store.batch(inserting(record));
    const other = await another();
    equal(await leased(store, 'a', 1, 60_000), [id], 'what is long due');
    equal(await leased(other, 'b'), [], 'what somebody works on');
    equal(await store.renew(id, 'a', 50), true, 'prolonged for a moment only');
    await eventually(async () => (await leased(other, 'b', 1, 60_000)).includes(id), 'the end of the lease');
    equal(await store.renew(id, 'a', 60_000), false, 'prolonged after somebody else has it');
    equal(await leased(store, 'a'), [], 'what the other works on now');
  }),

  check('loses no wake that comes while somebody works', async ({ store }) => {
    const record = newPayout();
    const { id } = record.payout;
    await store.batch(inserting(record));
    await store.batch([{ do: 'wake', payoutId: id, at: 5000 }]);
    const later = {
      do: 'reschedule',
      payoutId: id,
      version: 0,
      wakes: 0,
      dueAt: 90_000,
      askedAt: 5000,
    } as const;
    const dueAt = async () => (await store.load(id))?.payout.dueAt;
    await store.batch([later]);
    equal(await dueAt(), 1000, 'due after a reschedule that had not seen the wake');
    await store.batch(transition(record, 1, { dueAt: 90_000 }));
    equal(await dueAt(), 1000, 'due after a transition that had not seen the wake');
    equal((await store.load(id))?.payout.wakes, 1, 'wakes after a transition that had not seen it');
    await store.batch([{ ...later, version: 1, wakes: 1 }]);
    equal(await dueAt(), 90_000, 'due after a reschedule that had seen the wake');
    equal((await store.load(id))?.payout.askedAt, 5000, 'when the bank was asked');
    await store.batch([{ ...later, version: 0, wakes: 1, dueAt: null }]);
    equal(await dueAt(), 90_000, 'due after a reschedule of an older version');
    await store.batch([{ ...later, version: 1, wakes: 1, dueAt: null }]);
    equal(await store.nextDue(scope), null, 'when nothing is due any more');
    await store.batch([{ do: 'wake', payoutId: id, at: 7000 }]);
    equal(await store.nextDue(scope), 7000, 'due after a wake');
    await store.batch([{ do: 'wake', payoutId: id, at: 8000 }]);
    equal(await store.nextDue(scope), 7000, 'due after a later wake');
  }),

  check('looks again in time for a writer who missed a wake that was taken up since', async ({ store }) => {
    const record = newPayout();
    const { id } = record.payout;
    await store.batch(inserting(record));
    await store.batch([{ do: 'wake', payoutId: id, at: 5000 }]);
    await store.batch([{ do: 'reschedule', payoutId: id, version: 0, wakes: 1, dueAt: null, askedAt: 5000 }]);
    await store.batch(transition(record, 1, { dueAt: 6000 }));
    equal((await store.load(id))?.payout.dueAt, 6000, 'due after a transition that wants to be looked at');
  }),

  check('counts every wake, however many come at once', async ({ store }) => {
    const record = newPayout();
    const { id: payoutId } = record.payout;
    await store.batch(inserting(record));
    await Promise.all(Array.from({ length: 20 }, () => store.batch([{ do: 'wake', payoutId, at: 1 }])));
    equal((await store.load(payoutId))?.payout.wakes, 20, 'wakes');
  }),

  check(
    'keeps an outbox: due notices to one courier, oldest first, until they are delivered',
    async (bench) => {
      const { store, clock } = bench;
      const record = newPayout({ now: 100_000 });
      const { id: payoutId } = record.payout;
      const notices = [noticeOf(record, 2, 4000), noticeOf(record, 1, 3000), noticeOf(record, 3, 9000)];
      await store.batch([
        ...inserting(record),
        ...notices.map((notice) => ({ do: 'enqueue', notice }) as const),
      ]);
      const take = async (owner: string) =>
        (await store.leaseNotices({ scope, owner, ttl: 1000, limit: 10 })).map(({ version }) => version);
      equal(
        await store.notices(payoutId),
        [notices[1], notices[0], notices[2]],
        'the notices as they were written',
      );
      equal(await store.nextDue(scope), 3000, 'when the first is due');
      equal(await take('a'), [1, 2], 'what is due');
      equal(await take('b'), [], 'what somebody delivers');
      const tried = { do: 'noticeTried', tries: 1, httpStatus: 200 } as const;
      await store.batch([
        { ...tried, id: `${payoutId}.1`, deliveredAt: 5000, dueAt: null },
        { ...tried, id: `${payoutId}.2`, httpStatus: 500, deliveredAt: null, dueAt: 7000 },
      ]);
      equal(await store.nextDue(scope), 7000, 'when one is tried again');
      clock.time = 7000;
      equal(await take('b'), [2], 'what is tried again');
      clock.time = 8000;
      equal(await take('c'), [2], 'what a courier left lying');
      const states = (await store.notices(payoutId)).map(({ tries, deliveredAt }) => [tries, deliveredAt]);
      equal(
        states,
        [
          [1, 5000],
          [1, null],
          [0, null],
        ],
        'what became of them',
      );
      await store.batch([{ do: 'sweep', scope, now: 7000, before: 2000, beforeDay: '' }]);
      const left = (await store.notices(payoutId)).map(({ version }) => version);
      equal(left, [2, 3], 'what a sweep leaves: everything that is not done');
    },
  ),
];
