import { describe, expect, test } from 'vitest';
import type { BffOptions } from '../src/index.js';
import { createWorld, type World, type WorldOptions } from './support/world.js';

const serverKey = 'server-key-of-at-least-32-characters!';
const noticeSecret = `whsec_${btoa('n'.repeat(32))}`;

const edgeWorld = (bff: Partial<BffOptions> = {}, rest: WorldOptions = {}) =>
  createWorld({ ...rest, edge: true, bff: { merchant: { keys: [serverKey] }, ...bff } });

interface Invocation {
  status: number;
  body: { payout?: { status: string }; results?: { ok: boolean }[]; notices?: { id: string }[] };
  /** What the runtime is asked to wait for once the answer is out. */
  waits: Promise<unknown>[];
}

/** One request as an edge runtime hands it over, with an execution context of its own. */
async function invoke(world: World, method: string, path: string, bearer: string, body?: object) {
  const waits: Promise<unknown>[] = [];
  const context = {
    waitUntil: (work: Promise<unknown>) => void waits.push(work),
    passThroughOnException: () => {},
    props: {},
  };
  const request = new Request(`http://bff.test${path}`, {
    method,
    headers: {
      authorization: `Bearer ${bearer}`,
      origin: 'https://shop.test',
      'content-type': 'application/json',
    },
    ...(body ? { body: JSON.stringify(body) } : {}),
  });
  const response = await world.bff().app.fetch(request, {}, context);
  const invocation: Invocation = { status: response.status, body: await response.json(), waits };
  return invocation;
}

/** A recipient's `POST /payouts`. */
async function pay(world: World, ref: string): Promise<Invocation> {
  const token = await world.tokenFor('00');
  return invoke(world, 'POST', '/payouts', await world.ticket({ ref }), { token });
}

const statusOf = async (world: World, ref: string) => (await world.payout(ref)).payout.status;

describe('on an edge runtime', () => {
  test('the answer is out once it is committed, and the runtime waits for the work', async () => {
    const world = await edgeWorld();
    const { status, body, waits } = await pay(world, 'week-1');
    expect({ status, shown: body.payout?.status }).toEqual({ status: 202, shown: 'created' });
    await Promise.all(waits);
    expect(await statusOf(world, 'week-1')).toBe('starting');
    expect(world.sandbox.sessions().map(({ status }) => status)).toEqual(['in_progress']);
  });

  test('work of a request that was cut off holds up no other', async () => {
    const world = await edgeWorld();
    world.setNetwork(async (request, next) =>
      request.url.endsWith('/session/create') && (await request.clone().text()).includes('cut-off')
        ? new Promise(() => {})
        : next(request),
    );
    const token = await world.tokenFor('00');
    const metadata = { metadata: { why: 'cut-off' } };
    const cutOff = await invoke(
      world,
      'POST',
      '/payouts',
      await world.ticket({ ref: 'week-1', ...metadata }),
      { token },
    );
    const { waits } = await pay(world, 'week-2');
    await Promise.all(waits);
    expect(await statusOf(world, 'week-1')).toBe('created');
    expect(await statusOf(world, 'week-2')).toBe('starting');
    expect(cutOff.waits).toHaveLength(1);
  });

  test("of a merchant's batch it begins twenty while the bank is slow, and leaves the rest to drain", async () => {
    const world = await edgeWorld();
    const bank = Promise.withResolvers<void>();
    world.setNetwork(async (request, next) => {
      if (request.url.endsWith('/session/create')) await bank.promise;
      return next(request);
    });
    const payouts = await Promise.all(
      Array.from({ length: 30 }, async (_, index) => ({
        ...{ ref: `week-${index}`, subject: 'courier-7', amount: 150_000, currency: 'RUB' },
        ...{ fullName: 'Ivanov Ivan Ivanovich', description: 'Courier services, VAT exempt' },
        token: await world.tokenFor('00'),
      })),
    );
    const { status, body, waits } = await invoke(world, 'POST', '/merchant/payouts', serverKey, { payouts });
    expect(status).toBe(200);
    expect(body.results?.filter(({ ok }) => ok)).toHaveLength(30);
    bank.resolve();
    await Promise.all(waits);
    const statuses = await Promise.all(payouts.map(({ ref }) => statusOf(world, ref)));
    expect(statuses.filter((one) => one === 'starting')).toHaveLength(20);
    expect(statuses.filter((one) => one === 'created')).toHaveLength(10);
    await world.until(async () => {
      const now = await Promise.all(payouts.map(({ ref }) => statusOf(world, ref)));
      return now.every((one) => one === 'succeeded');
    });
    expect(world.paid()).toHaveLength(30);
  });

  test('drain({ limit }) sends no more notices than that, and a notice sent again is waited for', async () => {
    const told: string[] = [];
    const notify = {
      url: 'https://shop.test/hooks',
      secret: noticeSecret,
      fetch: async (input: RequestInfo | URL, init?: RequestInit) => {
        told.push(new Request(input, init).headers.get('webhook-id') ?? '');
        return new Response(null, { status: 204 });
      },
    };
    const world = await edgeWorld({ notify });
    const refs = ['week-1', 'week-2', 'week-3'];
    for (const ref of refs) await Promise.all((await pay(world, ref)).waits);
    const over = async () =>
      (await Promise.all(refs.map((ref) => statusOf(world, ref)))).every((one) => one === 'succeeded');
    let most = 0;
    for (let minutes = 0; minutes < 60 && !((await over()) && told.length === 3); minutes += 1) {
      const before = told.length;
      await world.clock.advance(60_000);
      await world.bff().drain({ limit: 1 });
      most = Math.max(most, told.length - before);
    }
    expect({ told: told.length, most }).toEqual({ told: 3, most: 1 });

    const id = told[0] ?? '';
    const again = await invoke(world, 'POST', `/merchant/notices/${id}/resend`, serverKey, {});
    expect(again.status).toBe(202);
    await Promise.all(again.waits);
    expect(told.at(-1)).toBe(id);
    expect(told).toHaveLength(4);
  });
});
