import { describe, expect, test } from 'vitest';
import { StoreError } from '../src/store/store.js';
import { createFakeDesk } from './http-fake-desk.js';
import {
  bankThatAnswers,
  expectProblem,
  harness,
  secret,
  shop,
  ticket,
  tokenTicket,
} from './http-harness.js';

async function started(bff = harness()) {
  const own = await ticket();
  const response = await bff.post('/payouts', own, { token: 'widget-token' });
  const { payout, viewToken } = await response.json();
  return { ...bff, own, response, payout, viewToken };
}

describe('the way of a payout', () => {
  test('a recipient asks, is paid, and reads of it', async () => {
    const bff = harness();
    const own = await ticket();
    await expectProblem(await bff.get('/payouts/current', own), 404, 'payout_not_found');

    const issued = await bff.post('/public-tokens', own, {});
    expect(issued.status).toBe(201);
    expect(await issued.json()).toEqual({ publicToken: 'public-token' });

    const response = await bff.post('/payouts', own, { token: 'widget-token' });
    expect(response.status).toBe(202);
    expect(response.headers.get('cache-control')).toBe('no-store');
    expect(response.headers.get('referrer-policy')).toBe('no-referrer');
    expect(response.headers.get('access-control-allow-origin')).toBe(shop);
    const { payout, viewToken } = await response.json();
    expect(payout).toEqual({
      id: 'pay_1',
      ref: 'order-1001',
      status: 'created',
      version: 1,
      attempt: 1,
      amount: 105000,
      currency: 'RUB',
      description: 'Order 1001',
      destination: { kind: 'bank_account', masked: '40817***9535' },
      confirm: 'recipient',
      error: null,
      retryable: false,
      confirmBy: null,
      returnedAmount: 0,
      createdAt: '2026-01-12T09:00:00.000Z',
      updatedAt: '2026-01-12T09:00:00.000Z',
      finishedAt: null,
    });

    const again = await bff.get('/payouts/current', own);
    expect(again.status).toBe(200);
    expect(await again.json()).toMatchObject({ payout });
    for (const token of [viewToken, own]) {
      const read = await bff.get('/payouts/pay_1', token);
      expect(read.status).toBe(200);
      expect(await read.json()).toEqual({ payout });
    }
    expect(bff.desk.nudged).toEqual(['pay_1', 'pay_1']);
  });

  test('a card is paid by its hash', async () => {
    const bff = harness();
    const response = await bff.post('/payouts', await ticket(), { numberHash: 'hash-of-a-card' });
    expect(response.status).toBe(202);
    expect((await response.json()).payout.destination.kind).toBe('card');
  });

  test('the same token again is the same payout, another one is refused while it lives', async () => {
    const { post, own, payout } = await started();
    const same = await post('/payouts', own, { token: 'widget-token' });
    expect(same.status).toBe(202);
    expect((await same.json()).payout).toEqual(payout);
    const problem = await expectProblem(
      await post('/payouts', own, { token: 'other-token' }),
      409,
      'payout_in_progress',
    );
    expect(problem.payout?.destination.masked).toBe('40817***9535');
    expect(JSON.stringify(problem)).not.toContain('token":');
  });

  test('paid is paid, and too many accounts are too many', async () => {
    const { desk, post, own } = await started();
    desk.change('pay_1', { status: 'succeeded' });
    await expectProblem(await post('/payouts', own, { token: 'other-token' }), 409, 'payout_finished');
    desk.change('pay_1', { status: 'failed', errorCode: 'account_not_found' });
    const problem = await expectProblem(
      await post('/payouts', own, { token: 'other-token' }),
      409,
      'attempts_exhausted',
    );
    expect(problem.payout).toMatchObject({
      status: 'failed',
      retryable: true,
      error: { code: 'account_not_found' },
    });
  });

  test.each([{ amount: 1 }, { full_name: 'Petrov Petr' }, { sub: 'user-8' }])(
    'a ticket for something else under a used reference is refused: %j',
    async (change) => {
      const { post, get } = await started();
      const other = await ticket(change);
      await expectProblem(await post('/payouts', other, { token: 'widget-token' }), 409, 'ticket_mismatch');
      await expectProblem(await get('/payouts/current', other), 409, 'ticket_mismatch');
      await expectProblem(await get('/payouts/pay_1', other), 404, 'payout_not_found');
    },
  );

  test('the recipient confirms or cancels what was shown', async () => {
    for (const [word, status] of [
      ['confirm', 'confirming'],
      ['cancel', 'cancelling'],
    ]) {
      const { desk, post, own } = await started();
      const early = await expectProblem(
        await post(`/payouts/pay_1/${word}`, own, { attempt: 1 }),
        409,
        'not_confirmable',
      );
      expect(early.payout?.status).toBe('created');
      desk.change('pay_1', { status: 'awaiting_confirmation', confirmBy: Date.UTC(2026, 0, 12, 10) });
      await expectProblem(await post(`/payouts/pay_1/${word}`, own, { attempt: 2 }), 409, 'not_confirmable');
      const said = await post(`/payouts/pay_1/${word}`, own, { attempt: 1 });
      expect(said.status).toBe(202);
      expect((await said.json()).payout).toMatchObject({ status, confirmBy: '2026-01-12T10:00:00.000Z' });
    }
  });

  test('the host is told when there is work, and cannot spoil the answer', async () => {
    let told = 0;
    const bff = harness({
      afterCommit: () => {
        told += 1;
        throw new Error('no execution context');
      },
    });
    const { payout } = await started(bff);
    expect(payout.id).toBe('pay_1');
    expect(told).toBe(1);
    expect(bff.errors).toHaveLength(1);
  });
});

