import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import {
  type Bank131,
  type Bank131Error,
  BankError,
  createBank131,
  destination,
  ResponseError,
  TransportError,
} from '../../src/index.js';
import { type BankServer, inTurn, json, type Respond, raw, startBankServer } from '../support/bank-server.js';
import { clientOf, sessionBody } from '../support/client.js';
import { rejection } from '../support/errors.js';
import { fixture } from '../support/fixtures.js';
import { rsa } from '../support/keys.js';

let server: BankServer;
beforeAll(async () => {
  server = await startBankServer();
});
afterAll(() => server.close());

const session = { session_id: 'ps_3230' };
const payout = {
  payout_details: destination.accountToken({ token: 'abc', full_name: 'Ivanov', description: 'Payout' }),
  amount_details: { amount: 1, currency: 'RUB' },
};
const busy = (headers = {}) => raw('<html>', 503, { 'content-type': 'text/html', ...headers });
const bankFault = json({ status: 'error', error: { code: 'internal_error', description: 'fault' } });
const refused = json({ status: 'error', error: { code: 'invalid_request', description: 'no' } }, 400);
const reset: Respond = (response) => response.socket?.resetAndDestroy();
const cut = raw('{"status":', 200, {});

type Call = (bank: Bank131) => Promise<unknown>;

const safe: [string, Call, unknown][] = [
  ['token', (bank) => bank.token.create({ tokenize_widget: { access: true } }), fixture('token.response.ok')],
  [
    'token/info',
    (bank) => bank.token.info({ type: 'public_token', public_token: { token: 'abc' } }),
    { status: 'ok', info: {} },
  ],
  [
    'tokenize',
    (bank) =>
      bank.tokenize({
        type: 'bank_account_ru',
        bank_account_ru: { bik: '049205131', account: '40702810200000000025' },
      }),
    fixture('tokenize.bank_account_ru.response'),
  ],
  ['wallet/balance', (bank) => bank.wallet.balance(), fixture('wallet-balance.response')],
  ['session/create', (bank) => bank.session.create(), sessionBody()],
  ['session/status', (bank) => bank.session.status(session), sessionBody()],
];

const unsafe: [string, Call][] = [
  ['session/init/payout', (bank) => bank.session.initPayout(payout)],
  ['session/start/payout', (bank) => bank.session.startPayout({ ...session, ...payout })],
  ['session/confirm', (bank) => bank.session.confirm(session)],
  ['session/cancel', (bank) => bank.session.cancel(session)],
];

describe.each(safe)('%s', (_, call, answer) => {
  it('is repeated after what passes', async () => {
    for (const trouble of [busy(), busy(), bankFault, reset, json({ error: { code: 'new' } }, 429)]) {
      server.answer(inTurn(trouble, json(answer)));
      await call(clientOf(server.api));
      expect(server.received).toHaveLength(2);
      expect(server.received[1]?.bytes).toEqual(server.received[0]?.bytes);
    }
  });

  it('is not repeated for ever', async () => {
    server.answer(busy());
    await rejection(call(clientOf(server.api)), ResponseError);
    expect(server.received).toHaveLength(3);
  });

  it('is not repeated after what stays', async () => {
    server.answer(refused);
    await rejection(call(clientOf(server.api)), BankError);
    server.answer(cut);
    await rejection(call(clientOf(server.api)), ResponseError);
    expect(server.received).toHaveLength(1);
  });
});

describe.each(unsafe)('%s', (_, call) => {
  it('is sent once, whatever happens', async () => {
    const respondings: [Respond, new (...parameters: never[]) => Bank131Error][] = [
      [busy({ 'retry-after': '0' }), ResponseError],
      [bankFault, BankError],
      [reset, TransportError],
      [cut, ResponseError],
      [raw('', 308, { location: '/elsewhere' }), ResponseError],
    ];
    for (const [respond, kind] of respondings) {
      server.answer(respond);
      await rejection(call(clientOf(server.api)), kind);
      expect(server.received).toHaveLength(1);
    }
    const arrived = new AbortController();
    server.answer(() => arrived.abort());
    const fetchUntilItArrived: typeof fetch = (input, init) =>
      fetch(input, { ...init, signal: arrived.signal });
    await rejection(call(clientOf(server.api, { fetch: fetchUntilItArrived })), TransportError);
    expect(server.received).toHaveLength(1);
  });
});

