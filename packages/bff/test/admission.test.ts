import fc from 'fast-check';
import { Hono } from 'hono';
import { describe, expect, test } from 'vitest';
import { counted } from '../src/http/admission/address.js';
import { createCounters } from '../src/http/admission/counters.js';
import { createGate, GateFullError } from '../src/http/admission/gate.js';
import {
  type AddressOf,
  addressInHeader,
  ConfigurationError,
  forwardedAddress,
  memoryStore,
} from '../src/index.js';
import { createWorld, type World } from './support/world.js';

const statusOf = async (world: World, path = '/payouts/current', method = 'GET') =>
  (await world.call(method, path, await world.ticket(), method === 'POST' ? {} : undefined)).status;

describe('one recipient', () => {
  test('is asked to wait once they send more than so many a minute, and is let in again after it', async () => {
    const world = await createWorld({ bff: { load: { perSubject: 12 } } });
    const statuses: number[] = [];
    for (let n = 0; n < 14; n += 1) statuses.push(await statusOf(world));
    expect(statuses).toEqual([...Array(12).fill(404), 429, 429]);
    const response = await world.bff().fetch(
      new Request('http://bff.test/payouts/current', {
        headers: { authorization: `Bearer ${await world.ticket()}` },
      }),
    );
    expect(await response.json()).toMatchObject({ code: 'rate_limited' });
    const after = Number(response.headers.get('retry-after'));
    expect(after).toBeGreaterThan(0);
    expect(after).toBeLessThanOrEqual(60);
    const other = await world.call(
      'GET',
      '/payouts/current',
      await world.ticket({ sub: 'courier-8', ref: 'b' }),
    );
    expect(other.status).toBe(404);
    await world.clock.advance(after * 1000, async () => {});
    expect(await statusOf(world)).toBe(404);
  });

  test('is counted over all replicas of one store, but for ten a minute each', async () => {
    const store = memoryStore();
    const load = { perSubject: 20 };
    const world = await createWorld({ store, bff: { load } });
    const admitted = async () => {
      let count = 0;
      while ((await statusOf(world)) === 404) count += 1;
      return count;
    };
    expect(await admitted()).toBe(20);
    world.startBff();
    expect(await admitted()).toBe(10);
    expect(JSON.stringify(world.events)).not.toContain('courier-7');
  });

  test('may read and follow a payout as often as they like', async () => {
    const world = await createWorld({ bff: { load: { perSubject: 20 } } });
    const { body } = await world.pay('00');
    for (let n = 0; n < 40; n += 1)
      expect((await world.call('GET', `/payouts/${body.payout.id}`, body.viewToken)).status).toBe(200);
  });
});

describe('one address', () => {
  const load = { perAddress: 3, address: addressInHeader('cf-connecting-ip') };

  test('is asked to wait, with or without a ticket; others are not', async () => {
    const world = await createWorld({ bff: { load } });
    const from = async (address: string) =>
      (
        await world
          .bff()
          .fetch(new Request('http://bff.test/payouts/pay_1', { headers: { 'cf-connecting-ip': address } }))
      ).status;
    const statuses = [];
    for (let n = 0; n < 5; n += 1) statuses.push(await from('192.0.2.1'));
    expect(statuses).toEqual([401, 401, 401, 429, 429]);
    expect(await from('192.0.2.2')).toBe(401);
    // One customer has a whole network of IPv6 addresses.
    const network = [];
    for (const end of ['1', '2', 'ffff:1', 'a:b:c:d'])
      network.push(await from(`2001:db8:1:2::${end}`.slice(0, 39)));
    expect(network.at(-1)).toBe(429);
    const webhook = await world.bff().fetch(
      new Request('http://bff.test/webhooks/bank131', {
        method: 'POST',
        headers: { 'cf-connecting-ip': '192.0.2.1' },
      }),
    );
    expect(webhook.status).toBe(403);
  });

  const told = async (address: AddressOf, headers: Record<string, string>) => {
    const app = new Hono().get('/', (c) => c.json(address(c)));
    return (await app.request('/', { headers })).json();
  };

  test('behind proxies is the one that the outermost of ours saw, whatever the caller claims', async () => {
    const forwarded = { 'x-forwarded-for': '10.9.9.9, 192.0.2.7, 10.0.0.1' };
    expect(await told(forwardedAddress(1), forwarded)).toBe('10.0.0.1');
    expect(await told(forwardedAddress(2), forwarded)).toBe('192.0.2.7');
    expect(await told(forwardedAddress(4), forwarded)).toBeNull();
    expect(await told(forwardedAddress(), {})).toBeNull();
    expect(() => forwardedAddress(0)).toThrow(RangeError);
  });

  test.each([
    ['::ffff:192.0.2.1', '192.0.2.1'],
    ['2001:0db8:0001:0002:ffff::1', '2001:db8:1:2'],
    ['2001:db8::1', '2001:db8:0:0'],
    ['::1', '0:0:0:0'],
    ['fe80::1%eth0', 'fe80:0:0:0'],
    ['unknown', 'unknown'],
  ])('%s is counted as %s', (address, key) => {
    expect(counted(address)).toBe(key);
  });

  test('nothing that claims to be an address takes much memory', () => {
    fc.assert(
      fc.property(
        fc.string({ maxLength: 5000, unit: fc.constantFrom(':', 'f', '.', '%', 'ж', '0') }),
        (text) => {
          expect(counted(text).length).toBeLessThanOrEqual(64);
        },
      ),
    );
  });
});

