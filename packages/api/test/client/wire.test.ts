import { verify } from 'node:crypto';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { type ApiVersion, type Bank131, destination } from '../../src/index.js';
import { type BankServer, json, startBankServer } from '../support/bank-server.js';
import { clientOf, sessionBody } from '../support/client.js';
import { fixture, fixtureText } from '../support/fixtures.js';
import { rsa } from '../support/keys.js';

let server: BankServer;
beforeAll(async () => {
  server = await startBankServer();
});
afterAll(() => server.close());

const accountToken = '3f03ee2580046153bb0aa859558e7ada10d3835270fdb4c4b70961239d37f31d';
const rub = (amount: number) => ({ amount, currency: 'RUB' });
const toAccountToken = {
  session_id: 'ps_3230',
  payout_details: destination.accountToken({
    token: accountToken,
    full_name: 'Ivanov Ivan Ivanovich',
    description: 'Money transfer',
  }),
  amount_details: rub(10000),
  metadata: 'good',
};
const toAccount = {
  session_id: 'ps_3230',
  payout_details: destination.account({
    bik: '044525974',
    account: '40817810400003869535',
    full_name: 'Ivanov Ivan Ivanovich',
    description: 'Wire for agreement № 5015553111 Ivanov Ivan Ivanovich VAT exempt',
  }),
  amount_details: rub(10000),
  metadata: 'good',
};
const toPhone = {
  payout_details: destination.fps({
    phone: '79680000000',
    bank_id: '100000000069',
    description: 'Wire for agreement № 5015553111 Ivanov Ivan Ivanovich VAT exempt',
  }),
  amount_details: rub(30000),
  metadata: 'good',
};
const toCard = (payout_details: ReturnType<typeof destination.cardHash>) => ({
  session_id: 'ps_3230',
  payout_details,
  amount_details: { amount: 10000, currency: 'usd' },
  participant_details: { recipient: { full_name: 'Ivanov Ivan Ivanovich' } },
  customer: { reference: 'lucky' },
});

interface Case {
  what: string;
  call: (bank: Bank131) => Promise<unknown>;
  path: string;
  answer: unknown;
  body: unknown;
}

const unversioned: Case[] = [
  {
    what: 'token for the tokenization widget',
    call: (bank) => bank.token.create({ tokenize_widget: { access: true } }),
    path: '/api/v1/token',
    answer: fixture('token.response.ok'),
    body: fixture('token.tokenize_widget.request'),
  },
  {
    what: 'token for the payment form',
    call: (bank) =>
      bank.token.create({
        acquiring_widget: {
          session_id: 'ps_123456',
          show_recurrent_checkbox: true,
          success_return_url: 'https://shop.example/ok',
          failure_return_url: 'https://shop.example/fail',
        },
      }),
    path: '/api/v1/token',
    answer: fixture('token.response.ok'),
    body: fixture('token.acquiring_widget.request'),
  },
  {
    what: 'token for the self-employed widget',
    call: (bank) => bank.token.create({ self_employed_widget: { tax_reference: '111111111111' } }),
    path: '/api/v1/token',
    answer: fixture('token.response.ok'),
    body: fixture('token.self_employed_widget.request'),
  },
  {
    what: 'token for several widgets at once',
    call: (bank) =>
      bank.token.create({
        tokenize_widget: { access: true },
        self_employed_widget: { tax_reference: '111111111111' },
      }),
    path: '/api/v1/token',
    answer: fixture('token.response.ok'),
    body: { tokenize_widget: { access: true }, self_employed_widget: { tax_reference: '111111111111' } },
  },
  {
    what: 'token/info for a card',
    call: (bank) =>
      bank.token.info({
        type: 'card',
        card: { type: 'encrypted_card', encrypted_card: { number_hash: 'card_number_hash' } },
      }),
    path: '/api/v1/token/info',
    answer: { status: 'ok', info: { number_hash: 'card_number_hash', brand: 'visa', last4: '4242' } },
    body: fixture('token-info.card.request'),
  },
  {
    what: 'token/info for a public token',
    call: (bank) => bank.token.info({ type: 'public_token', public_token: { token: 'your_token' } }),
    path: '/api/v1/token/info',
    answer: fixture('token-info.sibling.subscription_token.response'),
    body: fixture('token-info.public_token.request'),
  },
  {
    what: 'token/info for a recurrent token',
    call: (bank) => bank.token.info({ type: 'recurrent_token', recurrent_token: { token: 'your_token' } }),
    path: '/api/v1/token/info',
    answer: { status: 'ok', info: { token: 'your_token', is_active: true, initiator: 'merchant' } },
    body: { type: 'recurrent_token', recurrent_token: { token: 'your_token' } },
  },
  {
    what: 'token/info for an account (inferred)',
    call: (bank) => bank.token.info({ type: 'bank_account_ru', bank_account_ru: { token: accountToken } }),
    path: '/api/v1/token/info',
    answer: {
      status: 'ok',
      info: { masked_account: '40817***9535', created_at: '2024-05-27T02:03:00+00:00' },
    },
    body: { type: 'bank_account_ru', bank_account_ru: { token: accountToken } },
  },
  {
    what: 'tokenize',
    call: (bank) =>
      bank.tokenize({
        type: 'bank_account_ru',
        bank_account_ru: { bik: '049205131', account: '40702810200000000025' },
      }),
    path: '/api/v1/tokenize',
    answer: fixture('tokenize.bank_account_ru.response'),
    body: fixture('tokenize.bank_account_ru.request'),
  },
  {
    what: 'wallet/balance at a given moment',
    call: (bank) => bank.wallet.balance({ request_datetime: '2024-05-27T02:03:00+00:00' }),
    path: '/api/v1/wallet/balance',
    answer: fixture('wallet-balance.response'),
    body: { request_datetime: '2024-05-27T02:03:00+00:00' },
  },
];