describe('between tries', () => {
  const waits = async (respond: Respond, options: Parameters<typeof clientOf>[1] = {}) => {
    server.answer(respond);
    const bank = clientOf(server.api, options);
    await bank.session.status(session).catch(() => {});
    return bank.waits;
  };

  it('waits longer each time, up to a limit, by chance', async () => {
    expect(await waits(busy(), { retry: { attempts: 5 } })).toEqual([125, 250, 500, 1000]);
    expect(await waits(busy(), { retry: { attempts: 4, baseDelay: 100, maxDelay: 150 } })).toEqual([
      50, 75, 75,
    ]);
    expect(await waits(busy(), { retry: { attempts: 3, random: () => 0 } })).toEqual([0, 0]);
    expect(await waits(busy(), { retry: { attempts: 1 } })).toEqual([]);
  });

  it('waits as long as the bank asks, in seconds or until a date', async () => {
    expect(await waits(inTurn(busy({ 'retry-after': '7' }), json(sessionBody())))).toEqual([7125]);
    const now = () => Date.UTC(2024, 4, 27, 2, 3);
    const date = (headers: string) => inTurn(busy({ 'retry-after': headers }), json(sessionBody()));
    expect(await waits(date('Mon, 27 May 2024 02:03:20 GMT'), { now })).toEqual([20125]);
    expect(await waits(date('Mon, 27 May 2024 02:00:00 GMT'), { now })).toEqual([125]);
    expect(await waits(date('soon'), { now })).toEqual([125]);
    const faultAndWait = json({ error: { code: 'internal_error' } }, 500, { 'retry-after': '2' });
    expect(await waits(inTurn(faultAndWait, json(sessionBody())))).toEqual([2125]);
  });

  it('does not wait for longer than it may: the error tells how long', async () => {
    server.answer(busy({ 'retry-after': '3600' }));
    const bank = clientOf(server.api);
    expect(await rejection(bank.session.status(session), ResponseError)).toMatchObject({
      retryAfter: 3_600_000,
    });
    expect(bank.waits).toEqual([]);
    expect(server.received).toHaveLength(1);
  });

  it('takes a fresh idempotency key, if there is one', async () => {
    server.answer(inTurn(busy(), busy(), json(sessionBody())));
    await clientOf(server.api).session.create({}, { idempotencyKey: 'payout-1:create' });
    expect(server.received.map(({ headers }) => headers['x-partner-idempotency-key'])).toEqual([
      'payout-1:create',
      'payout-1:create.2',
      'payout-1:create.3',
    ]);
  });

  it('stops when the caller gives up', async () => {
    server.answer(busy());
    const controller = new AbortController();
    const sleep = async () => controller.abort();
    const call = clientOf(server.api, { retry: { sleep } }).session.status(session, {
      signal: controller.signal,
    });
    expect(await rejection(call, TransportError)).toMatchObject({ reason: 'aborted', outcome: 'unknown' });
    expect(server.received).toHaveLength(1);
  });

  it('really waits, by default, until time is over or the caller gives up', async () => {
    const bank = (baseDelay: number) =>
      createBank131({
        environment: { api: server.api },
        project: 'p',
        privateKey: rsa.pkcs8,
        bankPublicKeys: [rsa.spki],
        retry: { random: () => 1, baseDelay },
      });
    server.answer(inTurn(busy(), json(sessionBody())));
    await bank(5).session.status(session);
    expect(server.received).toHaveLength(2);

    const controller = new AbortController();
    server.answer((response, received, count) => {
      busy()(response, received, count);
      setTimeout(() => controller.abort(), 20);
    });
    const call = bank(60_000).session.status(session, { signal: controller.signal });
    expect(await rejection(call, TransportError)).toMatchObject({ reason: 'aborted' });
  });
});
