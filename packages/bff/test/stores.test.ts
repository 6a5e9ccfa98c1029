import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { DatabaseSync } from 'node:sqlite';
import { afterAll, describe, expect, test } from 'vitest';
import { memoryStore, type PayoutRecord, type Statement, type Store, StoreError } from '../src/index.js';
import { sqliteStore } from '../src/node/sqlite-store.js';
import { type OpenStore, storeChecks } from '../src/testing/index.js';
import { createWorld } from './support/world.js';

const folder = mkdtempSync(join(tmpdir(), 'b131-stores-'));
let files = 0;
const newFile = () => {
  files += 1;
  return join(folder, `${files}`, 'payouts.db');
};
afterAll(() => rmSync(folder, { recursive: true, force: true }));

/** What memory keeps, it keeps as long as the process. */
function openMemory(): OpenStore {
  const stores = new Map<string, Store>();
  return ({ data, ...options }) => {
    const store = stores.get(data) ?? memoryStore(options);
    stores.set(data, store);
    return store;
  };
}

const openSqlite: OpenStore = ({ data, ...options }) =>
  sqliteStore({ path: join(folder, `${data}.db`), ...options });

describe.each([
  ['memoryStore', openMemory()],
  ['sqliteStore', openSqlite],
])('%s', (_name, open) => {
  test.each(storeChecks)('$name', ({ run }) => run(open));
});

describe('the suite finds a store that', () => {
  const without = (kind: Statement['do'], store: Store): Store => ({
    ...store,
    batch: (statements) => store.batch(statements.filter((statement) => statement.do !== kind)),
  });
  const faults: [string, (store: Store) => Store][] = [
    ['lets everybody win', (store) => without('append', store)],
    ['counts no totals', (store) => without('reserve', store)],
    ['loses wakes', (store) => without('wake', store)],
    ['erases nobody', (store) => without('eraseSubject', store)],
    ['keeps what is over', (store) => without('sweep', store)],
    ['tells nobody', (store) => ({ ...store, watch: () => () => {} })],
    ['leases everything to everybody', (store) => ({ ...store, lease: ({ scope }) => listed(store, scope) })],
    [
      'lists the oldest first',
      (store) => ({ ...store, list: async (wanted) => (await store.list(wanted)).reverse() }),
    ],
    ['reads no further than a page', (store) => ({ ...store, journal: (id) => store.journal(id, 0, 2) })],
  ];

  test.each(faults)('%s', async (_name, breaking) => {
    const open = openMemory();
    const outcomes = storeChecks.map(({ run }) => run(async (opening) => breaking(await open(opening))));
    const found = (await Promise.allSettled(outcomes)).filter(({ status }) => status === 'rejected');
    expect(found).not.toEqual([]);
    for (const outcome of found) expect(outcome).toMatchObject({ reason: { name: 'StoreCheckError' } });
  });

  test('forgets at a restart', async () => {
    const restart = storeChecks.find(({ name }) => name.includes('after a restart'));
    await expect(restart?.run(({ data: _data, ...options }) => memoryStore(options))).rejects.toThrow(
      /what was there before/,
    );
  });

  async function listed(store: Store, scope: string): Promise<PayoutRecord[]> {
    const payouts = await store.list({ scope, limit: 1000 });
    return payouts.map((payout) => ({ payout, attempts: [] }));
  }
});

describe('sqliteStore', () => {
  const nextTurn = () => new Promise((resolve) => setImmediate(resolve));
  const errorOf = (open: () => unknown): StoreError => {
    try {
      open();
    } catch (error) {
      if (error instanceof StoreError) return error;
      throw error;
    }
    throw new Error('it opened');
  };

  test('keeps payouts across a restart', async () => {
    const path = newFile();
    const world = await createWorld({ store: sqliteStore({ path }) });
    await world.pay('00');
    const before = await world.payout();
    await world.store.close();
    const reopened = sqliteStore({ path });
    expect(await reopened.load(before.payout.id)).toEqual(before);
    await reopened.close();
  });

  test('carries a payout to its end over two stores on one file', async () => {
    const path = newFile();
    const clock = { now: () => world.clock.now() };
    const world = await createWorld({ store: sqliteStore({ path, clock }) });
    const other = sqliteStore({ path, clock });
    await world.pay('00');
    await world.reaches('succeeded');
    const { payout } = await world.payout();
    expect((await other.load(payout.id))?.payout.status).toBe('succeeded');
    expect(world.paid()).toHaveLength(1);
    await other.close();
    await world.store.close();
  });

  test('waits for a busy file, and says so when it stays busy', async () => {
    const path = newFile();
    const store = sqliteStore({ path, busyTimeout: 100 });
    const other = new DatabaseSync(path);
    other.exec('BEGIN IMMEDIATE');
    await expect(store.batch([{ do: 'wake', payoutId: 'x', at: 1 }])).rejects.toMatchObject({
      reason: 'busy',
    });
    const waiting = sqliteStore({ path, busyTimeout: 60_000 }).batch([{ do: 'wake', payoutId: 'x', at: 1 }]);
    await nextTurn();
    other.exec('COMMIT');
    expect(await waiting).toEqual({ committed: true });
    other.close();
    await store.close();
  });

  test('refuses a path it cannot write, a file that is no database, and one from a newer version, in words', () => {
    const blocked = join(folder, 'a-file');
    writeFileSync(blocked, 'hello');
    // Node's own way to make folders never comes back from here.
    if (process.platform === 'linux')
      expect(errorOf(() => sqliteStore({ path: '/proc/nowhere/payouts.db' })).reason).toBe('unwritable_path');
    const unwritable = errorOf(() => sqliteStore({ path: join(blocked, 'payouts.db') }));
    expect(unwritable.reason).toBe('unwritable_path');
    expect(unwritable.message).toMatch(/a-file.payouts\.db cannot be written\. Give a path in a folder/);

    const text = join(folder, 'notes.txt');
    writeFileSync(
      text,
      'these are my notes, and they are long enough to be looked at as a database header'.repeat(20),
    );
    expect(errorOf(() => sqliteStore({ path: text }))).toMatchObject({
      reason: 'corrupt',
      message: expect.stringContaining('is not a SQLite database'),
    });

    const path = newFile();
    void sqliteStore({ path }).close();
    const database = new DatabaseSync(path);
    database.exec('PRAGMA user_version = 99');
    database.close();
    expect(errorOf(() => sqliteStore({ path }))).toMatchObject({
      reason: 'newer_schema',
      message: expect.stringMatching(/newer version of the kit \(schema 99, this one knows \d+\)/),
    });
  });

  test('is opened by many at once and migrates once', async () => {
    const path = newFile();
    const stores = [1, 2, 3].map(() => sqliteStore({ path }));
    for (const store of stores) await store.ready();
    for (const store of stores) await store.close();
  });
});
