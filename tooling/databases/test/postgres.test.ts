import { inspect } from 'node:util';
import type { Statement } from '@b131/bff';
import { migrationFiles } from '@b131/bff/d1';
import { postgresStore } from '@b131/bff/postgres';
import { type OpenStore, storeChecks } from '@b131/bff/testing';
import postgres from 'postgres';
import { afterAll, beforeAll, describe, expect, test, vi } from 'vitest';
import { createWorld } from '../../../packages/bff/test/support/world.ts';
import { type Postgres, startPostgres } from '../src/index.ts';
import { recording, scope } from './support/records.ts';

let server: Postgres;
let admin: postgres.Sql;

beforeAll(async () => {
  server = await startPostgres();
  admin = postgres(server.url, { max: 1, onnotice: () => {} });
});
afterAll(async () => {
  await admin?.end();
  await server?.remove();
});

let count = 0;

/** The address of a schema of that name, empty if it is new. */
async function urlOf(schema: string): Promise<string> {
  await admin.unsafe(`CREATE SCHEMA IF NOT EXISTS ${schema}`);
  return `${server.url}?search_path=${schema}`;
}

function newSchema(): Promise<string> {
  count += 1;
  return urlOf(`test_${count}`);
}

const open: OpenStore = async ({ data, ...options }) => postgresStore({ url: await urlOf(data), ...options });

describe('postgresStore', () => {
  test.each(storeChecks)('$name', ({ run }) => run(open));
});

describe("transactions that get into each other's way", () => {
  const races = storeChecks.filter(({ name }) => /fifty writers|whoever comes/.test(name));

  test.each(races)('in a database that is serializable by default: $name', ({ run }) =>
    run(async ({ data, ...options }) => {
      const url = `${await urlOf(data)}&default_transaction_isolation=serializable`;
      return postgresStore({ url, patience: 30_000, ...options });
    }),
  );

  test('deadlock: are tried again until all are through', async () => {
    const store = postgresStore({ url: `${await newSchema()}&deadlock_timeout=10`, patience: 30_000 });
    const reserve = (key: string): Statement => {
      return { do: 'reserve', scope, day: '2026-11-23', key, amount: 1, ceiling: 40 };
    };
    const [there, back] = [
      [reserve('a'), reserve('b')],
      [reserve('b'), reserve('a')],
    ];
    const batches = Array.from({ length: 40 }, (_, n) => store.batch(n % 2 === 0 ? there : back));
    for (const result of await Promise.all(batches)) expect(result).toEqual({ committed: true });
    expect(await store.batch([reserve('a')])).toEqual({ committed: false, because: 'limit' });
    await store.close();
  });
});

describe('the schema of Postgres', () => {
  test('is made once, however many come at the same moment', async () => {
    const url = await newSchema();
    const stores = Array.from({ length: 10 }, () => postgresStore({ url, max: 2 }));
    await Promise.all(stores.map((store) => store.ready()));
    await Promise.all(stores.map((store) => store.close()));
    const versions = await admin.unsafe(`SELECT version FROM test_${count}.b131_schema`);
    const once = migrationFiles.map((_, version) => version + 1);
    expect(versions.map(({ version }) => Number(version)).sort()).toEqual(once);
  });

  test('that becomes newer while this kit runs: it goes on, and no other of its age begins', async () => {
    const url = await newSchema();
    const clock = { now: () => world.clock.now() };
    const world = await createWorld({ store: postgresStore({ url, clock }) });
    let calls = 0;
    world.setNetwork(async (request, next) => {
      calls += 1;
      if (calls === 3) await migrateFurther(`test_${count}`);
      return next(request);
    });
    await world.pay('00');
    await world.reaches('succeeded');
    expect(calls).toBeGreaterThan(4);
    expect(world.paid()).toHaveLength(1);
    await world.store.close();
    const late = postgresStore({ url });
    await expect(late.ready()).rejects.toMatchObject({
      name: 'StoreError',
      reason: 'newer_schema',
      message: expect.stringMatching(/newer version of the kit \(schema 99, this one knows \d+\)/),
    });
    await late.close();
  });

  /** What a later version of the kit may do: add. */
  async function migrateFurther(schema: string): Promise<void> {
    await admin.begin(async (sql) => {
      await sql.unsafe(`SET LOCAL search_path = ${schema}`);
      await sql.unsafe("ALTER TABLE b131_payouts ADD COLUMN note TEXT NOT NULL DEFAULT ''");
      await sql.unsafe('ALTER TABLE b131_attempts ADD COLUMN note TEXT');
      await sql.unsafe('INSERT INTO b131_schema VALUES (99, 0)');
    });
  }
});