test('counters hold so many keys and no more, and let everybody in whom they cannot count', () => {
  let now = 0;
  const counters = createCounters(1000, 3, { now: () => now });
  const hits = ['a', 'b', 'c', 'd', 'a', 'd'].map((key) => counters.hit(key));
  expect(hits).toEqual([1, 1, 1, 0, 2, 0]);
  now = 999;
  expect(counters.remaining()).toBe(1);
  now = 1000;
  expect(counters.hit('d')).toBe(1);
});

describe('the gate', () => {
  const limits = { atOnce: 2, waiting: 2, patience: 60_000 };

  test('lets so much through at once, in the order it came, and refuses what is too much', async () => {
    const gate = createGate(limits);
    const order: number[] = [];
    const ends = [0, 1, 2, 3, 4].map(() => Promise.withResolvers<void>());
    const runs = ends.map(({ promise }, index) =>
      gate.run(async () => {
        order.push(index);
        await promise;
        return index;
      }),
    );
    await expect(runs[4]).rejects.toThrow(GateFullError);
    expect(gate.load()).toEqual({ running: 2, waiting: 2 });
    for (const { resolve } of ends) resolve();
    expect(await Promise.all(runs.slice(0, 4))).toEqual([0, 1, 2, 3]);
    expect(order).toEqual([0, 1, 2, 3]);
    expect(gate.load()).toEqual({ running: 0, waiting: 0 });
  });

  test('gives its place on when the work fails, and lets nobody wait for ever', async () => {
    const gate = createGate({ ...limits, atOnce: 1, patience: 30 });
    const { promise, resolve } = Promise.withResolvers<void>();
    const first = gate.run(() => promise);
    await expect(gate.run(async () => 'late')).rejects.toThrow(GateFullError);
    resolve();
    await first;
    await expect(gate.run(() => Promise.reject(new Error('the bank')))).rejects.toThrow('the bank');
    expect(await gate.run(async () => 'next')).toBe('next');
    expect(gate.load()).toEqual({ running: 0, waiting: 0 });
  });

  test('takes a place back from a request that an edge runtime has ended, and gives it to who waits', async () => {
    const clock = { time: 0, now: () => clock.time };
    const gate = createGate({ atOnce: 1, waiting: 2, patience: 60_000 }, clock);
    void gate.run(() => new Promise(() => {}));
    const waiting = gate.run(async () => 'waited');
    expect(gate.load()).toEqual({ running: 1, waiting: 1 });
    clock.time = 60_000;
    expect(await gate.run(async () => 'came later')).toBe('came later');
    expect(await waiting).toBe('waited');
    expect(gate.load()).toEqual({ running: 0, waiting: 0 });
  });

  test('never runs more at once, and runs everything it took, whatever comes', async () => {
    await fc.assert(
      fc.asyncProperty(
        fc.integer({ min: 1, max: 4 }),
        fc.integer({ min: 1, max: 5 }),
        fc.array(fc.record({ steps: fc.nat(4), fails: fc.boolean() }), { maxLength: 30 }),
        async (atOnce, waiting, works) => {
          const gate = createGate({ atOnce, waiting, patience: 60_000 });
          let running = 0;
          let most = 0;
          const outcomes = await Promise.allSettled(
            works.map(({ steps, fails }) =>
              gate.run(async () => {
                running += 1;
                most = Math.max(most, running);
                for (let step = 0; step < steps; step += 1) await null;
                running -= 1;
                if (fails) throw new RangeError('work');
              }),
            ),
          );
          const refused = outcomes.filter(
            (outcome) => outcome.status === 'rejected' && outcome.reason instanceof GateFullError,
          );
          expect(most).toBeLessThanOrEqual(atOnce);
          expect(refused.length).toBe(Math.max(0, works.length - atOnce - waiting));
          expect(gate.load()).toEqual({ running: 0, waiting: 0 });
        },
      ),
    );
  });
});

