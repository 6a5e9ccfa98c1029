import { describe, expect, it } from 'vitest';
import { accountEndingWith, DEFAULT_BIK } from '../src/index.js';
import { type Desk, openDesk, payout } from './support/desk.js';
import { answerOf } from './support/wire.js';

describe('wrong state', () => {
  const code = async (desk: Desk, method: string, session_id: string) =>
    (await desk.call('v2', method, { session_id })).error?.code;

  it('a session is confirmed and cancelled only when it waits for that', async () => {
    const desk = await openDesk();
    const { session } = await desk.call('v2', 'session/create', {});
    expect(await code(desk, 'session/confirm', session.id)).toBe('session_wrong_state');
    const id = await desk.start('v2', '00');
    expect(await code(desk, 'session/confirm', id)).toBe('session_wrong_state');
    expect(await code(desk, 'session/cancel', id)).toBe('session_wrong_state');
    await desk.pass(1_000);
    expect(await code(desk, 'session/confirm', id)).toBeUndefined();
    expect(await code(desk, 'session/confirm', id)).toBe('session_wrong_state');
    expect(await code(desk, 'session/cancel', id)).toBe('session_wrong_state');
    await desk.pass(1_000);
    expect(await code(desk, 'session/confirm', id)).toBe('session_wrong_state');
    expect(await code(desk, 'session/cancel', id)).toBe('session_wrong_state');
    expect(desk.sandbox.ledger()).toHaveLength(1);
  });

  it('a session is started once', async () => {
    const desk = await openDesk();
    const session_id = await desk.start('v2', '00');
    const again = { session_id, ...payout('v2', await desk.token()) };
    expect((await desk.call('v2', 'session/start/payout', again)).error.code).toBe('session_wrong_state');
    expect((await desk.status('v2', session_id)).payout_list).toHaveLength(1);
  });

  it('a cancelled session is not started', async () => {
    const desk = await openDesk();
    const { session } = await desk.call('v2', 'session/create', {});
    expect((await desk.call('v2', 'session/cancel', { session_id: session.id })).session.status).toBe(
      'cancelled',
    );
    const late = { session_id: session.id, ...payout('v2', await desk.token()) };
    expect((await desk.call('v2', 'session/start/payout', late)).error.code).toBe('session_wrong_state');
    expect(await code(desk, 'session/cancel', session.id)).toBe('session_wrong_state');
  });

  it('an unknown session is an invalid request', async () => {
    const desk = await openDesk();
    expect(await code(desk, 'session/status', 'ps_1')).toBe('invalid_request');
    expect(await code(desk, 'session/status', 'x')).toBe('invalid_request');
  });
});

describe('an idempotency key', () => {
  it('is good for one call', async () => {
    const desk = await openDesk();
    const headers = { 'x-partner-idempotency-key': 'k1' };
    expect((await desk.call('v2', 'session/create', {}, headers)).status).toBe('ok');
    const answer = await desk.send('/api/v2/session/create', '{}', headers);
    expect(answer.status).toBe(400);
    expect((await answerOf(answer)).error.code).toBe('idempotency_key_already_exists');
    expect(desk.sandbox.sessions()).toHaveLength(1);
  });

  it('is not used up by a call that was never taken up', async () => {
    const desk = await openDesk();
    const headers = { 'x-partner-idempotency-key': 'k1' };
    const { session } = await desk.call('v2', 'session/create', {});
    const start = async (order: object) =>
      desk.call('v2', 'session/start/payout', { session_id: session.id, ...order }, headers);
    expect((await start({})).error.code).toBe('invalid_request');
    const order = payout('v2', await desk.token());
    expect((await start(order)).status).toBe('ok');
    expect((await start(order)).error.code).toBe('idempotency_key_already_exists');
  });

  it('does not stop anybody from asking', async () => {
    const desk = await openDesk();
    const { session } = await desk.call('v2', 'session/create', {});
    const headers = { 'x-partner-idempotency-key': 'k1' };
    for (const _ of [1, 2]) {
      expect((await desk.call('v2', 'session/status', { session_id: session.id }, headers)).status).toBe(
        'ok',
      );
    }
  });
});

