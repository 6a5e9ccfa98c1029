import type { BatchResult, Statement } from '../store/store.js';
import { equal } from './assertions.js';
import { append, inserting, newPayout, scope, transition, withSession } from './material.js';
import { check } from './store-check.js';

const taken = { committed: false, because: 'taken' };
const fifty = Array.from({ length: 50 }, (_, n) => n);

function winners(results: readonly BatchResult[]): number[] {
  return results.flatMap(({ committed }, index) => (committed ? [index] : []));
}

export const raceChecks = [
  check('lets one of fifty writers of a version win, and nothing of the others', async (bench) => {
    const stores = [bench.store, await bench.another(), await bench.another()];
    const record = newPayout();
    await bench.store.batch(inserting(record));
    for (const version of [1, 2, 3]) {
      const results = await Promise.all(
        fifty.map((n) => {
          const changes = transition(record, version, { attention: `writer ${n}` });
          return (stores[n % stores.length] ?? bench.store).batch(changes);
        }),
      );
      const [winner, ...others] = winners(results);
      equal(others, [], 'winners besides the first');
      equal(
        results.find(({ committed }) => !committed),
        taken,
        'what the others are told',
      );
      const { payout } = (await bench.store.load(record.payout.id)) ?? record;
      equal(payout.attention, `writer ${winner}`, 'whose change is there');
      equal((await bench.store.journal(record.payout.id, 0, 10)).length, version, 'entries of the journal');
    }
  }),

  check('keeps one payout a reference and scope, whoever comes at the same moment', async (bench) => {
    const stores = [bench.store, await bench.another()];
    const rivals = fifty.map(() => newPayout({ ref: 'one' }));
    const results = await Promise.all(
      rivals.map((rival, n) => (stores[n % 2] ?? bench.store).batch([...inserting(rival), append(rival, 1)])),
    );
    const [winner = -1, ...others] = winners(results);
    equal(others, [], 'winners besides the first');
    const found = await bench.store.loadByRef(scope, 'one');
    equal(found?.payout.id, rivals[winner]?.payout.id, 'the payout of the reference');
    equal(await bench.store.batch(inserting(newPayout({ ref: 'one' }))), taken, 'the reference once more');
    const elsewhere = newPayout({ ref: 'one', scope: 'live:test' });
    equal(
      await bench.store.batch(inserting(elsewhere)),
      { committed: true },
      'the reference in another scope',
    );
    const { payout, attempts } = newPayout();
    const sameId = { payout: { ...payout, id: elsewhere.payout.id }, attempts };
    equal(await bench.store.batch(inserting(sameId)), taken, 'an id once more');
  }),

  check('gives a session to one attempt only, whoever comes at the same moment', async ({ store }) => {
    const records = Array.from({ length: 20 }, () => newPayout());
    await store.batch(inserting(...records));
    const results = await Promise.all(records.map((record) => store.batch(withSession(record, 'ps_1'))));
    const [winner = -1, ...others] = winners(results);
    equal(others, [], 'winners besides the first');
    const owner = records[winner] ?? newPayout();
    equal(
      (await store.loadBySession(scope, 'ps_1'))?.payout.id,
      owner.payout.id,
      'the payout of the session',
    );
    equal(await store.batch(withSession(owner, 'ps_1')), { committed: true }, 'the same attempt once more');
  }),

  check('lets no total pass its ceiling, whoever comes at the same moment', async (bench) => {
    const stores = [bench.store, await bench.another()];
    const total = { scope, day: '2026-11-23', key: 'all:RUB' };
    const results = await Promise.all(
      fifty.map((n) => {
        const reserve: Statement = { do: 'reserve', ...total, amount: 30, ceiling: 100 };
        return (stores[n % 2] ?? bench.store).batch([...inserting(newPayout()), reserve]);
      }),
    );
    equal(winners(results).length, 3, 'payouts that fit under the ceiling');
    const refused = { committed: false, because: 'limit' };
    equal(
      results.find(({ committed }) => !committed),
      refused,
      'what the others are told',
    );
    equal((await bench.store.list({ scope, limit: 100 })).length, 3, 'payouts that were recorded');
  }),

  check('counts totals by scope, day and key, up to the largest amount', async ({ store }) => {
    const total = { scope, day: '2026-11-23', key: 'all:RUB' };
    const reserve = (amount: number, ceiling: number, changes: Partial<typeof total> = {}) =>
      store.batch([{ do: 'reserve', ...total, ...changes, amount, ceiling }]);
    equal(await reserve(100, 100), { committed: true }, 'as much as the ceiling');
    equal(await reserve(1, 100), { committed: false, because: 'limit' }, 'one more');
    equal(await reserve(1, 101), { committed: true }, 'one more under a ceiling that was raised');
    await store.batch([{ do: 'unreserve', ...total, amount: 30 }]);
    equal(await reserve(30, 101), { committed: true }, 'as much as was taken back');
    equal(
      await reserve(101, 100, { day: '2026-11-24' }),
      { committed: false, because: 'limit' },
      'too much at once',
    );
    for (const other of [{ day: '2026-11-24' }, { key: 'subject:RUB:x' }, { scope: 'live:test' }])
      equal(
        await reserve(100, 100, other),
        { committed: true },
        `a total of its own: ${JSON.stringify(other)}`,
      );
    const { MAX_SAFE_INTEGER: most } = Number;
    equal(await reserve(most - 1, most, { key: 'big' }), { committed: true }, 'nearly the largest amount');
    equal(await reserve(1, most, { key: 'big' }), { committed: true }, 'the largest total');
    equal(
      await reserve(1, most, { key: 'big' }),
      { committed: false, because: 'limit' },
      'one more than that',
    );
  }),
];