function sessionCases(version: ApiVersion): Case[] {
  const details = version === 'v1' ? 'payment_method' : 'payout_details';
  const inNames = ({ payout_details, ...rest }: { payout_details: unknown }) => ({
    ...rest,
    [details]: payout_details,
  });
  const inRub = <Request extends object>(request: Request, amount: number) => ({
    ...request,
    amount_details: { amount, currency: 'rub' },
  });
  const answer = sessionBody();
  const card = destination.cardHash({ number_hash: 'number_hash_here' });
  const cardToken = destination.cardToken({ token: 'card_token' });
  const { session_id, ...initByToken } = toAccountToken;
  const { session_id: _, ...wholeCreate } = toAccount;
  const path = (method: string) => `/api/${version}/${method}`;
  const start = path('session/start/payout');

  return [
    {
      what: 'create with nothing',
      call: (bank) => bank.session.create(),
      path: path('session/create'),
      answer,
      body: {},
    },
    {
      what: 'create with metadata',
      call: (bank) => bank.session.create({ metadata: 'good' }),
      path: path('session/create'),
      answer,
      body: fixture('session-create.request'),
    },
    {
      what: 'create with the whole payout',
      call: (bank) => bank.session.create(wholeCreate),
      path: path('session/create'),
      answer,
      body: inRub(inNames(wholeCreate), 10000),
    },
    {
      what: 'start to an account by token',
      call: (bank) => bank.session.startPayout(toAccountToken),
      path: start,
      answer,
      body: fixture(
        version === 'v1'
          ? 'session-start-payout.v1.bank_account_token.request'
          : 'session-start-payout.v2.bank_account_token.request.INFERRED',
      ),
    },
    {
      what: 'start to an account by its numbers',
      call: (bank) => bank.session.startPayout(toAccount),
      path: start,
      answer,
      body:
        version === 'v1'
          ? fixture('session-start-payout.v1.bank_account_open.request')
          : inRub(inNames(toAccount), 10000),
    },
    {
      what: 'start to a card by hash',
      call: (bank) => bank.session.startPayout(toCard(card)),
      path: start,
      answer,
      body: inNames(toCard(card)),
    },
    {
      what: 'start to a card by token',
      call: (bank) => bank.session.startPayout(toCard(cardToken)),
      path: start,
      answer,
      body: inNames(toCard(cardToken)),
    },
    {
      what: 'start with nothing that create was told already',
      call: (bank) => bank.session.startPayout({ session_id }),
      path: start,
      answer,
      body: { session_id },
    },
    {
      what: 'init by phone',
      call: (bank) => bank.session.initPayout(toPhone),
      path: path('session/init/payout'),
      answer,
      body: version === 'v1' ? fixture('session-init-payout.v1.fps.request') : inRub(inNames(toPhone), 30000),
    },
    {
      what: 'init to an account by token',
      call: (bank) => bank.session.initPayout(initByToken),
      path: path('session/init/payout'),
      answer,
      body: inRub(inNames(initByToken), 10000),
    },
    {
      what: 'confirm',
      call: (bank) => bank.session.confirm({ session_id }),
      path: path('session/confirm'),
      answer,
      body: { session_id },
    },
    {
      what: 'confirm with the information of the webhook, untouched',
      call: (bank) =>
        bank.session.confirm({
          session_id,
          confirm_information: {
            transfer_details: { payout_details: { type: 'x' }, amount: [] },
            exchanges: [],
          },
        }),
      path: path('session/confirm'),
      answer,
      body: {
        session_id,
        confirm_information: {
          transfer_details: { payout_details: { type: 'x' }, amount: [] },
          exchanges: [],
        },
      },
    },
    {
      what: 'cancel',
      call: (bank) => bank.session.cancel({ session_id }),
      path: path('session/cancel'),
      answer,
      body: { session_id },
    },
    {
      what: 'status',
      call: (bank) => bank.session.status({ session_id }),
      path: path('session/status'),
      answer,
      body: { session_id },
    },
  ];
}

