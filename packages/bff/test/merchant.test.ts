import { accountEndingWith, DEFAULT_BIK } from '@b131/sandbox';
import { describe, expect, test } from 'vitest';
import { type BffOptions, ConfigurationError, mintTicket, StoreError } from '../src/index.js';
import { createWorld, type World } from './support/world.js';

const key = 'server-key-of-at-least-32-characters!';
const other = 'another-server-key-while-they-rotate!!';
const open = { merchant: { keys: [key, other] } } satisfies Partial<BffOptions>;

const order = {
  ref: 'week-47',
  subject: 'courier-7',
  amount: 150_000,
  currency: 'RUB',
  fullName: 'Ivanov Ivan Ivanovich',
  description: 'Courier services, VAT exempt',
  metadata: { city: 'Казань' },
};

const merchantWorld = (bff: Partial<BffOptions> = {}, rest: Parameters<typeof createWorld>[0] = {}) =>
  createWorld({ ...rest, bff: { ...open, ...bff } });

/** Called as a server calls: no page, no origin. */
async function call(world: World, method: string, path: string, body?: unknown, bearer: string | null = key) {
  const response = await world.bff().fetch(
    new Request(`http://bff.test${path}`, {
      method,
      headers: {
        ...(bearer === null ? {} : { authorization: `Bearer ${bearer}` }),
        ...(body === undefined ? {} : { 'content-type': 'application/json' }),
      },
      ...(body === undefined ? {} : { body: typeof body === 'string' ? body : JSON.stringify(body) }),
    }),
  );
  return { status: response.status, body: await response.json() };
}

describe('the server key', () => {
  test('without merchant.keys there is nothing at /merchant', async () => {
    const world = await createWorld();
    const { status, body } = await call(world, 'POST', '/merchant/payouts', order);
    expect({ status, code: body.code }).toEqual({ status: 404, code: 'not_found' });
    const document = await call(world, 'GET', '/openapi.json');
    expect(Object.keys(document.body.paths).filter((path) => path.startsWith('/merchant'))).toEqual([]);
  });

  test('every key of the list lets in; nothing else does, and no answer tells a key', async () => {
    const world = await merchantWorld();
    for (const good of [key, other])
      expect((await call(world, 'GET', '/merchant/notices', undefined, good)).status).toBe(200);
    const bad = [
      null,
      '',
      `${key}x`,
      key.slice(0, -1),
      key.toUpperCase(),
      'x'.repeat(5000),
      await world.ticket(),
    ];
    for (const bearer of bad) {
      const { status, body } = await call(world, 'POST', '/merchant/payouts', order, bearer);
      expect({ status, code: body.code }).toEqual({ status: 401, code: 'server_key_invalid' });
      expect(JSON.stringify(body)).not.toContain(key);
    }
    expect(await world.store.loadByRef('sandbox:test_project', order.ref)).toBeNull();
  });

  test('a ticket route does not take a server key', async () => {
    const world = await merchantWorld();
    expect((await call(world, 'POST', '/payouts', { token: 'kept' })).status).toBe(401);
  });

  test.each([
    [[], 'merchant.keys'],
    [['short'], 'merchant.keys[0]'],
    [[key, ''], 'merchant.keys[1]'],
    [[`${key} with spaces`], 'merchant.keys[0]'],
  ])('a key of no use is refused at the start: %j', async (keys, option) => {
    const failing = merchantWorld({ merchant: { keys } });
    await expect(failing).rejects.toThrow(ConfigurationError);
    await expect(failing).rejects.toThrow(option);
  });
});

