import { Hono } from 'hono';
import { describe, expect, test } from 'vitest';
import type { BffOptions, WhoIsOperator } from '../src/index.js';
import { createWorld, type World, type WorldOptions } from './support/world.js';

const people: Readonly<Record<string, { name: string; readOnly?: boolean }>> = {
  anna: { name: 'anna@ops' },
  guest: { name: 'guest@ops', readOnly: true },
};
const operator: WhoIsOperator = (c) => people[c.req.header('x-session') ?? ''] ?? null;
const why = 'checked with the bank, case 42';
const evidence = 'statement of 2026-11-23, line 7';

const operatedWorld = (bff: Partial<BffOptions> = {}, rest: WorldOptions = {}) =>
  createWorld({ ...rest, bff: { operator, ...bff } });

interface CallOptions {
  session?: string | null;
  headers?: Readonly<Record<string, string>>;
}

async function call(
  world: World,
  method: string,
  path: string,
  body?: unknown,
  { session = 'anna', headers = {} }: CallOptions = {},
) {
  const response = await world.bff().fetch(
    new Request(`http://bff.test/operator${path}`, {
      method,
      headers: {
        ...(session === null ? {} : { 'x-session': session }),
        ...(body === undefined ? {} : { 'content-type': 'application/json' }),
        ...headers,
      },
      ...(body === undefined ? {} : { body: JSON.stringify(body) }),
    }),
  );
  return { status: response.status, body: await response.json() };
}

const outcome = ({ status, body }: Awaited<ReturnType<typeof call>>) => ({ status, code: body.code });

/** A payout that waits for an operator's word. */
async function awaiting() {
  const world = await operatedWorld({ confirm: 'operator' });
  await world.pay('00');
  await world.reaches('awaiting_confirmation');
  return { world, id: (await world.payout()).payout.id };
}

describe('who may be here', () => {
  test('without the option there is nothing at /operator', async () => {
    const world = await createWorld();
    expect(outcome(await call(world, 'GET', '/payouts'))).toEqual({ status: 404, code: 'not_found' });
  });

  test('whom the host does not know sees and changes nothing', async () => {
    const { world, id } = await awaiting();
    const requests = [
      ['GET', '/payouts'],
      ['GET', `/payouts/${id}`],
      ['POST', `/payouts/${id}/confirm`, { why }],
      ['GET', '/pause'],
      ['POST', '/pause', { start: true, why }],
    ] as const;
    for (const [method, path, body] of requests) {
      for (const session of [null, 'mallory']) {
        const answer = await call(world, method, path, body, { session });
        expect(outcome(answer)).toEqual({ status: 403, code: 'operator_unknown' });
      }
    }
    expect((await world.payout()).payout).toMatchObject({ status: 'awaiting_confirmation', word: null });
  });

  test('who may only look, looks', async () => {
    const { world, id } = await awaiting();
    const guest = { session: 'guest' };
    expect((await call(world, 'GET', `/payouts/${id}`, undefined, guest)).status).toBe(200);
    const refused = await call(world, 'POST', `/payouts/${id}/confirm`, { why }, guest);
    expect(outcome(refused)).toEqual({ status: 403, code: 'operator_read_only' });
    expect((await world.payout()).payout.word).toBeNull();
  });

  test("another site's page cannot act with an operator's cookie, the shop's own neither", async () => {
    const { world, id } = await awaiting();
    const foreign: Readonly<Record<string, string>>[] = [
      { origin: 'https://evil.test' },
      { origin: 'https://shop.test' },
      { origin: 'null' },
      { origin: 'https://shop.test', 'sec-fetch-site': 'cross-site' },
      { origin: 'http://other.bff.test', 'sec-fetch-site': 'same-site' },
    ];
    for (const headers of foreign) {
      const answer = await call(world, 'POST', `/payouts/${id}/confirm`, { why }, { headers });
      expect(outcome(answer)).toEqual({ status: 403, code: 'origin_not_allowed' });
    }
    expect((await world.payout()).payout.word).toBeNull();
    const own = { origin: 'https://console.test', 'sec-fetch-site': 'same-origin' };
    expect((await call(world, 'POST', `/payouts/${id}/confirm`, { why }, { headers: own })).status).toBe(202);
  });

  test('a host that answers with a person without a name hears of it, and nobody acts', async () => {
    const heard: unknown[] = [];
    const world = await operatedWorld({
      operator: () => ({ name: '' }),
      onError: (error) => heard.push(error),
    });
    expect(outcome(await call(world, 'GET', '/payouts'))).toEqual({ status: 500, code: 'internal_error' });
    expect(String(heard[0])).toContain('`name`');
  });

  test('works under a prefix of a bigger app', async () => {
    const world = await operatedWorld();
    const app = new Hono().route('/b131', world.bff().app);
    const answer = await app.request('/b131/operator/payouts', { headers: { 'x-session': 'anna' } });
    expect(await answer.json()).toEqual({ payouts: [], next: null });
  });
});

