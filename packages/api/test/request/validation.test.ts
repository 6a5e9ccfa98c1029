import fc from 'fast-check';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { z } from 'zod';
import {
  accountPrefixes,
  type Bank131,
  type ConfirmRequest,
  type CreateSessionRequest,
  type confirmRequestSchema,
  type createSessionRequestSchema,
  destination,
  destinationSchema,
  type InitPayoutRequest,
  type initPayoutRequestSchema,
  RequestError,
  requestAmountSchema,
  type StartPayoutRequest,
  type startPayoutRequestSchema,
  type TokenInfoRequest,
  type TokenRequest,
  type tokenInfoRequestSchema,
  type tokenRequestSchema,
} from '../../src/index.js';
import { type BankServer, startBankServer } from '../support/bank-server.js';
import { clientOf } from '../support/client.js';
import { rejection } from '../support/errors.js';

let server: BankServer;
beforeAll(async () => {
  server = await startBankServer();
});
afterAll(() => server.close());

const rub = { amount: 10000, currency: 'RUB' };
const account = {
  bik: '044525974',
  account: '40817810400003869535',
  full_name: 'Ivanov',
  description: 'Payout',
};
const fps = { phone: '79680000000', bank_id: '100000000069', description: 'Payout' };
const token = { token: 'abc', full_name: 'Ivanov', description: 'Payout' };

/** A client whose types do not stand in the way of a wrong request. */
const send = (method: (bank: Bank131) => unknown, request: unknown): Promise<unknown> => {
  const bank = clientOf(server.api);
  const call = method(bank);
  if (typeof call !== 'function') throw new Error('no method');
  return Promise.resolve(Reflect.apply(call, bank, [request]));
};

const start = (bank: Bank131) => bank.session.startPayout;
const init = (bank: Bank131) => bank.session.initPayout;
const create = (bank: Bank131) => bank.session.create;
const confirm = (bank: Bank131) => bank.session.confirm;
const status = (bank: Bank131) => bank.session.status;
const publicToken = (bank: Bank131) => bank.token.create;
const tokenInfo = (bank: Bank131) => bank.token.info;
const tokenize = (bank: Bank131) => bank.tokenize;
const balance = (bank: Bank131) => bank.wallet.balance;

const to = (payout_details: unknown, amount_details: unknown = rub) => ({ payout_details, amount_details });
const ru = (change: object) =>
  to({ type: 'bank_account', bank_account: { system_type: 'ru', ru: { ...account, ...change } } });
const phone = (change: object) =>
  to({
    type: 'bank_account',
    bank_account: { system_type: 'faster_payment_system', faster_payment_system: { ...fps, ...change } },
  });
const inRu = 'payout_details.bank_account.ru.';
const inFps = 'payout_details.bank_account.faster_payment_system.';

type Wrong = [string, (bank: Bank131) => unknown, unknown, string, RegExp];