describe('a kept token', () => {
  test('is got with a ticket of scope token and paid later, without a browser', async () => {
    const world = await merchantWorld();
    const ticket = await mintTicket(
      { sub: 'courier-7', scope: 'token' },
      { key: world.ticketKey, audience: 'sandbox:test_project', clock: world.clock },
    );
    const issued = await world.call('POST', '/public-tokens', ticket, {});
    expect(issued.status).toBe(201);
    const widget = await world.sandbox.fetch(
      new Request('http://bank.test/widget/api/tokenize', {
        method: 'POST',
        headers: { 'x-public-token': issued.body.publicToken, 'content-type': 'application/json' },
        body: JSON.stringify({ bik: DEFAULT_BIK, account: accountEndingWith('01') }),
      }),
    );
    const { token } = (await widget.json()).data;
    expect((await world.call('POST', '/payouts', ticket, { token })).body.code).toBe('ticket_scope');

    const { status, body } = await call(world, 'POST', '/merchant/payouts', { ...order, token });
    expect(status).toBe(202);
    expect(body.payout).toMatchObject({ ref: order.ref, subject: 'courier-7', metadata: order.metadata });
    await world.reaches('succeeded');
    expect(world.paid()).toMatchObject([{ amount: 150_000 }]);
    const found = await call(world, 'GET', '/merchant/payouts?ref=week-47');
    expect(found.body.payout).toMatchObject({ id: body.payout.id, status: 'succeeded' });
    expect((await call(world, 'GET', `/merchant/payouts/${body.payout.id}`)).body).toEqual(found.body);
    expect((await world.journal())[0]?.data).toMatchObject({ by: 'merchant' });
    expect(JSON.stringify([found.body, world.events])).not.toContain(token);
    expect(JSON.stringify([found.body, world.events])).not.toContain('Ivanov');
  });

  test('is paid once, however often it is asked for and by whichever way', async () => {
    const world = await merchantWorld();
    const token = await world.tokenFor('01');
    const [first, again] = await Promise.all([
      call(world, 'POST', '/merchant/payouts', { ...order, token }),
      call(world, 'POST', '/merchant/payouts', { ...order, token }),
    ]);
    expect([first.status, again.status]).toEqual([202, 202]);
    expect(again.body.payout.id).toBe(first.body.payout.id);
    // The recipient's own ticket for the same reference finds the same payout.
    const theirs = await world.call('POST', '/payouts', await world.ticket(), { token });
    expect(theirs.body.payout.id).toBe(first.body.payout.id);
    await world.reaches('succeeded');
    const late = await call(world, 'POST', '/merchant/payouts', { ...order, token });
    expect(late).toMatchObject({ status: 202, body: { payout: { status: 'succeeded' } } });
    expect(world.paid()).toHaveLength(1);
  });

  test('another account, amount or name under the same reference is refused', async () => {
    const world = await merchantWorld();
    await call(world, 'POST', '/merchant/payouts', { ...order, token: 'kept-token' });
    const differ = { subject: 'courier-8', amount: 150_001, currency: 'USD', fullName: 'Petrov Petr' };
    for (const [field, value] of Object.entries(differ)) {
      const { status, body } = await call(world, 'POST', '/merchant/payouts', {
        ...order,
        token: 'kept-token',
        [field]: value,
      });
      expect({ field, status, code: body.code }).toEqual({ field, status: 409, code: 'reference_mismatch' });
    }
    const { status, body } = await call(world, 'POST', '/merchant/payouts', { ...order, token: 'another' });
    expect({ status, code: body.code }).toEqual({ status: 409, code: 'payout_in_progress' });
    expect(body.payout.ref).toBe(order.ref);
  });

  test('keeps the limits', async () => {
    const world = await merchantWorld({ limits: { perPayout: 200_000, perSubjectPerDay: 250_000 } });
    const token = 'kept-token';
    const pay = (ref: string, amount: number) =>
      call(world, 'POST', '/merchant/payouts', { ...order, ref, amount, token });
    expect((await pay('a', 200_001)).body.code).toBe('limit_exceeded');
    expect((await pay('b', 200_000)).status).toBe(202);
    expect((await pay('c', 60_000)).body.code).toBe('limit_exceeded');
    expect((await pay('d', 50_000)).status).toBe(202);
    expect((await call(world, 'GET', '/merchant/payouts?ref=c')).status).toBe(404);
  });

  test('where recipients confirm, the merchant is the one who asked; operators keep their word', async () => {
    const recipient = await merchantWorld({ confirm: 'recipient' });
    await call(recipient, 'POST', '/merchant/payouts', { ...order, token: await recipient.tokenFor('01') });
    await recipient.reaches('succeeded');
    const operator = await merchantWorld({ confirm: 'operator' });
    await call(operator, 'POST', '/merchant/payouts', { ...order, token: await operator.tokenFor('01') });
    await operator.reaches('awaiting_confirmation');
    expect(operator.paid()).toEqual([]);
  });

  test.each([
    ['an amount as text', { amount: '150000' }, 'amount'],
    ['no amount', { amount: undefined }, 'amount'],
    ['an amount with a fraction', { amount: 1.5 }, 'amount'],
    ['a negative amount', { amount: -1 }, 'amount'],
    ['a currency in words', { currency: 'roubles' }, 'currency'],
    ['an empty name', { fullName: '   ' }, 'fullName'],
    ['a line break in the reference', { ref: 'a\nb' }, 'ref'],
    ['a question in the description', { description: 'why?' }, 'description'],
    ['metadata beyond 4 KiB', { metadata: 'x'.repeat(5000) }, 'metadata'],
    ['an account number', { token: '40817810400003869535' }, 'token'],
    ['no account', { token: undefined }, ''],
    ['two accounts', { numberHash: 'hash' }, ''],
    ['a field nobody knows', { amout: 1 }, ''],
  ])('%s is refused by name', async (_, change, field) => {
    const world = await merchantWorld();
    const { status, body } = await call(world, 'POST', '/merchant/payouts', {
      ...order,
      token: 'kept-token',
      ...change,
    });
    expect({ status, code: body.code }).toEqual({ status: 422, code: 'invalid_request' });
    const [error] = body.errors;
    expect(error.field).toBe(field);
    expect(error.problem.length).toBeGreaterThan(5);
    expect(error.hint.length).toBeGreaterThan(5);
    expect(JSON.stringify(body)).not.toContain('40817810400003869535');
  });

  test('a reference that is missing or unknown is told', async () => {
    const world = await merchantWorld();
    expect(await call(world, 'GET', '/merchant/payouts')).toMatchObject({
      status: 422,
      body: { errors: [{ field: 'ref', problem: 'is missing' }] },
    });
    expect((await call(world, 'GET', '/merchant/payouts?ref=none')).status).toBe(404);
    expect((await call(world, 'GET', '/merchant/payouts/pay_none')).status).toBe(404);
  });
});

