import { type ChildProcess, fork } from 'node:child_process';
import { once } from 'node:events';
import { chmodSync, mkdtempSync, openSync, readFileSync, rmSync, writeFileSync, writeSync } from 'node:fs';
import { join } from 'node:path';
import { DatabaseSync } from 'node:sqlite';
import { fileURLToPath } from 'node:url';
import { StoreError } from '@b131/bff';
import { sqliteStore } from '@b131/bff/node';
import { afterAll, afterEach, describe, expect, test, vi } from 'vitest';
import { createWorld } from '../../../packages/bff/test/support/world.ts';
import { lastWriter, payoutOf, recording, scope, transition } from './support/records.ts';
import { isRoot, temporary } from './support/temporary.ts';

const folder = mkdtempSync(join(temporary, 'b131-sqlite-'));
let files = 0;
function newFile(): string {
  files += 1;
  return join(folder, `${files}.db`);
}
afterEach(() => {
  vi.restoreAllMocks();
});
afterAll(() => rmSync(folder, { recursive: true, force: true }));

async function start(script: string, ...args: string[]): Promise<ChildProcess> {
  const path = fileURLToPath(new URL(`./support/${script}`, import.meta.url));
  const child = fork(path, args, { execArgv: [] });
  await once(child, 'message');
  return child;
}

function errorOf(open: () => unknown): StoreError {
  try {
    open();
  } catch (error) {
    if (error instanceof StoreError) return error;
    throw error;
  }
  throw new Error('it opened');
}

describe('three processes on one SQLite file', () => {
  test('with fifty writers each: one wins each version, and each payout is leased once', async () => {
    const path = newFile();
    const store = sqliteStore({ path });
    const ids = Array.from({ length: 30 }, (_, n) => `pay_${n}`);
    await store.batch(ids.flatMap(recording));
    await store.batch([{ do: 'insertPayout', payout: { ...payoutOf('pay_race'), dueAt: null } }]);
    const children = await Promise.all(['a', 'b', 'c'].map((name) => start('sqlite-process.ts', path, name)));
    const reports = children.map(async (child) => {
      const exit = once(child, 'exit');
      const [report] = await once(child, 'message');
      await exit;
      return report;
    });
    for (const child of children) child.send('go');
    const all = await Promise.all(reports);

    const won: string[] = all.flatMap((report) => report.won);
    expect(won.map((writer) => writer.split(' ')[1]).sort()).toEqual(['1', '2', '3', '4', '5']);
    expect((await store.journal('pay_race', 0, 99)).map(({ version }) => version)).toEqual([1, 2, 3, 4, 5]);
    expect(lastWriter(await store.load('pay_race'))).toBe(won.find((writer) => writer.split(' ')[1] === '5'));
    // The row of the race is due again with its transitions, so it was leased too.
    expect(all.flatMap((report) => report.leased).sort()).toEqual([...ids, 'pay_race'].sort());
    await store.close();
  });

  test('that open and close it at the same moment, new or not: none is turned away', async () => {
    const children = await Promise.all([1, 2, 3, 4].map(() => start('sqlite-opener.ts')));
    const open = async (child: ChildProcess, path: string): Promise<unknown> => {
      const told = once(child, 'message');
      child.send(path);
      return (await told)[0];
    };
    const answers = new Set<unknown>();
    for (let round = 0; round < 30; round += 1) {
      const path = newFile();
      for (let again = 0; again < 3; again += 1)
        for (const answer of await Promise.all(children.map((child) => open(child, path))))
          answers.add(answer);
    }
    for (const child of children) child.disconnect();
    expect([...answers]).toEqual(['opened']);
  });

  test('one of which dies while it writes: the others go on', async () => {
    const path = newFile();
    const store = sqliteStore({ path, busyTimeout: 60_000 });
    await store.batch(recording('pay_1'));
    const holder = await start('sqlite-holder.ts', path);
    const waiting = store.batch(transition('pay_1', 1, 'we'));
    const impatient = sqliteStore({ path, busyTimeout: 20 });
    await expect(impatient.batch(transition('pay_1', 1, 'they'))).rejects.toMatchObject({
      reason: 'busy',
      message: expect.stringContaining('is held by another process for too long'),
    });
    const exit = once(holder, 'exit');
    holder.kill('SIGKILL');
    await exit;
    expect(await waiting).toEqual({ committed: true });
    await Promise.all([store.close(), impatient.close()]);
  });
});

