import type { PayoutRecord } from '../payout/payout.js';
import type { NoticeListRequest, Statement, Store, SwitchFlip } from '../store/store.js';
import { equal, eventually, present } from './assertions.js';
import {
  append,
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

function flipOf(id: string, paused: boolean): SwitchFlip {
  return { id, name: 'start', paused, by: 'anna', why: 'bank is down', at: 1000 };
}

/** What a try left of the notice with that version, which is not tried again. */
function tried({ payout }: PayoutRecord, version: number): Extract<Statement, { do: 'noticeTried' }> {
  const id = `${payout.id}.${version}`;
  return { do: 'noticeTried', id, tries: 1, httpStatus: 200, deliveredAt: null, dueAt: null };
}

export const keepingChecks = [
  check('keeps every flip of a switch, the newest first', async ({ store }) => {
    const flips = [flipOf('0', true), flipOf('1', false), flipOf('2', true)];
    for (const flip of flips) await store.batch([{ do: 'flipSwitch', scope, flip }]);
    equal(await store.switchLog(scope, 'start', 2), [flips[2], flips[1]], 'the newest flips');
    equal(await store.switchLog(scope, 'confirm', 2), [], 'flips of the other switch');
    equal(await store.switchLog('live:test', 'start', 2), [], 'flips in another scope');
  }),

  check('lists notices, newest first, by payout and by what became of them', async ({ store }) => {
    const [one, other] = [newPayout(), newPayout()];
    const foreign = newPayout({ scope: otherScope });
    const at = (createdAt: number, record = one) => ({
      ...noticeOf(record, createdAt, 5000),
      createdAt,
    });
    const notices = [at(1), at(2), at(2, other), at(3)];
    const [higher, lower] = [`${one.payout.id}.2`, `${other.payout.id}.2`].sort().reverse();
    await store.batch([
      ...inserting(one, other, foreign),
      ...[...notices, at(4, foreign)].map((notice) => ({ do: 'enqueue', notice }) as const),
      { ...tried(one, 1), deliveredAt: 6000 },
      tried(one, 2),
    ]);
    const ids = async (request: Omit<NoticeListRequest, 'scope' | 'limit'>, limit = 9) =>
      (await store.listNotices({ scope, limit, ...request })).map(({ id }) => id);
    const [first, second] = [one.payout.id, other.payout.id];
    equal(await ids({}), [`${first}.3`, higher, lower, `${first}.1`], 'all notices');
    equal(await ids({}, 2), [`${first}.3`, higher], 'the first page');
    const after = { createdAt: 2, id: present(higher, 'the last of that page') };
    equal(await ids({ after }), [lower, `${first}.1`], 'the next page');
    equal(await ids({ payoutId: second }), [`${second}.2`], "one payout's");
    equal(await ids({ id: `${first}.2` }), [`${first}.2`], 'one notice');
    equal(await ids({ state: 'pending' }), [`${first}.3`, `${second}.2`], 'what is to be tried');
    equal(await ids({ state: 'delivered' }), [`${first}.1`], 'what was received');
    equal(await ids({ state: 'given_up' }), [`${first}.2`], 'what is no longer tried');
  }),

  check('makes a notice due once more', async ({ store, clock }) => {
    const record = newPayout();
    const notice = noticeOf(record, 1, 1000);
    const delivered = { ...tried(record, 1), deliveredAt: 2000 };
    await store.batch([...inserting(record), { do: 'enqueue', notice }, delivered]);
    await store.batch([{ do: 'resendNotice', id: notice.id, at: 3000 }]);
    clock.time = 3000;
    const due = await store.leaseNotices({ scope, owner: 'a', ttl: 1000, limit: 9 });
    const again = { ...notice, tries: 1, httpStatus: 200, deliveredAt: 2000, dueAt: 3000 };
    equal(due, [again], 'what is to be delivered');
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

  check('tells watchers, if it takes any, of commits, and no longer once they stop', async ({ store }) => {
    if (!store.watch) return;
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