describe('a batch', () => {
  test('has a result for each, in order; a bad one is refused alone, and again changes nothing', async () => {
    const world = await merchantWorld({ limits: { perPayout: 500_000 } });
    const token = await world.tokenFor('01');
    const payouts = [
      { ...order, ref: 'a', token },
      { ...order, ref: 'b', token, amount: '1' },
      { ...order, ref: 'a', token },
      { ...order, ref: 'a', token, amount: 1 },
      { ...order, ref: 'c', token, amount: 500_001 },
      null,
      { ...order, ref: 'd', token },
    ];
    const sent = await call(world, 'POST', '/merchant/payouts', { payouts });
    expect(sent.status).toBe(200);
    const short = sent.body.results.map(
      (result: { ok: boolean; ref: string; problem?: { code: string } }) => [
        result.ref,
        result.ok || result.problem?.code,
      ],
    );
    expect(short).toEqual([
      ['a', true],
      ['b', 'invalid_request'],
      ['a', true],
      ['a', 'reference_mismatch'],
      ['c', 'limit_exceeded'],
      [null, 'invalid_request'],
      ['d', true],
    ]);
    expect(sent.body.results[1].problem.errors[0].field).toBe('amount');
    const again = await call(world, 'POST', '/merchant/payouts', { payouts });
    expect(again.body.results[0].payout.id).toBe(sent.body.results[0].payout.id);
    await world.reaches('succeeded', undefined, 'a');
    await world.reaches('succeeded', undefined, 'd');
    expect(world.paid()).toHaveLength(2);
  });

  test('of a thousand is taken, of more or of none is not', async () => {
    const world = await merchantWorld();
    const payouts = Array.from({ length: 1001 }, (_, n) => ({
      ...order,
      ref: `batch-${n}-${'Ё'.repeat(230)}`,
      metadata: 'Ё'.repeat(2040),
      token: `kept-token-${n}`,
    }));
    for (const bad of [payouts, [], 'all', undefined]) {
      const { status, body } = await call(world, 'POST', '/merchant/payouts', { payouts: bad ?? {} });
      expect({ status, field: body.errors[0].field }).toEqual({ status: 422, field: 'payouts' });
    }
    const { status, body } = await call(world, 'POST', '/merchant/payouts', {
      payouts: payouts.slice(0, 1000),
    });
    expect(status).toBe(200);
    expect(body.results.filter(({ ok }: { ok: boolean }) => ok)).toHaveLength(1000);
  });

  test('of which the store takes a part: the rest is told so, and the same batch again does it', async () => {
    const world = await merchantWorld();
    const batch = world.store.batch;
    let left = 2;
    world.store.batch = (statements) => {
      left -= 1;
      if (left < 0) throw new StoreError('unavailable', 'away');
      return batch(statements);
    };
    const payouts = ['a', 'b', 'c', 'd'].map((ref) => ({ ...order, ref, token: 'kept-token' }));
    const codes = async () => {
      const { status, body } = await call(world, 'POST', '/merchant/payouts', { payouts });
      expect(status).toBe(200);
      return body.results.map(
        ({ ok, problem }: { ok: boolean; problem?: { code: string } }) => ok || problem?.code,
      );
    };
    expect(await codes()).toEqual([true, true, 'store_unavailable', 'store_unavailable']);
    expect(left).toBe(-1);
    world.store.batch = batch;
    expect(await codes()).toEqual([true, true, true, true]);
  });
});

