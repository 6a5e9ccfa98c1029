import type { IncomingHttpHeaders } from 'node:http';
import { describe, expect, test } from 'vitest';
import { verifyNotice } from '../src/index.js';
import { createNoticeSigner } from '../src/notify/signature.js';
import { createWorld } from './support/world.js';

const secret = `whsec_${btoa('n'.repeat(32))}`;

interface Received {
  id: string;
  body: { type: string; timestamp: string; data: { ref: string; status: string; version: number } };
  valid: boolean;
}

/** A merchant's server that answers as it is told. */
function merchant(answers: (number | 'dead')[] = []) {
  const received: Received[] = [];
  const hook: typeof fetch = async (input, init) => {
    const request = new Request(input, init);
    const text = await request.text();
    const headers = Object.fromEntries(request.headers);
    const now = Number(headers['webhook-timestamp']) * 1000;
    const valid = await verifyNotice(text, headers, secret, { now });
    received.push({ id: headers['webhook-id'] ?? '', body: JSON.parse(text), valid });
    const answer = answers.shift() ?? 204;
    if (answer === 'dead') throw new TypeError('fetch failed');
    return new Response(null, { status: answer });
  };
  return { received, notify: { url: 'https://shop.test/hooks', secret, fetch: hook } };
}

describe('the merchant', () => {
  test('is told the result, signed, without a name, a token or a description', async () => {
    const { received, notify } = merchant();
    const world = await createWorld({ bff: { notify } });
    await world.pay('00');
    await world.reaches('succeeded');
    await world.until(() => received.length > 0);
    await world.pass(3_600_000);
    expect(received).toHaveLength(1);
    expect(received[0]).toMatchObject({
      valid: true,
      body: { type: 'payout.succeeded', data: { ref: 'week-47', status: 'succeeded' } },
    });
    expect(JSON.stringify(received)).not.toMatch(/Ivanov|[0-9a-f]{64}|Courier services/);
  });

  test('is told again, under the same id, until they answer 2xx', async () => {
    const { received, notify } = merchant([500, 'dead', 302]);
    const world = await createWorld({ bff: { notify } });
    await world.pay('00');
    await world.until(() => received.length === 4);
    await world.pass(7 * 24 * 3_600_000);
    expect(received).toHaveLength(4);
    expect(new Set(received.map(({ id }) => id)).size).toBe(1);
    const { payout } = await world.payout();
    const [notice] = (await world.bff().operator.read(payout.id))?.notices ?? [];
    expect(notice).toMatchObject({ tries: 4, httpStatus: 204, dueAt: null });
  });

  test('is told of a failure, of another try, and of money that comes back', async () => {
    const { received, notify } = merchant();
    const world = await createWorld({ bff: { notify } });
    await world.pay('91');
    await world.reaches('failed');
    await world.pay('96');
    await world.reaches('returned');
    await world.until(() => received.length === 3);
    expect(received.map(({ body }) => body.type)).toEqual([
      'payout.failed',
      'payout.succeeded',
      'payout.returned',
    ]);
    const versions = received.map(({ body }) => body.data.version);
    expect(versions).toEqual([...versions].sort((a, b) => a - b));
  });

  test('who is down for days is given up on with an event, and the payout is none the worse', async () => {
    const { received, notify } = merchant(Array.from({ length: 100 }, () => 'dead' as const));
    const world = await createWorld({ bff: { notify } });
    await world.pay('00');
    await world.pass(14 * 24 * 3_600_000);
    expect(received.length).toBeGreaterThan(10);
    const outcomes = world.events.flatMap((event) => (event.type === 'notice.tried' ? [event.outcome] : []));
    expect(outcomes.at(-1)).toBe('given_up');
    expect((await world.payout()).payout.status).toBe('succeeded');
  });

  test('is told by whoever comes after a process that died before it could', async () => {
    const { received, notify } = merchant();
    const world = await createWorld({ bff: { notify } });
    await world.pay('00');
    await world.reaches('succeeded');
    received.length = 0;
    world.startBff();
    await world.pass(120_000);
    expect(received.length).toBeLessThanOrEqual(1);
    const { payout } = await world.payout();
    const file = await world.bff().operator.read(payout.id);
    expect(file?.notices.map(({ deliveredAt }) => deliveredAt !== null)).toEqual([true]);
  });

  test('whose server hangs holds up no payout', async () => {
    const answer = Promise.withResolvers<Response>();
    const { notify } = merchant();
    const drain = { waitForNotices: false };
    const world = await createWorld({ drain, bff: { notify: { ...notify, fetch: () => answer.promise } } });
    await world.pay('00', { ref: 'a' });
    await world.reaches('succeeded', undefined, 'a');
    await world.pay('01', { ref: 'b' });
    await world.reaches('succeeded', undefined, 'b');
    expect(world.paid()).toHaveLength(2);
    answer.resolve(new Response(null, { status: 204 }));
    await world.bff().close();
    const { payout } = await world.payout('a');
    expect((await world.store.notices(payout.id)).map(({ httpStatus }) => httpStatus)).toEqual([204]);
  });

  test('finds a payout by its reference', async () => {
    const world = await createWorld();
    await world.pay('00');
    await world.reaches('succeeded');
    expect((await world.bff().lookUp('week-47'))?.payout.status).toBe('succeeded');
    expect(await world.bff().lookUp('week-48')).toBeNull();
  });
});