describe('who may do what', () => {
  test('without a ticket, or with one that is not accepted, nothing is answered', async () => {
    const bff = await started();
    const expired = await ticket({}, { clock: { now: () => Date.now() - 3600_000 } });
    const foreign = await ticket({}, { audience: 'live:shop' });
    const forged = await ticket({}, { key: { algorithm: 'HS256', key: new Uint8Array(32) } });
    const tokens = [
      [null, 'ticket_missing'],
      ['nonsense', 'ticket_invalid'],
      [forged, 'ticket_invalid'],
      [expired, 'ticket_expired'],
      [foreign, 'ticket_audience'],
    ] as const;
    for (const [token, code] of tokens) {
      const answers = [
        await bff.get('/payouts/current', token),
        await bff.post('/public-tokens', token, {}),
        await bff.post('/payouts', token, { token: 'widget-token' }),
        await bff.get('/payouts/pay_1', token),
        await bff.get('/payouts/pay_1/events', token),
        await bff.post('/payouts/pay_1/confirm', token, { attempt: 1 }),
      ];
      for (const answer of answers) {
        expect(answer.headers.get('www-authenticate')).toBe('Bearer');
        await expectProblem(answer, 401, code);
      }
    }
  });

  test('a ticket in another scheme or in the address is none', async () => {
    const { app } = harness();
    const own = await ticket();
    const basic = { headers: { authorization: `Basic ${own}` } };
    await expectProblem(await app.request('/payouts/current', basic), 401, 'ticket_missing');
    await expectProblem(await app.request(`/payouts/current?ticket=${own}`), 401, 'ticket_missing');
  });

  test('a ticket of token scope only gets public tokens', async () => {
    const { post, get } = await started();
    const token = await tokenTicket();
    expect((await post('/public-tokens', token, {})).status).toBe(201);
    await expectProblem(await post('/payouts', token, { token: 'widget-token' }), 403, 'ticket_scope');
    await expectProblem(await get('/payouts/current', token), 403, 'ticket_scope');
    await expectProblem(await get('/payouts/pay_1', token), 403, 'ticket_scope');
    await expectProblem(await post('/payouts/pay_1/cancel', token, { attempt: 1 }), 403, 'ticket_scope');
  });

  test('a view token reads its payout and does nothing else', async () => {
    const { post, get, viewToken, desk } = await started();
    const before = await desk.find('pay_1');
    for (const path of ['/public-tokens', '/payouts', '/payouts/pay_1/confirm', '/payouts/pay_1/cancel']) {
      const problem = await expectProblem(await post(path, viewToken, {}), 401, 'ticket_invalid');
      expect(problem.detail).toContain('view token');
    }
    await expectProblem(await get('/payouts/current', viewToken), 401, 'ticket_invalid');
    expect(await desk.find('pay_1')).toEqual(before);
  });

  test('a view token that was changed is no view token', async () => {
    const { get, viewToken } = await started();
    const [header, payload, signature] = viewToken.split('.');
    const other = Buffer.from(payload, 'base64url').toString().replace('pay_1', 'pay_2');
    for (const forged of [
      `${header}.${payload}.${signature.slice(0, -4)}AAAA`,
      `${header}.${Buffer.from(other).toString('base64url')}.${signature}`,
    ]) {
      await expectProblem(await get('/payouts/pay_2', forged), 401, 'view_token_invalid');
    }
  });

  test("somebody else's payout and an unknown one look the same", async () => {
    const { post, get, viewToken } = await started();
    const other = await ticket({ ref: 'order-1002', sub: 'user-8' });
    const second = await (await post('/payouts', other, { token: 'other-token' })).json();
    expect(second.payout.id).toBe('pay_2');
    const answers = [
      await get('/payouts/pay_1', other),
      await get('/payouts/pay_1', second.viewToken),
      await get('/payouts/pay_2', viewToken),
      await get('/payouts/pay_1/events', other),
      await get('/payouts/unknown', other),
      await get('/payouts/unknown/events', viewToken),
      await post('/payouts/pay_1/confirm', other, { attempt: 1 }),
      await post('/payouts/pay_1/cancel', other, { attempt: 1 }),
      await post('/payouts/unknown/cancel', other, { attempt: 1 }),
    ];
    const bodies = new Set<string>();
    for (const answer of answers) {
      bodies.add(JSON.stringify(await expectProblem(answer, 404, 'payout_not_found')));
    }
    expect(bodies.size).toBe(1);
  });
});