describe('cancel', () => {
  test('while the bank waits for a word; again is no error, and who asked is journaled', async () => {
    const world = await merchantWorld({ confirm: 'operator' });
    await world.pay('01');
    await world.reaches('awaiting_confirmation');
    const { payout } = await world.payout();
    const path = `/merchant/payouts/${payout.id}/cancel`;
    const first = await call(world, 'POST', path, { why: 'paid in cash' });
    expect(first).toMatchObject({ status: 202, body: { payout: { status: 'cancelling' } } });
    expect((await call(world, 'POST', path, {})).status).toBe(202);
    await world.reaches('cancelled');
    expect((await call(world, 'POST', path, {})).status).toBe(202);
    expect(world.paid()).toEqual([]);
    const word = (await world.journal()).find(({ kind }) => kind === 'word');
    expect(word?.data).toEqual({ say: 'cancel', by: 'merchant', who: 'merchant', why: 'paid in cash' });
  });

  test('before anything was started: nothing is ever sent, the limit is given back, the reference may be paid', async () => {
    const world = await merchantWorld({ limits: { perDay: 150_000 } });
    const token = await world.tokenFor('01');
    await world.bff().operator.pause({ start: true }, { who: 'anna', why: 'a wrong batch' });
    const { body } = await call(world, 'POST', '/merchant/payouts', { ...order, token });
    await world.pass(60_000);
    const cancelled = await call(world, 'POST', `/merchant/payouts/${body.payout.id}/cancel`, {});
    expect(cancelled.body.payout).toMatchObject({ status: 'cancelled', retryable: true });
    await world.bff().operator.pause({ start: false }, { who: 'anna', why: 'cleared up' });
    await world.pass(3 * 24 * 3_600_000);
    expect(world.paid()).toEqual([]);
    expect(world.alarms()).toEqual([]);
    const again = await call(world, 'POST', '/merchant/payouts', {
      ...order,
      token: await world.tokenFor('01'),
    });
    expect(again.status).toBe(202);
    await world.reaches('succeeded');
    expect(world.paid()).toHaveLength(1);
  });

  test('ends the tickets that are out: what was paid in cash is not paid again by the page that is still open', async () => {
    for (const confirm of ['operator', 'recipient'] as const) {
      const world = await merchantWorld({ confirm, operator: () => ({ name: 'anna@ops' }) });
      const ticket = await world.ticket();
      const [first, second] = [await world.tokenFor('01'), await world.tokenFor('02')];
      await world.call('POST', '/payouts', ticket, { token: first });
      await world.reaches('awaiting_confirmation');
      const { id } = (await world.payout()).payout;
      if (confirm === 'operator')
        await world.bff().operator.cancel(id, { who: 'anna@ops', why: 'paid in cash' });
      else await call(world, 'POST', `/merchant/payouts/${id}/cancel`, { why: 'paid in cash' });
      await world.reaches('cancelled');
      await world.pass(1000);
      for (const attempt of [undefined, 2]) {
        expect(await world.call('POST', '/payouts', ticket, { token: second, attempt })).toMatchObject({
          status: 401,
          body: { code: 'ticket_expired', detail: expect.stringContaining('withdrawn') },
        });
      }
      expect(await world.call('POST', '/payouts', ticket, { token: first })).toMatchObject({
        status: 202,
        body: { payout: { status: 'cancelled', error: { code: 'withdrawn' } } },
      });
      await world.pass(60_000);
      expect(world.paid()).toEqual([]);
      // A ticket that the merchant mints after that is their new word.
      const renewed = await world.call('POST', '/payouts', await world.ticket(), { token: second });
      expect(renewed).toMatchObject({ status: 202, body: { payout: { attempt: 2 } } });
    }
  });

  test("a recipient's own no ends no ticket: they may name another account", async () => {
    const world = await merchantWorld({ confirm: 'recipient' });
    const ticket = await world.ticket();
    const [first, second] = [await world.tokenFor('01'), await world.tokenFor('02')];
    await world.call('POST', '/payouts', ticket, { token: first });
    await world.reaches('awaiting_confirmation');
    const { id } = (await world.payout()).payout;
    await world.call('POST', `/payouts/${id}/cancel`, ticket, { attempt: 1 });
    await world.reaches('cancelled');
    expect((await world.call('POST', '/payouts', ticket, { token: second })).status).toBe(202);
  });

  test('at any moment of a start that is under way: it is paid, or cancelled, never both', {
    timeout: 60_000,
  }, async () => {
    for (let calls = 0; calls < 8; calls += 1) {
      const world = await merchantWorld();
      const token = await world.tokenFor('01');
      const { body } = await call(world, 'POST', '/merchant/payouts', { ...order, token });
      let seen = 0;
      let answered = 0;
      world.setNetwork(async (request, next) => {
        if (seen === calls)
          answered = (await call(world, 'POST', `/merchant/payouts/${body.payout.id}/cancel`, {})).status;
        seen += 1;
        return next(request);
      });
      const isOver = async () => ['succeeded', 'cancelled'].includes((await world.payout()).payout.status);
      await world.until(isOver);
      await world.pass(24 * 3_600_000);
      const { status } = (await world.payout()).payout;
      expect([202, 409, 0]).toContain(answered);
      expect(world.paid()).toHaveLength(status === 'succeeded' ? 1 : 0);
      if (answered === 202) expect(status).toBe('cancelled');
      expect(world.alarms()).toEqual([]);
    }
  });

  test('once it is over, or the bank works on it, is refused with the payout as it is', async () => {
    const world = await merchantWorld();
    await world.pay('01');
    await world.reaches('succeeded');
    const { payout } = await world.payout();
    const { status, body } = await call(world, 'POST', `/merchant/payouts/${payout.id}/cancel`, {});
    expect({ status, code: body.code }).toEqual({ status: 409, code: 'not_cancellable' });
    expect(body.payout).toMatchObject({ status: 'succeeded', subject: 'courier-7' });
    expect((await call(world, 'POST', '/merchant/payouts/pay_none/cancel', {})).status).toBe(404);
    const reason = await call(world, 'POST', `/merchant/payouts/${payout.id}/cancel`, { why: 'a\nb' });
    expect(reason.body.errors[0].field).toBe('why');
  });
});

