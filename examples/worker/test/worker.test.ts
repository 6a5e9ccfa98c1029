import { mkdtemp, readdir, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { migrationFiles } from '@b131/bff/d1';
import { createRecipient } from '@b131/runtimes/recipient';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { type Local, origin, project, startLocal } from '../scripts/local.ts';
import { payOnce } from '../scripts/pay-once.ts';
import { streamLifetime } from '../src/bff.ts';
import { setting } from '../src/env.ts';
import type { Invocation } from './invocation.ts';

/** What D1 allows one invocation on Workers Paid. */
const mostQueries = 1000;
const patience = 120_000;

let folder: string;
/** As it is deployed. */
let plain: Local;
/** The same with its queries counted. */
let counted: Local;

beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'b131-worker-'));
  const ports = { port: 0, sandboxPort: 0 };
  [plain, counted] = await Promise.all([
    startLocal({ folder: join(folder, 'plain'), ...ports }),
    startLocal({ folder: join(folder, 'counted'), ...ports, config: 'test/wrangler.jsonc' }),
  ]);
}, 240_000);

afterAll(async () => {
  await Promise.all([plain?.stop(), counted?.stop()]);
  await rm(folder, { recursive: true, force: true });
}, 60_000);

async function until(what: string, condition: () => Promise<boolean>): Promise<void> {
  const giveUpAt = Date.now() + patience - 10_000;
  while (!(await condition())) {
    if (Date.now() > giveUpAt) throw new Error(`it did not come to this: ${what}`);
    await sleep(200);
  }
}

describe('the Worker as it is deployed', () => {
  test('pays once, carried by requests, webhooks and the cron', { timeout: patience }, async () => {
    const { url, cron } = plain;
    expect((await fetch(`${url}/ready`)).status).toBe(200);
    const { payout, paid } = await payOnce(plain);
    expect({ status: payout.status, paid }).toEqual({ status: 'succeeded', paid: 1 });
    await cron();
  });

  test('has the migrations of this version of the kit', async () => {
    const folder = new URL('../migrations/', import.meta.url);
    expect(await readdir(folder)).toEqual(migrationFiles.map(({ name }) => name));
    for (const { name, sql } of migrationFiles)
      expect(await readFile(new URL(name, folder), 'utf8')).toBe(sql);
  });

  test('says which setting is not set', () => {
    const env = { DB: { prepare: fail, batch: fail }, ...{ BANK_ENVIRONMENT: 'demo', BANK_PROJECT: 'p' } };
    const others = { SHOP_ORIGIN: 'o', BANK_PRIVATE_KEY: 'k', BANK_PUBLIC_KEY: 'k', TICKET_SECRET: 't' };
    expect(() => setting({ ...env, ...others, BFF_SECRET: '' }, 'BFF_SECRET')).toThrow(
      'BFF_SECRET is not set: give it in "vars" of wrangler.jsonc, or with wrangler secret put BFF_SECRET',
    );
  });
});

function fail(): never {
  throw new Error('not asked here');
}

describe('within the limits of a Worker', () => {
  const config = () => ({ origin, project, ticketKey: counted.secrets.TICKET_SECRET });
  const recipient = () => createRecipient({ host: counted, config: config(), bank: counted.bank }, '');

  async function invocations(what?: string): Promise<Invocation[]> {
    const all: Invocation[] = await (await fetch(`${counted.url}/invocations`)).json();
    return all.filter((one) => what === undefined || one.what === what);
  }

  test('a payout: at most 25 queries and three calls to the bank in one request', {
    timeout: patience,
  }, async () => {
    expect((await payOnce(counted)).paid).toBe(1);
    await until('all work is done', async () => (await invocations()).every(({ over }) => over));
    const requests = (await invocations()).filter(({ what }) => !what.endsWith('/events'));
    expect(requests.map(({ what }) => what)).toEqual(
      expect.arrayContaining(['POST /public-tokens', 'POST /payouts', 'POST /webhooks/bank131']),
    );
    for (const { what, queries, calls } of requests)
      expect(queries <= 25 && calls <= 3, `${what}: ${queries} queries, ${calls} calls`).toBe(true);
    expect(Math.max(...requests.map(({ queries }) => queries))).toBeGreaterThan(10);
  });

  test('a stream: two queries a second, so that its whole life fits', { timeout: patience }, async () => {
    const reader = recipient();
    // It hangs at the bank, so that the stream does not end by itself.
    const { payout, viewToken } = await reader.pay('94');
    const before = (await invocations('GET /payouts/:id/events')).length;
    const leave = new AbortController();
    const stream = await reader.events(payout, viewToken, undefined, leave.signal);
    const drained = stream.text().catch(() => 'left');
    const queriesOf = async () => (await invocations('GET /payouts/:id/events'))[before]?.queries ?? 0;
    // What it sets going at its beginning falls into one of the windows: the quietest tells what it asks by itself.
    const rates: number[] = [];
    for (let window = 0; window < 3; window += 1) {
      const [queries, from] = [await queriesOf(), performance.now()];
      await until('it has asked a few times more', async () => (await queriesOf()) >= queries + 4);
      rates.push(((await queriesOf()) - queries) / ((performance.now() - from) / 1000));
    }
    const perSecond = Math.min(...rates);
    leave.abort();
    await drained;
    expect(perSecond).toBeLessThanOrEqual(3);
    expect((3 * streamLifetime) / 1000).toBeLessThan(mostQueries - 50);
  });

  test('a merchant batch of 50, and crons that carry all of it to the end', {
    timeout: patience,
  }, async () => {
    const { url, bank, secrets, cron } = counted;
    bank.sandbox.settings.webhooks = false;
    const before = bank.sandbox.ledger().length;
    const tokens = await Promise.all(Array.from({ length: 50 }, () => recipient().tokenFor('00')));
    const payouts = tokens.map((token, index) => ({
      ...{ ref: `kept-${index}`, subject: 'courier-7', amount: 150_000, currency: 'RUB', token },
      ...{ fullName: 'Ivanov Ivan Ivanovich', description: 'Courier services, VAT exempt' },
    }));
    const response = await fetch(`${url}/merchant/payouts`, {
      method: 'POST',
      headers: { authorization: `Bearer ${secrets.SERVER_KEY}`, 'content-type': 'application/json' },
      body: JSON.stringify({ payouts }),
    });
    const { results }: { results: { ok: boolean }[] } = await response.json();
    expect(results.filter(({ ok }) => ok)).toHaveLength(50);
    const paid = () =>
      bank.sandbox
        .ledger()
        .slice(before)
        .filter(({ kind }) => kind === 'paid');
    await until('all are paid', async () => {
      await cron();
      return paid().length >= 50;
    });
    expect(paid()).toHaveLength(50);
    await until('all work is done', async () =>
      (await invocations()).every(({ over, what }) => over || what.endsWith('/events')),
    );
    const taken = [...(await invocations('POST /merchant/payouts')), ...(await invocations('cron'))];
    for (const { what, queries } of taken) expect(queries, what).toBeLessThan(mostQueries);
    expect(Math.max(...taken.map(({ queries }) => queries))).toBeGreaterThan(200);
  });
});