describe('the list', () => {
  test('is filtered, and read page by page', async () => {
    const world = await operatedWorld();
    for (const ref of ['a', 'b', 'c']) await world.pay(ref === 'b' ? '91' : '00', { ref });
    for (const ref of ['a', 'c']) await world.reaches('succeeded', undefined, ref);
    await world.reaches('failed', undefined, 'b');
    const first = await call(world, 'GET', '/payouts?limit=2');
    expect(first.body.payouts).toHaveLength(2);
    const rest = await call(world, 'GET', `/payouts?limit=2&cursor=${first.body.next}`);
    expect(rest.body.next).toBeNull();
    const refs = [...first.body.payouts, ...rest.body.payouts].map(({ ref }) => ref);
    expect(refs.sort()).toEqual(['a', 'b', 'c']);
    const refsOf = async (query: string) =>
      (await call(world, 'GET', `/payouts?${query}`)).body.payouts.map(({ ref }: { ref: string }) => ref);
    expect(await refsOf('status=failed')).toEqual(['b']);
    expect(await refsOf('ref=c')).toEqual(['c']);
    expect(await refsOf('subject=nobody')).toEqual([]);
    expect(await refsOf(`until=${new Date(0).toISOString()}`)).toEqual([]);
    expect(await refsOf(`from=${new Date(0).toISOString()}`)).toHaveLength(3);
  });

  test.each([
    ['status=paid', 'status'],
    ['limit=0', 'limit'],
    ['limit=1000', 'limit'],
    ['cursor=zzz', 'cursor'],
    ['from=yesterday', 'from'],
    ['attention=A%20B', 'attention'],
    ['sort=amount', ''],
  ])('?%s is refused by name', async (query, field) => {
    const world = await operatedWorld();
    const { status, body } = await call(world, 'GET', `/payouts?${query}`);
    expect({ status, code: body.code }).toEqual({ status: 422, code: 'invalid_request' });
    expect(body.errors).toMatchObject([{ field, problem: expect.stringMatching(/./) }]);
  });
});

describe('one payout', () => {
  test('is told with attempts, journal and notices, and without names, tokens and digests', async () => {
    const notify = { url: 'https://shop.test/hooks', secret: `whsec_${btoa('n'.repeat(32))}` };
    const world = await operatedWorld({ notify: { ...notify, fetch: async () => new Response() } });
    await world.pay('00');
    await world.reaches('succeeded');
    await world.pass(60_000);
    const record = await world.payout();
    const { status, body } = await call(world, 'GET', `/payouts/${record.payout.id}`);
    expect(status).toBe(200);
    expect(body.payout).toMatchObject({ ref: 'week-47', status: 'succeeded', subject: 'courier-7' });
    expect(body.attempts).toMatchObject([{ number: 1, outcome: 'paid', starts: 1, confirms: 1 }]);
    expect(body.attempts[0].sessionId).toBe(record.attempts[0]?.sessionId);
    expect(body.journal.map(({ version }: { version: number }) => version)).toEqual(
      body.journal.map((_: unknown, index: number) => index + 1),
    );
    expect(body.notices).toMatchObject([{ type: 'payout.succeeded', state: 'delivered' }]);
    const text = JSON.stringify(body);
    for (const hidden of ['Ivanov', record.payout.fingerprint, record.attempts[0]?.digest ?? 'no digest'])
      expect(text).not.toContain(hidden);
    expect(outcome(await call(world, 'GET', '/payouts/pay_none'))).toEqual({
      status: 404,
      code: 'payout_not_found',
    });
  });
});