describe('a bank that hangs', () => {
  test('fills the public tokens; the rest is told to come back, and payouts, confirms and reads go on', async () => {
    const world = await createWorld({
      bff: { confirm: 'recipient', load: { publicTokens: { atOnce: 1, waiting: 1 } } },
    });
    const { body } = await world.pay('00');
    await world.reaches('awaiting_confirmation');
    const hang = Promise.withResolvers<void>();
    world.setNetwork(async (request, next) => {
      if (request.url.endsWith('/token')) await hang.promise;
      return next(request);
    });
    const ticket = await world.ticket();
    const waiting = [0, 1].map(() => world.call('POST', '/public-tokens', ticket, {}));
    await expect.poll(() => world.bff().load().publicTokens).toEqual({ running: 1, waiting: 1 });
    const refused = await world.call('POST', '/public-tokens', ticket, {});
    expect(refused).toMatchObject({ status: 503, body: { code: 'busy' } });
    expect((await world.call('GET', `/payouts/${body.payout.id}`, body.viewToken)).status).toBe(200);
    const confirmed = await world.call('POST', `/payouts/${body.payout.id}/confirm`, ticket, { attempt: 1 });
    expect(confirmed.status).toBe(202);
    await world.reaches('succeeded');
    hang.resolve();
    expect((await Promise.all(waiting)).map(({ status }) => status)).toEqual([201, 201]);
  });
});

