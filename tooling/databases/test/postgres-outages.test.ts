import { setTimeout as sleep } from 'node:timers/promises';
import { type BatchResult, type Store, StoreError } from '@b131/bff';
import { postgresStore } from '@b131/bff/postgres';
import { afterAll, afterEach, beforeAll, describe, expect, test } from 'vitest';
import { createWorld } from '../../../packages/bff/test/support/world.ts';
import { type Postgres, startPostgres, startWire, type Wire } from '../src/index.ts';
import { lastWriter, recording, scope, transition } from './support/records.ts';

let server: Postgres;
let wire: Wire;
const opened: Store[] = [];

beforeAll(async () => {
  server = await startPostgres();
  wire = await startWire(server.url);
  await open().ready();
});
afterEach(async () => {
  await Promise.all(opened.splice(0).map((store) => store.close()));
});
afterAll(async () => {
  await wire?.close();
  await server?.remove();
});

function open(options: Partial<Parameters<typeof postgresStore>[0]> = {}): Store {
  const store = postgresStore({ url: server.url, ...options });
  opened.push(store);
  return store;
}

let count = 0;
async function newPayout(store: Store): Promise<string> {
  count += 1;
  const id = `pay_${count}`;
  await store.batch(recording(id));
  return id;
}

describe('a COMMIT whose answer is lost', () => {
  test.each(['lost', 'unanswered'] as const)('(%s) is told as committed, and is so once', async (fate) => {
    const direct = open();
    const id = await newPayout(direct);
    const happened = wire.nextCommit(fate);
    expect(await open({ url: wire.url }).batch(transition(id, 1, 'we'))).toEqual({ committed: true });
    await happened;
    expect(lastWriter(await direct.load(id))).toBe('we');
    expect(await direct.journal(id, 0, 10)).toHaveLength(1);
  });

  test('that still reaches Postgres, after we have begun again, is told as committed', async () => {
    const direct = open();
    const id = await newPayout(direct);
    const happened = wire.nextCommit('late');
    const result = open({ url: wire.url }).batch(transition(id, 1, 'we'));
    await happened;
    // The second writing waits for the first: its entry is there, not yet committed.
    await waitsForLock();
    wire.deliver();
    expect(await result).toEqual({ committed: true });
    expect(await direct.journal(id, 0, 10)).toHaveLength(1);
  });

  test('behind which somebody else was faster is told as taken', async () => {
    const direct = open();
    const id = await newPayout(direct);
    const late = wire.nextCommit('late');
    const ours = open({ url: wire.url, timeout: 600, patience: 20_000 }).batch(transition(id, 1, 'we'));
    await late;
    // Postgres ends the transaction that nobody finishes, and whoever waits longest comes next.
    const results = await Promise.all([ours, direct.batch(transition(id, 1, 'they'))]);
    expect(results.filter(({ committed }) => committed)).toHaveLength(1);
    expect(lastWriter(await direct.load(id))).toBe(results[0]?.committed ? 'we' : 'they');
    wire.deliver();
  });

  test('in a network that goes silent is given up in time, and told as committed', async () => {
    const direct = open();
    const id = await newPayout(direct);
    const happened = wire.nextCommit('silent');
    const result = open({ url: wire.url, timeout: 600, patience: 20_000 }).batch(transition(id, 1, 'we'));
    await happened;
    expect(await result).toEqual({ committed: true });
    expect(lastWriter(await direct.load(id))).toBe('we');
    wire.deliver();
  });

  test('and that no journal entry proves is told as unknown', async () => {
    const direct = open();
    const id = await newPayout(direct);
    const happened = wire.nextCommit('unanswered');
    const wake = open({ url: wire.url }).batch([{ do: 'wake', payoutId: id, at: 1 }]);
    await expect(wake).rejects.toMatchObject({
      name: 'StoreError',
      reason: 'unavailable',
      message: expect.stringContaining('Whether the last batch was committed is not known'),
    });
    await happened;
    expect((await direct.load(id))?.payout.wakes).toBe(1);
  });

  /** Until somebody in this database waits for somebody else's transaction. */
  async function waitsForLock(): Promise<void> {
    const { default: postgres } = await import('postgres');
    const sql = postgres(server.url, { max: 1 });
    for (;;) {
      const waiting = await sql`SELECT 1 FROM pg_stat_activity WHERE wait_event_type = 'Lock'`;
      if (waiting.length > 0) break;
      await sleep(10);
    }
    await sql.end();
  }
});