describe('a SQLite file', () => {
  test('that is full loses nothing, says so, and is used again as soon as there is room', async () => {
    const connections: DatabaseSync[] = [];
    const { exec } = DatabaseSync.prototype;
    vi.spyOn(DatabaseSync.prototype, 'exec').mockImplementation(function (this: DatabaseSync, sql) {
      if (!connections.includes(this)) connections.push(this);
      exec.call(this, sql);
    });
    const store = sqliteStore({ path: newFile() });
    const limitTo = (pages: string) =>
      connections.map((connection) => connection.prepare(`PRAGMA max_page_count = ${pages}`).get());
    limitTo('1');
    const committed: string[] = [];
    const fill = async () => {
      for (let n = 0; n < 10_000; n += 1) {
        await store.batch(recording(`pay_${n}`));
        committed.push(`pay_${n}`);
      }
    };
    await expect(fill()).rejects.toMatchObject({
      reason: 'full',
      message: expect.stringMatching(/\.db cannot grow: the disk is full\.$/),
    });
    expect(committed.length).toBeGreaterThan(0);
    expect((await store.list({ scope, limit: 10_000 })).map(({ id }) => id).sort()).toEqual(committed.sort());
    limitTo('1000000');
    expect(await store.batch(recording('pay_last'))).toEqual({ committed: true });
    await store.close();
  });

  test('that may only be read is refused in words, and opened once it may be written', async () => {
    const path = newFile();
    await sqliteStore({ path }).close();
    chmodSync(path, 0o444);
    chmodSync(folder, 0o755);
    asOrdinaryUser(() => {
      const error = errorOf(() => sqliteStore({ path }));
      expect(error.reason).toBe('read_only');
      expect(error.message).toMatch(/\.db is read-only: give this process the right to write it/);
    });
    chmodSync(path, 0o644);
    const store = sqliteStore({ path });
    await store.ready();
    await store.close();
  });

  test('whose pages are damaged is called corrupt', async () => {
    const path = newFile();
    const store = sqliteStore({ path });
    for (let n = 0; n < 200; n += 1) await store.batch(recording(`pay_${n}`));
    await store.close();
    const size = readFileSync(path).length;
    const file = openSync(path, 'r+');
    writeSync(file, Buffer.alloc(size - 4096, 0xa5), 0, size - 4096, 4096);
    const read = async () => {
      const damaged = sqliteStore({ path });
      await damaged.ready();
    };
    await expect(read()).rejects.toMatchObject({
      name: 'StoreError',
      reason: 'corrupt',
      message: expect.stringContaining('is corrupt: stop, keep a copy, and restore the last good backup'),
    });
  });

  test('that is empty becomes a store; one that is a folder is refused', async () => {
    const path = newFile();
    writeFileSync(path, '');
    const store = sqliteStore({ path });
    expect(await store.batch(recording('pay_1'))).toEqual({ committed: true });
    await store.close();
    expect(errorOf(() => sqliteStore({ path: folder }))).toMatchObject({ reason: 'unwritable_path' });
  });

  test('that becomes newer while this kit runs: it goes on, and no other of its age begins', async () => {
    const path = newFile();
    const clock = { now: () => world.clock.now() };
    const world = await createWorld({ store: sqliteStore({ path, clock }) });
    let calls = 0;
    world.setNetwork(async (request, next) => {
      calls += 1;
      if (calls === 3) migrateFurther(path);
      return next(request);
    });
    await world.pay('00');
    await world.reaches('succeeded');
    expect(calls).toBeGreaterThan(4);
    expect(world.paid()).toHaveLength(1);
    await world.store.close();
    expect(errorOf(() => sqliteStore({ path }))).toMatchObject({ reason: 'newer_schema' });
  });

  test('keeps leases by the clock of the database, whatever this process takes the time to be', async () => {
    const store = sqliteStore({ path: newFile() });
    await store.batch(recording('pay_1'));
    const lease = { scope, owner: 'a', ttl: 60_000, limit: 1 };
    expect(await store.lease(lease)).toHaveLength(1);
    vi.spyOn(Date, 'now').mockReturnValue(Date.now() + 24 * 3_600_000);
    expect(await store.lease(lease)).toEqual([]);
    await store.close();
  });
});

/** What a later version of the kit may do: add. */
function migrateFurther(path: string): void {
  const newer = new DatabaseSync(path);
  newer.exec("ALTER TABLE b131_payouts ADD COLUMN note TEXT NOT NULL DEFAULT ''");
  newer.exec('ALTER TABLE b131_attempts ADD COLUMN note TEXT');
  newer.exec('PRAGMA user_version = 99');
  newer.close();
}

/** Root may write everything, so root becomes somebody else for a moment. */
function asOrdinaryUser(work: () => void): void {
  if (isRoot) process.seteuid?.(65_534);
  try {
    work();
  } finally {
    if (isRoot) process.seteuid?.(0);
  }
}