describe('when something we need is down', () => {
  const html = () =>
    new Response('<html>bad gateway</html>', { status: 502, headers: { 'content-type': 'text/html' } });
  const refusal = () =>
    Response.json({
      status: 'error',
      error: { code: 'invalid_request', description: 'Ivanov Ivan Ivanovich is unknown' },
    });
  const down = () => Promise.reject(new TypeError('fetch failed'));

  async function publicToken(answer: () => Response | Promise<Response>) {
    const bank = await bankThatAnswers(answer);
    const bff = harness({
      issuePublicToken: async () =>
        (await bank.token.create({ tokenize_widget: { access: true } })).public_token,
    });
    return bff.post('/public-tokens', await ticket(), {});
  }

  test('the bank answers', async () => {
    const response = await publicToken(() => Response.json({ status: 'ok', public_token: 'f'.repeat(64) }));
    expect(await response.json()).toEqual({ publicToken: 'f'.repeat(64) });
  });

  test('the bank is down', async () => {
    const response = await publicToken(down);
    expect(response.headers.get('retry-after')).toBe('5');
    await expectProblem(response, 503, 'bank_unavailable');
  });

  test('the bank answers HTML', async () => {
    const response = await publicToken(html);
    expect(response.headers.get('retry-after')).toBe('5');
    const problem = await expectProblem(response, 503, 'bank_unavailable');
    expect(JSON.stringify(problem)).not.toContain('gateway');
  });

  test('the bank answers an error with HTTP 200: only its code comes through', async () => {
    const problem = await expectProblem(await publicToken(refusal), 502, 'bank_refused');
    expect(problem.detail).toContain('invalid_request');
  });

  test('a code that is none does not come through', async () => {
    const odd = () => Response.json({ status: 'error', error: { code: 'Ivanov 40817', description: '' } });
    const problem = await expectProblem(await publicToken(odd), 502, 'bank_refused');
    expect(problem.detail).toContain('unknown_error');
  });

  test('the store is down', async () => {
    const bff = await started();
    bff.desk.failWith(new StoreError('unavailable', `cannot open /var/lib/${secret}`));
    for (const response of [
      await bff.post('/payouts', bff.own, { token: 'widget-token' }),
      await bff.get('/payouts/pay_1', bff.viewToken),
      await bff.post('/webhooks/bank131', null, '{}'),
    ]) {
      expect(response.headers.get('retry-after')).toBe('5');
      await expectProblem(response, 503, 'store_unavailable');
    }
  });

  test('a read is answered although the next look cannot be brought forward', async () => {
    const desk = createFakeDesk();
    const bff = await started(harness({}, desk));
    desk.nudge = () => Promise.reject(new StoreError('busy', 'locked'));
    expect((await bff.get('/payouts/pay_1', bff.viewToken)).status).toBe(200);
    expect(bff.errors).toHaveLength(1);
  });

  test('anything else is told to the host, and to nobody else', async () => {
    const bff = await started();
    const failure = new Error(`boom ${secret}`);
    bff.desk.failWith(failure);
    const problem = await expectProblem(
      await bff.get('/payouts/pay_1', bff.viewToken),
      500,
      'internal_error',
    );
    expect(JSON.stringify(problem)).not.toContain('boom');
    expect(bff.errors).toEqual([{ error: failure, id: problem.id }]);
    expect(bff.events).toContainEqual({ type: 'request.refused', code: 'internal_error', httpStatus: 500 });
  });

  test('listeners that throw change no answer', async () => {
    const throws = () => {
      throw new Error('listener');
    };
    const bff = harness({ onEvent: throws, onError: throws });
    bff.desk.failWith(new Error('boom'));
    await expectProblem(await bff.get('/payouts/current', await ticket()), 500, 'internal_error');
    await expectProblem(await bff.get('/payouts/current', null), 401, 'ticket_missing');
  });
});