describe('what can be wrong with Postgres', () => {
  test.each([
    ['the password', { password: 's3cret' }, /refuses the password/],
    ['the database', { pathname: '/shop' }, /\/shop does not exist/],
    ['the schema', { search: '?search_path=none' }, /has no schema/],
    ['the port', { port: '1' }, /:1\/postgres refuses connections/],
  ])('%s: told in words, without a password', async (_what, change, message) => {
    const { href } = Object.assign(new URL(server.url), change);
    const store = postgresStore({ url: href, patience: 50 });
    const error: unknown = await store.ready().catch((thrown: unknown) => thrown);
    expect(error).toMatchObject({
      name: 'StoreError',
      reason: 'unavailable',
      message: expect.stringMatching(message),
    });
    expect(inspect(error, { depth: 9 })).not.toMatch(/s3cret|p@ss|p%40ss/);
    await store.close();
  });

  test('it takes no writes: told so, and used again when it does', async () => {
    const url = await newSchema();
    await admin.unsafe("CREATE ROLE reader LOGIN SUPERUSER PASSWORD 'reader'");
    const address = new URL(url);
    [address.username, address.password] = ['reader', 'reader'];
    const store = postgresStore({ url: address.href, patience: 50 });
    await store.ready();
    await admin.unsafe('ALTER ROLE reader SET default_transaction_read_only = on');
    await admin.unsafe("SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE usename = 'reader'");
    await expect(store.ready()).rejects.toMatchObject({
      reason: 'read_only',
      message: expect.stringContaining('give the address of the primary'),
    });
    expect(await store.load('x')).toBeNull();
    await admin.unsafe('ALTER ROLE reader RESET default_transaction_read_only');
    await store.ready();
    await store.close();
  });

  test('the address: refused at once, without a word of it', () => {
    const open = () => postgresStore({ url: 'postgres//user:s3cret@host' });
    expect(open).toThrow(/^url: is no address of a Postgres/);
    expect(open).not.toThrow(/s3cret/);
  });
});

test('leases go by the clock of Postgres, whatever this process takes the time to be', async () => {
  const store = postgresStore({ url: await newSchema() });
  await store.batch(recording('pay_1'));
  const lease = { scope, owner: 'a', ttl: 60_000, limit: 1 };
  expect(await store.lease(lease)).toHaveLength(1);
  vi.spyOn(Date, 'now').mockReturnValue(Date.now() + 24 * 3_600_000);
  expect(await store.lease(lease)).toEqual([]);
  vi.restoreAllMocks();
  await store.close();
});

describe('a payout on Postgres', () => {
  test('is carried to its end by one of two replicas, and paid once', async () => {
    const url = await newSchema();
    const clock = { now: () => world.clock.now() };
    const store = postgresStore({ url, clock });
    const other = postgresStore({ url, clock });
    const world = await createWorld({ store });
    await world.pay('00');
    await world.reaches('succeeded');
    const { payout } = await world.payout();
    expect((await other.load(payout.id))?.payout.status).toBe('succeeded');
    expect(world.paid()).toHaveLength(1);
    await Promise.all([store.close(), other.close()]);
  });
});
