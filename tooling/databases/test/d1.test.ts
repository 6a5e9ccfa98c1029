import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { type D1Binding, d1Store, migrationFiles } from '@b131/bff/d1';
import { storeChecks } from '@b131/bff/testing';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { createWorld } from '../../../packages/bff/test/support/world.ts';
import { type D1, startD1 } from '../src/index.ts';
import { lastWriter, recording, transition } from './support/records.ts';

const checks = storeChecks.map(({ name }, index) => ({ name, database: `CHECK_${index}` }));
const spare = Array.from({ length: 10 }, (_, index) => `SPARE_${index}`);
let d1: D1;

beforeAll(async () => {
  d1 = await startD1({ databases: [...checks.map(({ database }) => database), ...spare] });
});
afterAll(() => d1?.stop());

function newDatabase(): Promise<D1Binding> {
  const name = spare.pop();
  if (name === undefined) throw new Error('declare more databases');
  return d1.binding(name);
}

describe('d1Store inside workerd', () => {
  test.each(checks)('$name', ({ name, database }) => d1.runCheck(name, database));
});

describe('the schema of D1', () => {
  test('is made once, however many come at the same moment', async () => {
    const db = await newDatabase();
    await Promise.all(Array.from({ length: 10 }, () => d1Store({ db }).ready()));
    const { results } = await db.prepare('SELECT version FROM b131_schema').all();
    expect(results).toEqual(migrationFiles.map((_, index) => ({ version: index + 1 })));
  });

  test('may be made by wrangler from files', async () => {
    const db = await newDatabase();
    expect(migrationFiles[0]?.name).toBe('0001_b131.sql');
    for (const { sql } of migrationFiles) {
      const statements = sql.split(';\n').filter((statement) => statement.trim() !== '');
      await db.batch(statements.map((statement) => db.prepare(statement)));
    }
    const store = d1Store({ db });
    expect(await store.batch(recording('pay_1'))).toEqual({ committed: true });
  });

  test('that is newer than this kit is refused in words', async () => {
    const db = await newDatabase();
    await d1Store({ db }).ready();
    await db.prepare('INSERT INTO b131_schema VALUES (99, 0)').all();
    await expect(d1Store({ db }).load('x')).rejects.toMatchObject({
      name: 'StoreError',
      reason: 'newer_schema',
      message: expect.stringMatching(/newer version of the kit \(schema 99, this one knows \d+\)/),
    });
  });
});

describe('a way to D1 that loses things', () => {
  /** A binding whose first batch meets that fate. */
  async function losing(fate: (send: () => Promise<unknown>) => Promise<unknown>) {
    const db = await newDatabase();
    const store = d1Store({ db });
    await store.batch(recording('pay_1'));
    let met = false;
    const binding: D1Binding = {
      prepare: (sql) => db.prepare(sql),
      async batch(statements) {
        if (met) return db.batch(statements);
        met = true;
        return fate(() => db.batch(statements));
      },
    };
    return { store, lossy: d1Store({ db: binding }) };
  }
  const lost = new Error('D1_ERROR: Network connection lost.');

  test.each([
    ['the batch', async () => Promise.reject(lost)],
    ['its answer', (send: () => Promise<unknown>) => send().then(() => Promise.reject(lost))],
  ])('%s: told as committed, and committed once', async (_what, fate) => {
    const { store, lossy } = await losing(fate);
    expect(await lossy.batch(transition('pay_1', 1, 'we'))).toEqual({ committed: true });
    expect(await store.journal('pay_1', 0, 9)).toHaveLength(1);
  });

  test('the batch, and somebody else is faster: told as taken', async () => {
    const { store, lossy } = await losing(async () => {
      await store.batch(transition('pay_1', 1, 'they'));
      throw lost;
    });
    const result = await lossy.batch(transition('pay_1', 1, 'we'));
    expect(result).toEqual({ committed: false, because: 'taken' });
    expect(lastWriter(await store.load('pay_1'))).toBe('they');
  });

  test('the answer to a batch that no journal entry proves: told as unknown', async () => {
    const { lossy } = await losing((send) => send().then(() => Promise.reject(lost)));
    await expect(lossy.batch([{ do: 'wake', payoutId: 'pay_1', at: 1 }])).rejects.toMatchObject({
      reason: 'unavailable',
      message: expect.stringContaining('Whether the last batch was committed is not known'),
    });
  });

  test('time, because D1 is overloaded: tried again', async () => {
    const { lossy } = await losing(async () => {
      throw new Error('D1_ERROR: D1 DB is overloaded. Too many requests queued.');
    });
    expect(await lossy.batch([{ do: 'wake', payoutId: 'pay_1', at: 1 }])).toEqual({ committed: true });
  });
});

describe('a request that has used up its queries', () => {
  test('is told so at once: asking again would not help it', async () => {
    const db = await newDatabase();
    let asked = 0;
    const refusing: D1Binding = {
      prepare: (sql) => db.prepare(sql),
      async batch() {
        asked += 1;
        throw new Error('Too many API requests by single worker invocation.');
      },
    };
    await d1Store({ db }).ready();
    const store = d1Store({ db: refusing });
    await expect(store.batch(recording('pay_1'))).rejects.toMatchObject({
      reason: 'busy',
      message: 'd1Store: the database may be asked no more by this request.',
    });
    expect(asked).toBe(1);
  });
});

describe('a payout on D1', () => {
  test('is carried to its end and paid once, and is still there after a restart', async () => {
    const folder = await mkdtemp(join(tmpdir(), 'b131-d1-'));
    const before = await startD1({ databases: ['DB'], folder });
    const clock = { now: () => world.clock.now() };
    const world = await createWorld({ store: d1Store({ db: await before.binding('DB'), clock }) });
    await world.pay('00');
    await world.reaches('succeeded');
    expect(world.paid()).toHaveLength(1);
    const record = await world.payout();
    await before.stop();
    const after = await startD1({ databases: ['DB'], folder });
    expect(await d1Store({ db: await after.binding('DB') }).load(record.payout.id)).toEqual(record);
    await after.stop();
    await rm(folder, { recursive: true, force: true });
  });
});