const wrong: Wrong[] = [
  ['no request', init, undefined, '', /missing: give an object/],
  [
    'no destination',
    init,
    { amount_details: rub },
    'payout_details',
    /missing: give an object|bank_account or card/,
  ],
  [
    'no amount',
    init,
    { payout_details: destination.account(account) },
    'amount_details',
    /missing: give an object/,
  ],
  [
    'the name of v1',
    create,
    { payment_method: destination.account(account) },
    'payment_method',
    /write payout_details/,
  ],
  [
    'another kind of destination',
    init,
    to({ type: 'wallet' }),
    'payout_details.type',
    /bank_account or card/,
  ],
  [
    'another kind of account',
    init,
    to({ type: 'bank_account', bank_account: { system_type: 'iban' } }),
    'payout_details.bank_account.system_type',
    /ru or faster_payment_system/,
  ],
  [
    'an open card',
    init,
    to({ type: 'card', card: { type: 'bank_card', bank_card: {} } }),
    'payout_details.card.type',
    /open card numbers are not taken/,
  ],
  [
    'a card without its hash',
    init,
    to({ type: 'card', card: { type: 'encrypted_card', encrypted_card: {} } }),
    'payout_details.card.encrypted_card.number_hash',
    /missing: give a string/,
  ],
  [
    'a description of 211 characters',
    init,
    ru({ description: 'x'.repeat(211) }),
    `${inRu}description`,
    /at most 210 characters: shorten it/,
  ],
  ['a question', init, ru({ description: 'Paid?' }), `${inRu}description`, /must not contain \? or !/],
  ['an exclamation', init, ru({ description: 'Paid!' }), `${inRu}description`, /must not contain \? or !/],
  ['an empty description', init, ru({ description: '  ' }), `${inRu}description`, /purpose of the payment/],
  ['no name', init, ru({ full_name: '' }), `${inRu}full_name`, /full name of the recipient/],
  ['a short BIK', init, ru({ bik: '04452597' }), `${inRu}bik`, /9 digits/],
  ['a short account', init, ru({ account: '4081781040000386953' }), `${inRu}account`, /20 digits/],
  [
    'an account of another kind',
    init,
    ru({ account: '40817840400003869535' }),
    `${inRu}account`,
    /must begin with one of 40817810/,
  ],
  ['token and numbers', init, ru({ token: 'abc' }), `${inRu}token`, /either the token or the two numbers/],
  ['neither token nor BIK', init, ru({ bik: undefined }), `${inRu}bik`, /give bik and account, or a token/],
  [
    'neither token nor account',
    init,
    ru({ account: undefined }),
    `${inRu}account`,
    /give bik and account, or a token/,
  ],
  [
    'a token with a space',
    init,
    to(destination.accountToken({ ...token, token: 'a b' })),
    `${inRu}token`,
    /as the bank gave it/,
  ],
  ['a wrong INN', init, ru({ inn: '12345678901' }), `${inRu}inn`, /10 or 12 digits/],
  ['a wrong KPP', init, ru({ kpp: '1' }), `${inRu}kpp`, /9 digits/],
  ['a phone with signs', init, phone({ phone: '+7 968 000-00-00' }), `${inFps}phone`, /digits only/],
  ['a bank by name', init, phone({ bank_id: 'Sber' }), `${inFps}bank_id`, /digits/],
  [
    'a description of 141 characters by phone',
    init,
    phone({ description: 'x'.repeat(141) }),
    `${inFps}description`,
    /at most 140 characters/,
  ],
  [
    'nothing to pay',
    init,
    to(destination.account(account), { amount: 0, currency: 'RUB' }),
    'amount_details.amount',
    /more than 0/,
  ],
  [
    'less than nothing',
    init,
    to(destination.account(account), { amount: -1, currency: 'RUB' }),
    'amount_details.amount',
    /more than 0/,
  ],
  [
    'roubles and kopecks',
    init,
    to(destination.account(account), { amount: 99.5, currency: 'RUB' }),
    'amount_details.amount',
    /whole number of minor units/,
  ],
  [
    'too much for a number',
    init,
    to(destination.account(account), { amount: 2 ** 53, currency: 'RUB' }),
    'amount_details.amount',
    /whole number of minor units/,
  ],
  [
    'an amount as text',
    init,
    to(destination.account(account), { amount: '10000', currency: 'RUB' }),
    'amount_details.amount',
    /must be a number/,
  ],
  [
    'a sign for a currency',
    init,
    to(destination.account(account), { amount: 1, currency: '₽' }),
    'amount_details.currency',
    /three letters of ISO 4217/,
  ],
  [
    'dollars to an account',
    init,
    to(destination.account(account), { amount: 1, currency: 'USD' }),
    'amount_details.currency',
    /must be RUB/,
  ],
  [
    'dollars by phone',
    start,
    { session_id: 'ps_1', ...to(destination.fps(fps), { amount: 1, currency: 'usd' }) },
    'amount_details.currency',
    /must be RUB/,
  ],
  ['no session', start, to(destination.account(account)), 'session_id', /missing: give a string/],
  ['an empty session', confirm, { session_id: '' }, 'session_id', /as the bank gave it/],
  ['nothing', status, undefined, '', /missing: give an object/],
  ['a customer without reference', create, { customer: {} }, 'customer.reference', /missing/],
  ['no JSON', create, { metadata: 1n }, '', /cannot be written as JSON/],
  ['no widget', publicToken, {}, '', /names no widget/],
  [
    'a number for the access',
    publicToken,
    { tokenize_widget: { access: 1 } },
    'tokenize_widget.access',
    /must be a boolean/,
  ],
  [
    'a relative URL',
    publicToken,
    { acquiring_widget: { session_id: 'ps_1', success_return_url: '/ok' } },
    'acquiring_widget.success_return_url',
    /full URL/,
  ],
  [
    'a short INN of a person',
    publicToken,
    { self_employed_widget: { tax_reference: '1' } },
    'self_employed_widget.tax_reference',
    /12 digits/,
  ],
  ['an unknown token', tokenInfo, { type: 'iban' }, 'type', /must say card, public_token/],
  [
    'a card by number',
    tokenInfo,
    { type: 'card', card: { type: 'bank_card' } },
    'card.type',
    /encrypted_card/,
  ],
  [
    'a short account',
    tokenize,
    { type: 'bank_account_ru', bank_account_ru: { bik: '044525974', account: '1' } },
    'bank_account_ru.account',
    /20 digits/,
  ],
  ['a moment without offset', balance, { request_datetime: '2024-05-27' }, 'request_datetime', /ISO 8601/],
];

