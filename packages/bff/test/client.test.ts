import { readFile } from 'node:fs/promises';
import { describe, expect, test } from 'vitest';
import {
  BffError,
  type ClientOptions,
  createMerchantClient,
  createOperatorClient,
  type Order,
} from '../src/client/index.js';
import { createWorld, type World, type WorldOptions } from './support/world.js';

const key = 'k'.repeat(32);
const secret = `whsec_${btoa('n'.repeat(32))}`;
const order: Order = {
  ref: 'week 47/courier-7',
  subject: 'courier-7',
  amount: 150_000,
  currency: 'RUB',
  fullName: 'Ivanov Ivan Ivanovich',
  description: 'Courier services, VAT exempt',
  token: '',
};

async function open(bff: WorldOptions['bff'] = {}) {
  const notify = {
    url: 'https://shop.test/hooks',
    secret,
    fetch: async () => new Response(null, { status: 204 }),
  };
  const world = await createWorld({
    bff: {
      merchant: { keys: [key] },
      operator: (c) => (c.req.header('authorization') === `Bearer ${key}` ? { name: 'anna@ops' } : null),
      notify,
      ...bff,
    },
  });
  const asked: string[] = [];
  const toBff: typeof fetch = async (input, init) => {
    const request = new Request(input, init);
    asked.push(`${request.method} ${new URL(request.url).pathname}`);
    return world.bff().fetch(request);
  };
  const options: ClientOptions = { url: 'https://bff.test/', key, fetch: toBff };
  return { world, asked, merchant: createMerchantClient(options), operator: createOperatorClient(options) };
}

async function paid(
  world: World,
  merchant: ReturnType<typeof createMerchantClient>,
  ref: string,
  ending = '00',
) {
  const payout = await merchant.pay({ ...order, ref, token: await world.tokenFor(ending) });
  await world.reaches(ending === '00' ? 'succeeded' : 'failed', undefined, ref);
  return payout;
}

describe("the merchant's client", () => {
  test('pays one and many, finds, withdraws, reads and re-sends notices', async () => {
    const { world, merchant } = await open({ confirm: 'operator' });
    const token = await world.tokenFor('00');
    const payout = await merchant.pay({ ...order, token });
    expect(payout).toMatchObject({ ref: order.ref, status: 'created', subject: 'courier-7' });
    const results = await merchant.payMany([
      { ...order, token },
      { ...order, ref: 'second', token: await world.tokenFor('00'), amount: -1 },
    ]);
    expect(results).toMatchObject([
      { ok: true, payout: { id: payout.id } },
      { ok: false, ref: 'second', problem: { code: 'invalid_request', errors: [{ field: 'amount' }] } },
    ]);
    expect(await merchant.findByRef(order.ref)).toMatchObject({ id: payout.id });
    expect(await merchant.find(payout.id)).toMatchObject({ ref: order.ref });
    expect(await merchant.findByRef('never')).toBeNull();
    expect(await merchant.find('pay_never')).toBeNull();
    await world.reaches('awaiting_confirmation', undefined, order.ref);
    expect(await merchant.cancel(payout.id, 'sent by post')).toMatchObject({ status: 'cancelling' });
    await world.reaches('cancelled', undefined, order.ref);
    expect(world.paid()).toEqual([]);
    await world.until(async () => (await merchant.notices({ state: 'delivered' })).notices.length > 0);
    const [notice] = (await merchant.notices({ payoutId: payout.id, limit: 10 })).notices;
    expect(notice).toMatchObject({ type: 'payout.cancelled', state: 'delivered' });
    expect(await merchant.resendNotice(notice?.id ?? '')).toMatchObject({ id: notice?.id });
  });

  test('goes through a list page after page', async () => {
    const { world, merchant, operator } = await open();
    for (const ref of ['a', 'b', 'c']) await paid(world, merchant, ref);
    const told: string[] = [];
    for await (const { type } of merchant.everyNotice({ limit: 1 })) told.push(type);
    expect(told).toEqual(Array.from({ length: 3 }, () => 'payout.succeeded'));
    const refs: string[] = [];
    for await (const { ref } of operator.everyPayout({ status: 'succeeded', limit: 1 })) refs.push(ref);
    expect(refs.sort()).toEqual(['a', 'b', 'c']);
  });

  test('throws what was refused, with its code, its fields and the payout', async () => {
    const { world, merchant } = await open();
    await paid(world, merchant, order.ref);
    const again = await refusal(merchant.pay({ ...order, token: await world.tokenFor('00') }));
    expect(again).toMatchObject({ code: 'payout_finished', httpStatus: 409 });
    expect(again.problem?.payout).toMatchObject({ ref: order.ref, status: 'succeeded' });
    const bad = await refusal(merchant.pay({ ...order, ref: 'b', currency: 'rubles', token: 'x' }));
    expect(bad.errors).toMatchObject([{ field: 'currency' }]);
    expect(await refusal(merchant.cancel('pay_never'))).toMatchObject({ code: 'payout_not_found' });
  });
});