describe('bad input', () => {
  const open = { bik: DEFAULT_BIK, account: accountEndingWith('00') };
  const words = { full_name: 'Ivanov Ivan', description: 'Money transfer' };
  const to = (ru: object) => ({
    payout_details: { type: 'bank_account', bank_account: { system_type: 'ru', ru } },
    amount_details: { amount: 100, currency: 'rub' },
  });
  const amount = (amount_details: unknown) => ({ ...to({ ...open, ...words }), amount_details });

  it.each<[string, object, string]>([
    ['no destination', { amount_details: { amount: 1, currency: 'rub' } }, 'payout_details'],
    ['a type that is not paid out to', { payout_details: { type: 'tax' } }, 'payout_details.type'],
    [
      'a system that is not known',
      { payout_details: { type: 'bank_account', bank_account: { system_type: 'iban' } } },
      'system_type',
    ],
    ['an empty PHP list', { payout_details: [] }, 'payout_details.type'],
    ['a BIK that is short', to({ ...words, ...open, bik: '04452597' }), 'bik'],
    ['an account that is short', to({ ...words, ...open, account: '4081781040000386953' }), 'account'],
    ['numbers that are numbers', to({ ...words, bik: 44_525_974, account: open.account }), 'bik'],
    ['a token nobody knows', to({ ...words, token: 'ab'.repeat(32) }), 'token'],
    ['a token and numbers', to({ ...words, ...open, token: 'ab'.repeat(32) }), 'not both'],
    ['no name', to({ ...open, description: 'x' }), 'full_name'],
    ['an empty name', to({ ...open, ...words, full_name: ' ' }), 'full_name'],
    ['no description', to({ ...open, full_name: 'Ivanov' }), 'description'],
    ['a description of 211', to({ ...open, ...words, description: 'x'.repeat(211) }), '210'],
    ['a question', to({ ...open, ...words, description: 'Why?' }), '? or !'],
    ['a shout', to({ ...open, ...words, description: 'Hey!' }), '? or !'],
    ['no amount', { payout_details: to({ ...open, ...words }).payout_details }, 'amount_details'],
    ['amount 0', amount({ amount: 0, currency: 'rub' }), 'amount'],
    ['a negative amount', amount({ amount: -1, currency: 'rub' }), 'amount'],
    ['roubles with a fraction', amount({ amount: 1.5, currency: 'rub' }), 'amount'],
    ['an amount as text', amount({ amount: '100', currency: 'rub' }), 'amount'],
    ['dollars', amount({ amount: 100, currency: 'usd' }), 'currency'],
    ['no currency', amount({ amount: 100 }), 'currency'],
    [
      'a card that is none',
      {
        payout_details: {
          type: 'card',
          card: { type: 'bank_card', bank_card: { number: '4242424242424243' } },
        },
      },
      'number',
    ],
    [
      'a hash nobody knows',
      {
        payout_details: {
          type: 'card',
          card: { type: 'encrypted_card', encrypted_card: { number_hash: 'x' } },
        },
      },
      'number_hash',
    ],
  ])('%s is refused by name', async (_, body, field) => {
    const desk = await openDesk();
    const answer = await desk.send('/api/v2/session/init/payout', JSON.stringify(body));
    expect(answer.status).toBe(200);
    const { error } = await answerOf(answer);
    expect(error.code).toBe('invalid_request');
    expect(error.description).toContain(field);
    expect(error.description).not.toMatch(/\d{16}/);
    expect(desk.sandbox.sessions()).toEqual([]);
  });

  it('a description of 210 and any spelling of RUB are fine', async () => {
    const desk = await openDesk();
    const body = {
      ...to({ ...open, ...words, description: 'я'.repeat(210) }),
      amount_details: { amount: 1, currency: 'RuB' },
    };
    expect((await desk.call('v2', 'session/init/payout', body)).status).toBe('ok');
  });

  it.each(['', '"text"', '7', 'null', '[1]'].map((text) => [text]))(
    'a body %j names no session',
    async (text) => {
      const desk = await openDesk();
      const { status, error } = await answerOf(await desk.send('/api/v2/session/start/payout', text));
      expect([status, error.code]).toEqual(['error', 'invalid_request']);
    },
  );

  it.each(['{', '\u{feff}{}', '{"a":1}x'].map((text) => [text]))('a body %j is not JSON', async (text) => {
    const desk = await openDesk();
    expect((await answerOf(await desk.send('/api/v2/session/create', text))).error.code).toBe(
      'invalid_request',
    );
  });

  it('a body without end is not read', async () => {
    const desk = await openDesk();
    const answer = await desk.send(
      '/api/v2/session/create',
      JSON.stringify({ metadata: 'x'.repeat(70_000) }),
    );
    expect(answer.status).toBe(413);
  });
});

describe('versions', () => {
  it.each([
    ['v1', 'payout_details'],
    ['v2', 'payment_method'],
  ] as const)('%s does not take %s', async (version, wrong) => {
    const desk = await openDesk();
    const right = payout(version, await desk.token());
    for (const method of ['session/create', 'session/init/payout']) {
      const { error } = await desk.call(version, method, { ...right, [wrong]: {} });
      expect(error.code).toBe('invalid_request');
      expect(error.description).toContain(wrong);
    }
  });

  it.each([
    ['/api/v1/session/explode', 'POST', 404],
    ['/api/v1/constructor', 'POST', 404],
    ['/api/v2/token', 'POST', 404],
    ['/api/v3/session/create', 'POST', 404],
    ['/api/v1/session/create', 'GET', 405],
    ['/nowhere', 'POST', 404],
  ])('%s by %s is %i, in words', async (path, verb, http) => {
    const desk = await openDesk();
    const answer = await desk.send(path, '{}', {}, verb);
    expect(answer.status).toBe(http);
    expect((await answerOf(answer)).error.description.length).toBeGreaterThan(10);
  });
});