describe('streams', () => {
  test('of one payout are so many at most; a reader who leaves makes room', async () => {
    const world = await createWorld({ bff: { load: { streamsPerPayout: 2 } } });
    const { body } = await world.pay('94');
    const open = async () =>
      world.bff().fetch(
        new Request(`http://bff.test/payouts/${body.payout.id}/events`, {
          headers: { authorization: `Bearer ${body.viewToken}` },
        }),
      );
    const reading = async () => {
      const response = await open();
      const reader = response.body?.getReader();
      await reader?.read();
      return { status: response.status, reader };
    };
    const [first, second, third] = [await reading(), await reading(), await reading()];
    expect([first.status, second.status, third.status]).toEqual([200, 200, 429]);
    expect(world.bff().load().streams).toBe(2);
    await first.reader?.cancel();
    expect(world.bff().load().streams).toBe(1);
    expect((await reading()).status).toBe(200);
  });

  test('that nobody reads take no place: the answer to HEAD, a reader who was gone before it began', async () => {
    const world = await createWorld({ bff: { load: { streamsPerPayout: 1 } } });
    const { body } = await world.pay('94');
    const ask = (method: string) =>
      world.bff().fetch(
        new Request(`http://bff.test/payouts/${body.payout.id}/events`, {
          method,
          headers: { authorization: `Bearer ${body.viewToken}` },
        }),
      );
    for (let n = 0; n < 3; n += 1) expect((await ask('HEAD')).status).toBe(200);
    const unread = await ask('GET');
    await unread.body?.cancel();
    expect(world.bff().load().streams).toBe(0);
    const read = (await ask('GET')).body?.getReader();
    expect((await read?.read())?.done).toBe(false);
    expect(world.bff().load().streams).toBe(1);
    expect((await ask('GET')).status).toBe(429);
    await read?.cancel();
    expect(world.bff().load().streams).toBe(0);
  });

  test('whose end nobody tells make room once their lifetime is over', async () => {
    const world = await createWorld({ bff: { load: { streams: 1 }, stream: { lifetime: 60_000 } } });
    const { body } = await world.pay('94');
    const open = async () => {
      const headers = { authorization: `Bearer ${body.viewToken}` };
      const path = `http://bff.test/payouts/${body.payout.id}/events`;
      const response = await world.bff().fetch(new Request(path, { headers }));
      await response.body?.getReader().read();
      return response.status;
    };
    expect(await open()).toBe(200);
    expect(await open()).toBe(503);
    await world.clock.advance(60_000);
    expect(await open()).toBe(200);
  });

  test('that come to their end make room', async () => {
    const world = await createWorld({ bff: { load: { streams: 1 } } });
    const { body } = await world.pay('00');
    await world.reaches('succeeded');
    const open = () =>
      world.bff().fetch(
        new Request(`http://bff.test/payouts/${body.payout.id}/events`, {
          headers: { authorization: `Bearer ${body.viewToken}` },
        }),
      );
    for (let n = 0; n < 3; n += 1) {
      const response = await open();
      expect(response.status).toBe(200);
      expect(await response.text()).toContain('"succeeded"');
    }
    expect(world.bff().load().streams).toBe(0);
  });
});

test.each([
  [{ perSubject: 0 }, 'load.perSubject'],
  [{ perAddress: Number.NaN }, 'load.perAddress'],
  [{ publicTokens: { atOnce: -1 } }, 'load.publicTokens.atOnce'],
  [{ payouts: { patience: 0.5 } }, 'load.payouts.patience'],
])('a limit that is none is refused at the start: %j', async (load, option) => {
  const failing = createWorld({ bff: { load } });
  await expect(failing).rejects.toThrow(ConfigurationError);
  await expect(failing).rejects.toThrow(option);
});

describe('what is too large', () => {
  test.each([
    ['an address', `/health?${'x'.repeat(9000)}`, {}, 414, 'url_too_long'],
    ['headers', '/health', { cookie: 'x'.repeat(17_000) }, 431, 'headers_too_large'],
  ] as const)('%s is refused before anything reads it', async (_what, path, headers, status, code) => {
    const world = await createWorld();
    const response = await world.bff().fetch(new Request(`http://bff.test${path}`, { headers }));
    expect({ status: response.status, code: (await response.json()).code }).toEqual({ status, code });
    expect(response.headers.get('x-content-type-options')).toBe('nosniff');
  });
});

describe('mounted in a bigger app', () => {
  const host = (world: World, path: string) =>
    new Hono().route(path, world.bff().app).get('/after', (c) => c.text("the host's own"));

  test("at the root, the host's routes that come after ours still answer, with their own headers", async () => {
    const app = host(await createWorld(), '/');
    const response = await app.request('/after');
    expect(await response.text()).toBe("the host's own");
    expect(response.headers.get('cache-control')).toBeNull();
    expect((await app.request('/health')).headers.get('cache-control')).toBe('no-store');
    expect((await app.request('/nothing')).status).toBe(404);
  });

  test('under a prefix, it answers for everything below', async () => {
    const app = host(await createWorld(), '/b131');
    expect(await (await app.request('/b131/nothing')).json()).toMatchObject({ code: 'not_found' });
    expect(await (await app.request('/after')).text()).toBe("the host's own");
  });

  test('by itself, what is not there is told as a problem', async () => {
    const world = await createWorld();
    const response = await world.bff().fetch(new Request('http://bff.test/nothing'));
    expect({ status: response.status, type: response.headers.get('content-type') }).toEqual({
      status: 404,
      type: 'application/problem+json',
    });
  });
});