describe('an act', () => {
  test('confirms; who and why stand in the journal, and again is refused with the payout as it is', async () => {
    const { world, id } = await awaiting();
    const { status, body } = await call(world, 'POST', `/payouts/${id}/confirm`, { why });
    expect({ status, word: body.payout.word }).toEqual({
      status: 202,
      word: { say: 'confirm', by: 'operator' },
    });
    await world.reaches('succeeded');
    expect(world.paid()).toHaveLength(1);
    const word = (await world.journal()).find(({ kind }) => kind === 'word');
    expect(word?.data).toEqual({ say: 'confirm', by: 'operator', who: 'anna@ops', why });
    const again = await call(world, 'POST', `/payouts/${id}/cancel`, { why });
    expect(again).toMatchObject({
      status: 409,
      body: { code: 'not_awaiting', payout: { id, status: 'succeeded' } },
    });
  });

  test('cancels; nothing is paid', async () => {
    const { world, id } = await awaiting();
    expect((await call(world, 'POST', `/payouts/${id}/cancel`, { why })).status).toBe(202);
    await world.reaches('cancelled');
    expect(world.paid()).toEqual([]);
  });

  test('asks the bank at once', async () => {
    const world = await operatedWorld({}, { sandbox: { settings: { webhooks: false } } });
    await world.pay('94');
    await world.pass(2 * 3_600_000);
    const { payout } = await world.payout();
    expect((await call(world, 'POST', `/payouts/${payout.id}/recheck`, {})).status).toBe(202);
    await world.pass(1000);
    expect((await world.payout()).payout.askedAt).toBeGreaterThan(payout.askedAt ?? 0);
  });

  test('resolves by evidence, and not against what the bank shows', async () => {
    const world = await operatedWorld();
    await world.pay('94');
    await world.reaches('needs_attention', 8 * 24 * 3_600_000);
    const { payout } = await world.payout();
    const answer = await call(world, 'POST', `/payouts/${payout.id}/resolve`, {
      outcome: 'failed',
      evidence,
      why,
    });
    expect(outcome(answer)).toEqual({ status: 409, code: 'bank_contradicts' });
    const overdue = await call(world, 'GET', '/payouts?status=needs_attention&attention=overdue');
    expect(overdue.body.payouts).toMatchObject([{ id: payout.id, attention: 'overdue' }]);
    const resolved = await call(world, 'POST', `/payouts/${payout.id}/resolve`, {
      ...{ outcome: 'succeeded', evidence, why },
    });
    expect(resolved).toMatchObject({ status: 202, body: { payout: { status: 'succeeded' } } });
    expect((await world.journal()).at(-1)).toMatchObject({
      kind: 'resolved',
      data: { outcome: 'succeeded', evidence, who: 'anna@ops', why },
    });
  });

  test.each([
    ['confirm', {}, 'why'],
    ['confirm', { why: '' }, 'why'],
    ['confirm', { why: 'line\nbreak' }, 'why'],
    ['cancel', { why: 'x'.repeat(501) }, 'why'],
    ['cancel', { why, who: 'somebody else' }, ''],
    ['resolve', { why, outcome: 'paid', evidence }, 'outcome'],
    ['resolve', { why, outcome: 'failed' }, 'evidence'],
  ])('%s with %j is refused by name', async (act, body, field) => {
    const { world, id } = await awaiting();
    const refused = await call(world, 'POST', `/payouts/${id}/${act}`, body);
    expect(refused).toMatchObject({ status: 422, body: { code: 'invalid_request', errors: [{ field }] } });
    expect((await world.payout()).payout.word).toBeNull();
  });
});

describe('the pause', () => {
  test('holds starts, tells who paused and why, and lets them go on', async () => {
    const world = await operatedWorld();
    const paused = await call(world, 'POST', '/pause', { start: true, why });
    expect(paused).toMatchObject({ status: 200, body: { start: true, confirm: false } });
    await world.pay('00');
    await world.pass(600_000);
    expect((await world.payout()).payout.status).toBe('created');
    const shown = await call(world, 'GET', '/pause', undefined, { session: 'guest' });
    expect(shown.body.log).toMatchObject([{ switch: 'start', paused: true, by: 'anna@ops', why }]);
    await call(world, 'POST', '/pause', { start: false, why: 'the bank is back' });
    await world.reaches('succeeded');
  });

  test('names the switch that is missing', async () => {
    const world = await operatedWorld();
    const { status, body } = await call(world, 'POST', '/pause', { why });
    expect(status).toBe(422);
    expect(JSON.stringify(body.errors)).toContain('names no switch');
  });
});