describe('notices', () => {
  const telling = (statuses: number[]) => {
    const received: string[] = [];
    const notify: BffOptions['notify'] = {
      url: 'https://shop.test/hooks',
      secret: `whsec_${btoa('n'.repeat(32))}`,
      fetch: async (_, init) => {
        received.push(new Headers(init?.headers).get('webhook-id') ?? '');
        return new Response(null, { status: statuses.shift() ?? 200 });
      },
    };
    return { notify, received };
  };

  test('stand in the log with what became of them, and are sent once more on demand', async () => {
    const { notify, received } = telling(Array.from({ length: 8 }, () => 500));
    const world = await merchantWorld({ notify });
    await world.pay('01');
    await world.reaches('succeeded');
    await world.until(() => received.length > 0);
    const pending = await call(world, 'GET', '/merchant/notices?state=pending');
    expect(pending.body.notices).toMatchObject([{ type: 'payout.succeeded', httpStatus: 500 }]);
    const logged = async () => (await call(world, 'GET', '/merchant/notices')).body.notices[0];
    await world.until(async () => (await logged()).state === 'delivered', 24 * 3_600_000);
    const before = received.length;
    const { payout } = await world.payout();
    const log = await call(world, 'GET', `/merchant/notices?payoutId=${payout.id}`);
    const [notice] = log.body.notices;
    expect(notice).toMatchObject({
      payoutId: payout.id,
      state: 'delivered',
      httpStatus: 200,
      dueAt: null,
    });
    const resent = await call(world, 'POST', `/merchant/notices/${notice.id}/resend`, {});
    expect(resent).toMatchObject({ status: 202, body: { notice: { id: notice.id, state: 'pending' } } });
    // At least once: a try that the clock overtakes is made again.
    await world.until(async () => received.length > before && (await logged()).state === 'delivered');
    expect(new Set(received)).toEqual(new Set([notice.id]));
    expect((await logged()).tries).toBeGreaterThan(notice.tries);
  });

  test('come page by page, and a cursor that is none is refused', async () => {
    const { notify } = telling([]);
    const world = await merchantWorld({ notify });
    const token = await world.tokenFor('01');
    for (const ref of ['a', 'b', 'c', 'd', 'e']) {
      await call(world, 'POST', '/merchant/payouts', { ...order, ref, token });
      await world.reaches('succeeded', undefined, ref);
    }
    const seen: string[] = [];
    let cursor = '';
    do {
      const { body } = await call(world, 'GET', `/merchant/notices?limit=2${cursor}`);
      seen.push(...body.notices.map(({ id }: { id: string }) => id));
      cursor = body.next === null ? '' : `&cursor=${body.next}`;
    } while (cursor);
    expect(new Set(seen).size).toBe(5);
    for (const bad of ['cursor=x', 'cursor=W10', 'limit=0', 'limit=101', 'state=lost']) {
      const { status, body } = await call(world, 'GET', `/merchant/notices?${bad}`);
      expect({ status, field: body.errors[0].field }).toEqual({ status: 422, field: bad.split('=')[0] });
    }
  });

  test('that nobody is told of, or that are none, cannot be sent again', async () => {
    const silent = await merchantWorld();
    expect((await call(silent, 'POST', '/merchant/notices/x/resend', {})).body.code).toBe('notices_off');
    const world = await merchantWorld({ notify: telling([]).notify });
    expect((await call(world, 'POST', '/merchant/notices/x/resend', {})).body.code).toBe('notice_not_found');
  });
});