describe.each(['v1', 'v2'] as const)('on the wire, sessions in %s', (apiVersion) => {
  it.each([...unversioned, ...sessionCases(apiVersion)])('$what', async ({ call, path, answer, body }) => {
    server.answer(json(answer));
    await call(clientOf(server.api, { apiVersion }));

    expect(server.received).toHaveLength(1);
    const [request] = server.received;
    expect(request).toMatchObject({
      method: 'POST',
      path,
      headers: {
        'content-type': 'application/json',
        accept: 'application/json',
        'x-partner-project': 'test_project',
        'content-length': String(request?.bytes.length),
      },
    });
    expect(request?.headers).not.toHaveProperty('x-partner-submerchant');
    expect(request?.headers).not.toHaveProperty('x-partner-idempotency-key');
    expect(JSON.parse(String(request?.bytes))).toEqual(body);
    const signature = Buffer.from(String(request?.headers['x-partner-sign']), 'base64');
    expect(verify('sha256', request?.bytes ?? Buffer.alloc(0), rsa.publicKey, signature)).toBe(true);
  });
});

describe('on the wire', () => {
  it('writes the very bytes of the bank’s SDK where it writes the same request', async () => {
    const lines = fixtureText('sdk-wire-bodies.txt').split('\n');
    const bodyOf = (label: string) => lines.find((line) => line.startsWith(`${label}\t`))?.split('\t')[1];
    const bytesOf = async (call: (bank: Bank131) => Promise<unknown>, answer: unknown) => {
      server.answer(json(answer));
      await call(clientOf(server.api));
      return String(server.received[0]?.bytes);
    };
    const token = fixture('token.response.ok');
    expect(await bytesOf((bank) => bank.token.create({ tokenize_widget: { access: true } }), token)).toBe(
      bodyOf('POST api/v1/token tokenize'),
    );
    expect(await bytesOf((bank) => bank.session.confirm({ session_id: 'ps_3230' }), sessionBody())).toBe(
      bodyOf('POST api/v2/session/confirm'),
    );
    expect(await bytesOf((bank) => bank.session.status({ session_id: 'ps_3230' }), sessionBody())).toBe(
      bodyOf('POST api/v2/session/cancel | status'),
    );
    expect(
      await bytesOf((bank) => bank.wallet.balance({ request_datetime: '2024-05-27T02:03:00+00:00' }), {
        status: 'ok',
        wallets: [],
      }),
    ).toBe(bodyOf('POST api/v1/wallet/balance'));
  });

  it('speaks v2 unless told otherwise', async () => {
    server.answer(json(sessionBody()));
    await clientOf(server.api).session.create();
    expect(server.received[0]?.path).toBe('/api/v2/session/create');
  });

  it('dates a balance by the clock it is given', async () => {
    server.answer(json(fixture('wallet-balance.response')));
    const balance = await clientOf(server.api, { now: () => Date.UTC(2024, 4, 27, 2, 3) }).wallet.balance();
    expect(JSON.parse(String(server.received[0]?.bytes))).toEqual({
      request_datetime: '2024-05-27T02:03:00+00:00',
    });
    expect(balance.wallets).toEqual([{ id: '131', amount_details: { amount: 13100, currency: 'RUB' } }]);
  });

  it('sends the idempotency key and the submerchant as headers, outside of the signature', async () => {
    server.answer(json(sessionBody()));
    const bank = clientOf(server.api, { submerchant: 'payer-7' });
    await bank.session.startPayout(toAccountToken, { idempotencyKey: 'payout-1:1:start' });
    expect(server.received[0]?.headers).toMatchObject({
      'x-partner-idempotency-key': 'payout-1:1:start',
      'x-partner-submerchant': 'payer-7',
    });
    expect(bank.submerchant).toBe('payer-7');
  });

  it('asks about an account token in the shape it is given', async () => {
    server.answer(json({ status: 'ok', info: { masked_account: '40817***9535' } }));
    const bank = clientOf(server.api, {
      inferred: { accountTokenInfo: (token) => ({ type: 'account', account: { value: token } }) },
    });
    const info = await bank.token.info({ type: 'bank_account_ru', bank_account_ru: { token: accountToken } });
    expect(JSON.parse(String(server.received[0]?.bytes))).toEqual({
      type: 'account',
      account: { value: accountToken },
    });
    expect(info.masked_account).toBe('40817***9535');
  });

  it('keeps a prefix of the address, for a proxy', async () => {
    server.answer(json(sessionBody()));
    await clientOf(`${server.api}/egress/bank/`).session.create();
    expect(server.received[0]?.path).toBe('/egress/bank/api/v2/session/create');
  });

  it('signs with a key that never leaves its vault', async () => {
    server.answer(json(sessionBody()));
    const bodies: string[] = [];
    const privateKey = async (bytes: Uint8Array) => {
      bodies.push(Buffer.from(bytes).toString());
      return Uint8Array.of(1, 2, 3);
    };
    await clientOf(server.api, { privateKey }).session.create({ metadata: { name: 'Иван 👋', path: 'a/b' } });
    expect(bodies).toEqual([String(server.received[0]?.bytes)]);
    expect(server.received[0]?.headers['x-partner-sign']).toBe('AQID');
  });
});