describe("the operators' client", () => {
  test('lists, reads, re-checks, confirms, cancels, resolves and pauses', async () => {
    const { world, merchant, operator } = await open({ confirm: 'operator' });
    for (const ref of ['a', 'b']) {
      await merchant.pay({ ...order, ref, token: await world.tokenFor('00') });
      await world.reaches('awaiting_confirmation', undefined, ref);
    }
    const { payouts } = await operator.list({ status: 'awaiting_confirmation', subject: 'courier-7' });
    const idOf = (ref: string) => payouts.find((one) => one.ref === ref)?.id ?? '';
    expect(await operator.recheck(idOf('a'))).toMatchObject({ status: 'awaiting_confirmation' });
    expect(await operator.confirm(idOf('a'), { why: 'looks right' })).toMatchObject({
      word: { say: 'confirm', by: 'operator' },
    });
    await operator.cancel(idOf('b'), { why: 'looks wrong' });
    await world.reaches('succeeded', undefined, 'a');
    await world.reaches('cancelled', undefined, 'b');
    const file = await operator.read(idOf('a'));
    expect(file?.journal.find(({ kind }) => kind === 'word')?.data).toMatchObject({ who: 'anna@ops' });
    expect(await operator.read('pay_never')).toBeNull();
    const resolution = { outcome: 'failed', evidence: 'statement', why: 'asked' } as const;
    expect(await refusal(operator.resolve(idOf('a'), resolution))).toMatchObject({
      code: 'not_in_attention',
    });
    expect(await operator.pause({ start: true, why: 'drill' })).toMatchObject({
      start: true,
      confirm: false,
    });
    expect(await operator.paused()).toMatchObject({ start: true, log: [{ by: 'anna@ops', why: 'drill' }] });
  });
});

describe('both', () => {
  test('have a call for every route of theirs in /openapi.json', async () => {
    const { world, asked, merchant, operator } = await open();
    const act = { why: 'why' };
    const calls = [
      merchant.pay(order),
      merchant.findByRef('r'),
      merchant.find('i'),
      merchant.cancel('i'),
      merchant.notices(),
      merchant.resendNotice('i'),
      operator.list(),
      operator.read('i'),
      operator.recheck('i'),
      operator.confirm('i', act),
      operator.cancel('i', act),
      operator.resolve('i', { ...act, outcome: 'failed', evidence: 'e' }),
      operator.paused(),
      operator.pause({ ...act, start: false }),
    ];
    await Promise.allSettled(calls);
    const { paths }: { paths: Record<string, object> } = await (
      await world.bff().fetch(new Request('https://bff.test/openapi.json'))
    ).json();
    const described = Object.entries(paths)
      .filter(([path]) => /^\/(merchant|operator)\//.test(path))
      .flatMap(([path, methods]) => Object.keys(methods).map((method) => `${method.toUpperCase()} ${path}`));
    expect(new Set(asked)).toEqual(new Set(described.map((route) => route.replace('{id}', 'i'))));
  });

  test('say what came instead of an answer, and repeat nothing', async () => {
    let calls = 0;
    const given = (answer: () => Response | Promise<Response>) =>
      createMerchantClient({
        url: 'https://bff.test',
        key,
        timeout: 50,
        fetch: async (input) => {
          calls += 1;
          if (!(input instanceof Request)) throw new Error('no request');
          input.signal.throwIfAborted();
          const late = new Promise<never>((_, reject) =>
            input.signal.addEventListener('abort', () => reject(input.signal.reason)),
          );
          return Promise.race([answer(), late]);
        },
      });
    const html = () => new Response('<html>', { status: 502, headers: { 'content-type': 'text/html' } });
    const dead = () => Promise.reject(new TypeError('fetch failed'));
    const never = () => new Promise<never>(() => {});
    expect(await refusal(given(html).pay(order))).toMatchObject({
      code: 'unreadable_answer',
      httpStatus: 502,
    });
    expect(await refusal(given(dead).pay(order))).toMatchObject({ code: 'no_answer', httpStatus: null });
    expect(await refusal(given(never).pay(order))).toMatchObject({ code: 'no_answer' });
    expect(calls).toBe(3);
    const own = AbortSignal.abort(new Error('the caller has left'));
    await expect(given(never).pay(order, { signal: own })).rejects.toThrow('the caller has left');
  });

  test('refuse an address or a key that is none, and show no key', async () => {
    expect(() => createMerchantClient({ url: 'shop', key })).toThrow('url must be the full address');
    expect(() => createOperatorClient({ url: 'https://bff.test', key: 'a b' })).toThrow('key must be');
    const { world } = await open();
    const wrong = createMerchantClient({
      url: 'https://bff.test',
      key: 'w'.repeat(32),
      fetch: async (input, init) => world.bff().fetch(new Request(input, init)),
    });
    const error = await refusal(wrong.find('x'));
    expect(error).toMatchObject({ code: 'server_key_invalid', httpStatus: 401 });
    expect(JSON.stringify(error) + error.message + error.stack).not.toContain('wwww');
  });

  test('bring nothing along: no zod, no Hono', async () => {
    const files = ['index', 'merchant-client', 'operator-client', 'send', 'bff-error', 'every', 'or-null'];
    const sources = await Promise.all(
      files.map((name) => readFile(new URL(`../src/client/${name}.ts`, import.meta.url), 'utf8')),
    );
    const loaded = sources.join('\n').matchAll(/^(?:import|export) (?!type).*from '(.*)';$/gm);
    for (const [, from = ''] of loaded) expect(from).toMatch(/^\.\//);
  });
});

async function refusal(call: Promise<unknown>): Promise<BffError> {
  const error = await call.then(
    () => new Error('it was not refused'),
    (reason: unknown) => reason,
  );
  if (error instanceof BffError) return error;
  throw error;
}
