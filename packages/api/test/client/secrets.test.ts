import { inspect } from 'node:util';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import {
  type Bank131,
  type Bank131Error,
  BankError,
  destination,
  RequestError,
  ResponseError,
  TransportError,
} from '../../src/index.js';
import { type BankServer, json, type Respond, raw, startBankServer } from '../support/bank-server.js';
import { clientOf } from '../support/client.js';
import { rejection } from '../support/errors.js';
import { rsa } from '../support/keys.js';

let server: BankServer;
beforeAll(async () => {
  server = await startBankServer();
});
afterAll(() => server.close());

const token = '3f03ee2580046153bb0aa859558e7ada10d3835270fdb4c4b70961239d37f31d';
const account = '40817810400003869535';
const name = 'Ivanov Ivan Ivanovich';
const secrets = [
  token,
  account,
  'Ivanov',
  'Ivanovich',
  'Salary-of-May',
  '79680000000',
  rsa.pkcs8.slice(40, 100),
];

const details = { full_name: name, description: 'Salary-of-May' };
const amount_details = { amount: 10000, currency: 'RUB' };
const byToken = { payout_details: destination.accountToken({ token, ...details }), amount_details };
const byAccount = {
  payout_details: destination.account({ account, bik: '044525974', ...details, inn: '500000000000' }),
  amount_details,
  customer: { reference: 'x', contacts: [{ phone: '79680000000' }] },
};

const chatty = `${name}, token ${token}, account ${account} (4081 7810 4000 0386 9535), phone 79680000000: Salary-of-May`;

function expectNoSecrets(error: Error): void {
  const shown = [
    error.message,
    String(error),
    JSON.stringify(error),
    inspect(error, { depth: 9, showHidden: true }),
  ];
  for (const secret of secrets) for (const text of shown) expect(text).not.toContain(secret);
  expect(error.cause).toBeUndefined();
}

describe('errors never tell', () => {
  const calls: [string, (bank: Bank131) => Promise<unknown>][] = [
    ['an account token', (bank) => bank.session.initPayout(byToken)],
    ['an account number', (bank) => bank.session.initPayout(byAccount)],
  ];

  const answers: [string, Respond, new (...parameters: never[]) => Bank131Error][] = [
    [
      'an error that repeats it',
      json({ status: 'error', error: { code: 'account_not_found', description: chatty } }),
      BankError,
    ],
    [
      'an error code that repeats it',
      json({ status: 'error', error: { code: account, description: '' } }),
      BankError,
    ],
    ['a page that repeats it', raw(`<html>${chatty}`, 502, { 'content-type': 'text/html' }), ResponseError],
    [
      'an answer of a wrong shape',
      json({ status: 'ok', session: { id: 7, full_name: chatty } }),
      ResponseError,
    ],
    [
      'a strange media type',
      raw(chatty, 500, { 'content-type': `text/${account}; ${token}` }),
      ResponseError,
    ],
    ['a broken connection', (response) => response.socket?.resetAndDestroy(), TransportError],
  ];

  describe.each(calls)('%s', (_, call) => {
    it.each(answers)('after %s', async (_what, respond, kind) => {
      server.answer(respond);
      expectNoSecrets(await rejection(call(clientOf(server.api)), kind));
    });

    it('after a fetch that tells everything in its error', async () => {
      const fetch = async () => {
        throw new TypeError(chatty, { cause: Object.assign(new Error(chatty), { code: account }) });
      };
      expectNoSecrets(await rejection(call(clientOf(server.api, { fetch })), TransportError));
    });
  });

  it('what is wrong with a request', async () => {
    const bank = clientOf(server.api);
    const wrong = destination.account({
      ...details,
      account: `${account}0`,
      bik: account,
      full_name: '',
      description: `${name}?`,
    });
    const error = await rejection(
      bank.session.initPayout({ ...byAccount, payout_details: wrong }),
      RequestError,
    );
    expect(error.issues).toHaveLength(4);
    expectNoSecrets(error);
  });

  it('keys, through the client', () => {
    const shown =
      inspect(clientOf(server.api), { depth: 9, showHidden: true }) + JSON.stringify(clientOf(server.api));
    expect(shown).not.toContain(rsa.pkcs8.slice(40, 100));
  });
});

describe('the words of the bank', () => {
  it('stay readable where they tell nothing', async () => {
    const description = 'Recipient Ivanov: account 40817810400003869535 is closed since 2024, see ps_1694821';
    server.answer(json({ status: 'error', error: { code: 'account_not_found', description } }));
    const error = await rejection(clientOf(server.api).session.initPayout(byToken), BankError);
    expect(error.description).toBe('Recipient …: account … is closed since 2024, see ps_1694821');
  });

  it('are cut', async () => {
    server.answer(
      json({ status: 'error', error: { code: 'x'.repeat(1000), description: 'no '.repeat(1000) } }),
    );
    const error = await rejection(clientOf(server.api).session.initPayout(byToken), BankError);
    expect(error.code).toHaveLength(100);
    expect(error.description).toHaveLength(300);
  });
});