describe('a Postgres that goes away', () => {
  test('is not there at first: told in words without a password, and used as soon as it comes', async () => {
    await server.stop();
    const store = open({ patience: 50 });
    const error = await store.load('x').catch((thrown: unknown) => thrown);
    expect(error).toBeInstanceOf(StoreError);
    expect(error).toMatchObject({
      reason: 'unavailable',
      message: expect.stringMatching(/^postgresStore: 127\.0\.0\.1:\d+\/postgres refuses connections/),
    });
    expect(JSON.stringify(error) + String(error)).not.toMatch(/p@ss|p%40ss/);
    await expect(store.batch(transition('x', 1, 'we'))).rejects.toMatchObject({ reason: 'unavailable' });
    const patient = open({ patience: 30_000 });
    const asked = patient.load('x');
    await server.start();
    expect(await asked).toBeNull();
    expect(await store.load('x')).toBeNull();
  });

  test('comes back again and again under fifty writers: every answer is the truth', async () => {
    const stores = [open({ patience: 20_000 }), open({ patience: 20_000 })];
    const [store] = stores;
    if (!store) throw new Error('no store');
    const ids = await Promise.all(Array.from({ length: 10 }, () => newPayout(store)));
    let stopped = false;
    const claims: { id: string; version: number; writer: string; result: BatchResult | 'unknown' }[] = [];

    /** Five writers compete for the versions of a payout, as replicas do. */
    async function write(id: string, writer: string, own: Store): Promise<void> {
      for (let version = 1; !stopped; ) {
        const result = await own.batch(transition(id, version, writer)).catch(() => 'unknown' as const);
        claims.push({ id, version, writer, result });
        version = ((await own.load(id))?.payout.version ?? 0) + 1;
      }
    }

    const writers = ids.flatMap((id) =>
      Array.from({ length: 5 }, (_, n) => write(id, `${id} writer ${n}`, stores[n % 2] ?? store)),
    );
    for (const way of ['stop', 'kill', 'kill', 'stop', 'kill'] as const) {
      const before = claims.length;
      while (claims.length < before + 100) await sleep(5);
      await server[way]();
      await server.start();
    }
    stopped = true;
    await Promise.all(writers);

    for (const id of ids) {
      const journal = await store.journal(id, 0, 100_000);
      const committed = claims.filter(
        (claim) => claim.id === id && claim.result !== 'unknown' && claim.result.committed,
      );
      expect(journal.map(({ version }) => version)).toEqual(journal.map((_, index) => index + 1));
      // Nobody's commit is missing, and nobody but one was told that a version is theirs.
      expect(committed.map(({ version }) => version).sort((a, b) => a - b)).toEqual(
        journal.map(({ version }) => version),
      );
      const last = committed.find(({ version }) => version === journal.length);
      expect(lastWriter(await store.load(id))).toBe(last?.writer);
    }
    expect(claims.filter(({ result }) => result === 'unknown')).toEqual([]);
  });

  test('restarts at every call to the bank: the payout is paid once', async () => {
    const clock = { now: () => world.clock.now() };
    const world = await createWorld({ store: open({ clock, patience: 30_000 }) });
    let restarts = 0;
    // The bank is asked about the token and for the session side by side, and one Postgres restarts once at a time.
    let restarted = Promise.resolve();
    async function restart() {
      await (restarts % 2 === 0 ? server.kill() : server.stop());
      await server.start();
      restarts += 1;
    }
    world.setNetwork(async (request, next) => {
      const before = next(request);
      restarted = restarted.then(restart);
      await restarted;
      return before;
    });
    await world.pay('00');
    await world.reaches('succeeded');
    expect(restarts).toBeGreaterThan(3);
    expect(world.paid()).toHaveLength(1);
    expect((await world.payout()).attempts).toHaveLength(1);
  });

  test('tells other processes of changes, also after it was away', async () => {
    const [writer, reader] = [open({ patience: 30_000 }), open({ patience: 30_000 })];
    const id = await newPayout(writer);
    const heard: string[] = [];
    reader.watch?.((payoutId) => heard.push(payoutId));
    let version = 0;
    const isHeard = async () => {
      for (heard.length = 0; !heard.includes(id); ) {
        version += 1;
        await writer.batch(transition(id, version, 'we'));
        await sleep(20);
      }
    };
    await isHeard();
    await server.kill();
    await server.start();
    await isHeard();
  });

  test('is away when the store is closed: closing ends all the same', async () => {
    const store = open();
    store.watch?.(() => {});
    await store.ready();
    await server.kill();
    await store.close();
    await expect(store.nextDue(scope)).rejects.toMatchObject({ reason: 'unavailable' });
    await server.start();
  });
});