describe('a request that breaks a rule', () => {
  it.each(wrong)(
    '%s: names field, problem and way out, and is not sent',
    async (_, method, request, path, message) => {
      const error = await rejection(send(method, request), RequestError);
      expect(error).toMatchObject({ name: 'RequestError', method: expect.any(String) });
      const issue = error.issues.find((issue) => issue.path === path);
      expect(issue?.message, JSON.stringify(error.issues)).toMatch(message);
      expect(error.message).toContain(issue?.message);
      expect(server.received).toHaveLength(0);
    },
  );

  it('names everything that is wrong at once', async () => {
    const bad = ru({ bik: '1', account: '2', full_name: '', description: '?' });
    const error = await rejection(
      send(init, { ...bad, amount_details: { amount: 0, currency: '' } }),
      RequestError,
    );
    expect(error.issues.map(({ path }) => path).toSorted()).toEqual(
      [
        `${inRu}bik`,
        `${inRu}account`,
        `${inRu}full_name`,
        `${inRu}description`,
        'amount_details.amount',
        'amount_details.currency',
      ].toSorted(),
    );
  });
});

describe('a request that keeps the rules', () => {
  const valid = (payout_details: unknown) => destinationSchema.safeParse(payout_details).success;

  it('may use each account prefix, and no other', () => {
    for (const prefix of accountPrefixes)
      expect(valid(destination.account({ ...account, account: `${prefix}400003869535` }))).toBe(true);
    const numbers = fc
      .stringMatching(/^\d{20}$/)
      .filter((text) => !accountPrefixes.some((prefix) => text.startsWith(prefix)));
    fc.assert(fc.property(numbers, (text) => !valid(destination.account({ ...account, account: text }))));
  });

  it('may say anything in 210 characters without ? and !', () => {
    const text = fc.string({ unit: 'grapheme', minLength: 1, maxLength: 260 });
    fc.assert(
      fc.property(text, (description) => {
        const kept = description.trim();
        const allowed = kept.length > 0 && kept.length <= 210 && !/[?!]/.test(kept);
        expect(valid(destination.accountToken({ ...token, description }))).toBe(allowed);
      }),
    );
  });

  it('may have any positive safe integer and any case of the currency', () => {
    fc.assert(
      fc.property(
        fc.integer({ min: 1, max: Number.MAX_SAFE_INTEGER }),
        fc.stringMatching(/^[A-Za-z]{3}$/),
        (amount, currency) => {
          expect(requestAmountSchema.parse({ amount, currency })).toEqual({
            amount,
            currency: currency.toLowerCase(),
          });
        },
      ),
    );
  });

  it('may be as long as the rules allow', () => {
    expect(
      valid(
        destination.account({
          ...account,
          description: 'я'.repeat(210),
          inn: '500000000000',
          kpp: '770101001',
          is_fast: true,
        }),
      ),
    ).toBe(true);
    expect(valid(destination.fps({ ...fps, description: 'я'.repeat(140) }))).toBe(true);
    expect(
      valid(
        destination.fps({ ...fps, phone: '0070009210197', bank_id: '100000000197', description: 'Why?' }),
      ),
    ).toBe(true);
    expect(valid(destination.cardHash({ number_hash: 'h', security_code_hash: 's' }))).toBe(true);
    expect(valid(destination.cardToken({ token: 't' }))).toBe(true);
  });

  it('has the type its schema checks', () => {
    const checks = [
      (request: Plain<CreateSessionRequest>): z.input<typeof createSessionRequestSchema> => request,
      (request: Plain<InitPayoutRequest>): z.input<typeof initPayoutRequestSchema> => request,
      (request: Plain<StartPayoutRequest>): z.input<typeof startPayoutRequestSchema> => request,
      (request: Plain<ConfirmRequest>): z.input<typeof confirmRequestSchema> => request,
      (request: Plain<TokenRequest>): z.input<typeof tokenRequestSchema> => request,
      (request: Plain<TokenInfoRequest>): z.input<typeof tokenInfoRequestSchema> => request,
    ];
    expect(checks).toHaveLength(6);
  });
});

/** The same type without the names of its interfaces, which a type with an index signature would not take. */
type Plain<T> = T extends object ? { [Field in keyof T]: Plain<T[Field]> } : T;