describe('a notice', () => {
  test('that was changed, is old, or has another secret is not believed', async () => {
    const { received, notify } = merchant();
    const seen: { text: string; headers: Record<string, string> }[] = [];
    const spy: typeof fetch = async (input, init) => {
      const request = new Request(input, init);
      seen.push({ text: await request.clone().text(), headers: Object.fromEntries(request.headers) });
      return notify.fetch(request);
    };
    const world = await createWorld({ bff: { notify: { ...notify, fetch: spy } } });
    await world.pay('00');
    await world.until(() => received.length > 0);
    const [notice] = seen;
    if (!notice) throw new Error('nothing came');
    const now = Number(notice.headers['webhook-timestamp']) * 1000;
    expect(await verifyNotice(notice.text, notice.headers, secret, { now })).toBe(true);
    expect(
      await verifyNotice(notice.text, notice.headers, [`whsec_${btoa('o'.repeat(32))}`, secret], { now }),
    ).toBe(true);
    expect(
      await verifyNotice(notice.text.replace('succeeded', 'failed'), notice.headers, secret, { now }),
    ).toBe(false);
    expect(await verifyNotice(notice.text, notice.headers, secret, { now: now + 301_000 })).toBe(false);
    expect(await verifyNotice(notice.text, notice.headers, `whsec_${btoa('o'.repeat(32))}`, { now })).toBe(
      false,
    );
    expect(await verifyNotice(notice.text, {}, secret, { now })).toBe(false);
  });

  test("is verified by its headers as a Request has them, and as Node's own server", async () => {
    const body = '{"type":"payout.succeeded"}';
    const now = Date.now();
    const timestamp = Math.floor(now / 1000);
    const signature = await createNoticeSigner(secret).sign('pay_1.4', timestamp, body);
    const given = {
      'webhook-id': 'pay_1.4',
      'webhook-timestamp': String(timestamp),
      'webhook-signature': signature,
    };
    const ofNode: IncomingHttpHeaders = { ...given, host: 'shop.test', 'set-cookie': ['a=1', 'b=2'] };
    expect(await verifyNotice(body, new Headers(given), secret, { now })).toBe(true);
    expect(await verifyNotice(body, ofNode, secret, { now })).toBe(true);
    expect(await verifyNotice(`${body} `, new Headers(given), secret, { now })).toBe(false);
  });

  test('needs a secret and an address that are some', async () => {
    await expect(createWorld({ bff: { notify: { url: 'shop', secret } } })).rejects.toThrow(
      /notify\.url: must be a full URL/,
    );
    await expect(
      createWorld({ bff: { notify: { url: 'https://s.test', secret: 'short' } } }),
    ).rejects.toThrow(/notify\.secret: must be whsec_/);
  });
});
