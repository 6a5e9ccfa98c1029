import type { Store, SwitchFlip } from '../store/store.js';
import { equal, eventually } from './assertions.js';
import {
  append,
  inserting,
  newPayout,
  noticeOf,
  scope,
  sealed,
  transition,
  withSession,
} from './material.js';
import { check } from './store-check.js';

function flipOf(id: string, paused: boolean): SwitchFlip {
  return { id, name: 'start', paused, by: 'anna', why: 'bank is down', at: 1000 };
}

export const keepingChecks = [
  check('keeps every flip of a switch, the newest first', async ({ store }) => {
    const flips = [flipOf('0', true), flipOf('1', false), flipOf('2', true)];
    for (const flip of flips) await store.batch([{ do: 'flipSwitch', scope, flip }]);
    equal(await store.switchLog(scope, 'start', 2), [flips[2], flips[1]], 'the newest flips');
    equal(await store.switchLog(scope, 'confirm', 2), [], 'flips of the other switch');
    equal(await store.switchLog('live:test', 'start', 2), [], 'flips in another scope');
  }),

  check('has everything again after a restart', async ({ store, another, clock }) => {
    const record = newPayout();
    const { id: payoutId } = record.payout;
    const total = {
      do: 'reserve',
      scope,
      day: '2026-11-23',
      key: 'all:RUB',
      amount: 60,
      ceiling: 100,
    } as const;
    await store.batch([
      ...inserting(record),
      ...withSession(record, 'ps_1'),
      ...transition(record, 1, { status: 'processing', dueAt: 4000 }),
      sealed(record, 'k.kept'),
      { do: 'enqueue', notice: noticeOf(record, 1, 3000) },
      { do: 'flipSwitch', scope, flip: flipOf('1', true) },
      total,
    ]);
    await store.lease({ scope, owner: 'before', ttl: 2000, limit: 1 });
    const all = async (from: Store) => ({
      payout: await from.loadBySession(scope, 'ps_1'),
      journal: await from.journal(payoutId, 0, 9),
      personal: await from.personal(payoutId),
      notices: await from.notices(payoutId),
      flips: await from.switchLog(scope, 'start', 9),
      nextDue: await from.nextDue(scope),
    });
    const before = await all(store);
    await store.close();
    const again = await another();
    equal(await all(again), before, 'what was there before');
    const lease = { scope, owner: 'after', ttl: 1000, limit: 1 };
    equal(await again.lease(lease), [], 'what was leased before');
    const taken = { committed: false, because: 'taken' };
    equal(await again.batch([append(record, 1)]), taken, 'a version of before');
    equal(await again.batch([total]), { committed: false, because: 'limit' }, 'a total of before');
    clock.time = 7000;
    equal((await again.lease(lease)).length, 1, 'what was leased before, when that lease is over');
  }),

  check('tells its watchers of commits, and no longer once they stop', async ({ store }) => {
    const record = newPayout();
    const told: string[] = [];
    const stop = store.watch((payoutId) => told.push(payoutId));
    await store.batch([...inserting(record), append(record, 1)]);
    await store.batch([append(record, 1)]);
    equal(told, [record.payout.id], 'what was told of a commit and of a refusal');
    stop();
    await store.batch([append(record, 2)]);
    equal(told.length, 1, 'what was told after the watcher stopped');
  }),

  check('shows at once to other stores what one has committed', async ({ store, another }) => {
    const other = await another();
    const record = newPayout();
    await store.batch(inserting(record));
    for (let version = 1; version <= 10; version += 1) {
      await store.batch(transition(record, version));
      equal(
        (await other.load(record.payout.id))?.payout.version,
        version,
        'the version the other store sees',
      );
    }
  }),

  check('proves that it is ready', async ({ store }) => {
    await store.ready();
    await eventually(async () => (await store.nextDue(scope)) === null, 'an empty store');
  }),
];
