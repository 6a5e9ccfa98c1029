import { readFile } from 'node:fs/promises';
import { describe, expect, it } from 'vitest';
import { FIDELITY, type FidelityId, fidelityMarkdown } from '../src/fidelity/table.js';
import {
  accountEndingWith,
  cardEndingWith,
  createSandbox,
  DEFAULT_BIK,
  DEFAULT_PERSONALITY,
  DEFAULT_SETTINGS,
  type Personality,
  virtualClock,
} from '../src/index.js';
import { control } from './support/control.js';
import { type ApiVersion, type Desk, openDesk, payout } from './support/desk.js';
import { type Answer, answerOf } from './support/wire.js';

const HOUR = 3_600_000;
const DAY = 24 * HOUR;

const as = (personality: Partial<Personality>) => openDesk({ personality });
const codeOf = ({ status, error }: Answer) => (status === 'ok' ? 'ok' : error.code);

/** A session that waits for confirmation. */
async function ready(desk: Desk, version: ApiVersion = 'v2', ending = '00'): Promise<string> {
  const id = await desk.start(version, ending);
  await desk.pass(desk.sandbox.settings.processingMs);
  return id;
}

async function paid(desk: Desk, ending = '00'): Promise<string> {
  const id = await ready(desk, 'v2', ending);
  await desk.call('v2', 'session/confirm', { session_id: id });
  await desk.pass(1_000);
  return id;
}

const last = async (desk: Desk, id: string) => (await desk.status('v2', id)).payout_list[0];
const step = (desk: Desk, id: string, method: string) =>
  desk.call('v2', `session/${method}`, { session_id: id });
const rub = { amount: 100, currency: 'rub' };
const OPEN = { bik: DEFAULT_BIK, account: accountEndingWith('00') };
const WORDS = { full_name: 'Ivanov Ivan', description: 'Money transfer' };

/** `session/init/payout` to an open account, with parts of it replaced. */
const init = (desk: Desk, ru: object = {}, order: object = {}) =>
  desk.call('v2', 'session/init/payout', { ...toAccount({ ...OPEN, ...WORDS, ...ru }), ...order });
const toAccount = (ru: object) => ({
  payout_details: { type: 'bank_account', bank_account: { system_type: 'ru', ru } },
  amount_details: rub,
});
const toPhone = (ending = '00', fps: object = {}) => ({
  payout_details: {
    type: 'bank_account',
    bank_account: {
      system_type: 'faster_payment_system',
      faster_payment_system: { phone: `796800000${ending}`, bank_id: '100000000111', ...fps },
    },
  },
  amount_details: rub,
});
const tokenize = (desk: Desk, account: object = OPEN) =>
  desk.call('v1', 'tokenize', { type: 'bank_account_ru', bank_account_ru: account });
const publicToken = async (desk: Desk) =>
  (await desk.call('v1', 'token', { tokenize_widget: { access: true } })).public_token;
const typed = (desk: Desk, token: string, body: object = OPEN) =>
  desk.sandbox.fetch(
    new Request('http://bank.example/widget/api/tokenize', {
      method: 'POST',
      headers: { 'x-public-token': token },
      body: JSON.stringify(body),
    }),
  );
const get = async (desk: Desk, signedText: string) =>
  answerOf(
    await desk.send('/api/v2/fps/banks', '', { 'x-partner-sign': await desk.sign(signedText) }, 'GET'),
  );
const asset = async (desk: Desk) =>
  (await desk.sandbox.fetch(new Request('http://bank.example/widget/tokenize.js'))).text();
/** The raw webhook that comes first, with its headers. */
async function webhook(personality: Partial<Personality>, version: ApiVersion = 'v2') {
  const seen: Request[] = [];
  const desk = await openDesk({
    personality,
    fetch: async (input, init) => {
      seen.push(new Request(input, init));
      return new Response();
    },
  });
  await ready(desk, version);
  const [request] = seen;
  if (!request) throw new Error('no webhook came');
  return { request, body: await request.json() };
}

/** One proof for each line of the table: the behaviour, and what its switches make of it. */
const PROOFS: Record<FidelityId, () => Promise<void>> = {
  versions: async () => {
    const desk = await openDesk();
    for (const [version, status] of [
      ['v1', 200],
      ['v2', 200],
      ['v3', 404],
    ] as const)
      expect((await desk.send(`/api/${version}/session/create`, '{}')).status).toBe(status);
  },
  'v1-only': async () => {
    const ask = async (desk: Desk) => (await desk.send('/api/v2/wallet/balance', '{}')).status;
    expect([await ask(await openDesk()), await ask(await as({ v2Everywhere: true }))]).toEqual([404, 200]);
  },
  post: async () => {
    const desk = await openDesk();
    expect((await desk.send('/api/v2/session/create', '{}', {}, 'PUT')).status).toBe(405);
    expect((await desk.send('/api/v2/fps/banks', '[]')).status).toBe(405);
  },
  names: async () => {
    const desk = await openDesk();
    for (const [version, wrong, list] of [
      ['v1', 'payout_details', 'payments'],
      ['v2', 'payment_method', 'payout_list'],
    ] as const) {
      const order = payout(version, await desk.token());
      expect((await desk.call(version, 'session/init/payout', order)).session[list]).toHaveLength(1);
      expect(codeOf(await desk.call(version, 'session/create', { [wrong]: {} }))).toBe('invalid_request');
    }
  },
  'empty-object': async () => {
    const desk = await openDesk();
    expect(codeOf(await desk.call('v2', 'session/create', []))).toBe('ok');
    expect(codeOf(await desk.call('v2', 'session/create', { customer: [], metadata: [] }))).toBe('ok');
    const fps = await desk.call('v2', 'session/init/payout', toPhone('00', { phone: [] }));
    expect(fps.error.description).toContain('phone');
    const empty = {
      type: 'bank_account',
      bank_account: { system_type: 'faster_payment_system', faster_payment_system: [] },
    };
    const { error } = await desk.call('v2', 'session/init/payout', { payout_details: empty });
    expect(error.description).toContain('faster_payment_system.phone');
  },
  'headers-in-lower-case': async () => {
    const desk = await openDesk();
    const headers = { 'X-Partner-Idempotency-Key': 'k' };
    expect(codeOf(await desk.call('v2', 'session/create', {}, headers))).toBe('ok');
    expect(
      codeOf(await desk.call('v2', 'session/create', {}, { 'x-partner-idempotency-key': 'k' })),
    ).not.toBe('ok');
  },
  project: async () => {
    const desk = await openDesk();
    for (const project of ['', 'another'])
      expect(codeOf(await desk.call('v2', 'session/create', {}, { 'x-partner-project': project }))).toBe(
        'authorization_error',
      );
  },
  submerchant: async () => {
    const desk = await openDesk({ settings: { submerchantRequired: true } });
    expect(codeOf(await desk.call('v2', 'session/create', {}))).toBe('authorization_error');
    expect(codeOf(await desk.call('v2', 'session/create', {}, { 'x-partner-submerchant': 'm' }))).toBe('ok');
    expect(
      codeOf(await (await openDesk()).call('v2', 'session/create', {}, { 'x-partner-submerchant': 'm' })),
    ).toBe('ok');
  },
  'submerchant-not-signed': async () => {
    const desk = await openDesk();
    for (const name of ['a', 'b'])
      expect(codeOf(await desk.call('v2', 'session/create', {}, { 'x-partner-submerchant': name }))).toBe(
        'ok',
      );
  },
  signature: async () => {
    const desk = await openDesk();
    expect(codeOf(await desk.call('v2', 'session/create', {}, { 'x-partner-sign': '' }))).toBe(
      'authentication_error',
    );
    expect(
      codeOf(await desk.call('v2', 'session/create', { a: 1 }, { 'x-partner-sign': await desk.sign('{}') })),
    ).toBe('authentication_error');
    expect(await bankVector(VECTOR.signature)).toBe('ok');
    expect(await bankVector(VECTOR.signature.replace('Q+euW', 'Q+euX'))).toBe('authentication_error');
  },
  'raw-bytes': async () => {
    const desk = await openDesk();
    for (const text of ['{}\n', '  {"metadata" :\t"\\u0430\\/б"}\r\n', '[]'])
      expect(codeOf(await answerOf(await desk.send('/api/v2/session/create', text)))).toBe('ok');
  },
  'escaped-slashes': async () => {
    const desk = await openDesk();
    const text = '{"amount_details":{"amount":10000,"currency":"rub"},"metadata":{"k":"v\\/юникод"}}';
    expect(codeOf(await answerOf(await desk.send('/api/v2/session/create', text)))).toBe('ok');
    expect(desk.sandbox.sessions()[0]?.metadata).toEqual({ k: 'v/юникод' });
  },
  'get-with-brackets': async () => {
    expect(codeOf(await get(await openDesk(), '[]'))).toBe('ok');
  },
  'get-without-body': async () => {
    const both = async (emptyGet: Personality['emptyGet']) => {
      const desk = await as({ emptyGet });
      return [codeOf(await get(desk, '')), codeOf(await get(desk, '[]'))];
    };
    expect(await both('either')).toEqual(['ok', 'ok']);
    expect(await both('nothing')).toEqual(['ok', 'authentication_error']);
    expect(await both('brackets')).toEqual(['authentication_error', 'ok']);
  },
  'webhook-signature': async () => {
    const desk = await openDesk();
    await ready(desk);
    expect(desk.received.map(({ signed }) => signed)).toEqual([true]);
  },
  'key-rejects': async () => {
    const desk = await openDesk();
    const send = () => desk.send('/api/v2/session/create', '{}', { 'x-partner-idempotency-key': 'k' });
    expect((await send()).status).toBe(200);
    const again = await send();
    expect([again.status, (await answerOf(again)).error.code]).toEqual([
      400,
      'idempotency_key_already_exists',
    ]);
  },
  'key-scope': async () => {
    const again = async (desk: Desk) => {
      const key = { 'x-partner-idempotency-key': 'k' };
      const { session } = await desk.call('v2', 'session/create', {}, key);
      return codeOf(await desk.call('v2', 'session/cancel', { session_id: session.id }, key));
    };
    expect(await again(await openDesk())).toBe('idempotency_key_already_exists');
    expect(await again(await as({ keyScope: 'method' }))).toBe('ok');
  },
  'key-after-refusal': async () => {
    const again = async (desk: Desk) => {
      const key = { 'x-partner-idempotency-key': 'k' };
      await desk.call('v2', 'session/init/payout', {}, key);
      return codeOf(await desk.call('v2', 'session/create', {}, key));
    };
    expect(await again(await openDesk())).toBe('ok');
    expect(await again(await as({ keyAfterRefusal: 'used' }))).toBe('idempotency_key_already_exists');
  },
  'key-lifetime': async () => {
    const desk = await openDesk();
    const call = () => desk.call('v2', 'session/create', {}, { 'x-partner-idempotency-key': 'k' });
    await call();
    await desk.pass(300 * DAY);
    expect(codeOf(await call())).toBe('idempotency_key_already_exists');
    desk.sandbox.settings.idempotencyKeyMs = DAY;
    expect(codeOf(await call())).toBe('ok');
  },
  'public-token': async () => {
    expect(await publicToken(await openDesk())).toMatch(/^[0-9a-f]{64}$/);
  },
  'other-widgets': async () => {
    const desk = await openDesk();
    const both = {
      acquiring_widget: { session_id: 'ps_1' },
      self_employed_widget: { tax_reference: '111111111111' },
    };
    expect((await desk.call('v1', 'token', both)).public_token).toMatch(/^[0-9a-f]{64}$/);
    expect(codeOf(await desk.call('v1', 'token', []))).toBe('invalid_request');
  },
  'public-token-once': async () => {
    const desk = await openDesk();
    const token = await publicToken(desk);
    expect([(await typed(desk, token)).status, (await typed(desk, token)).status]).toEqual([200, 401]);
  },
  'public-token-lifetime': async () => {
    const desk = await openDesk();
    const token = await publicToken(desk);
    desk.sandbox.settings.publicTokenMs = HOUR;
    const short = await publicToken(desk);
    await desk.pass(HOUR);
    expect((await typed(desk, short)).status).toBe(401);
    await desk.pass(23 * HOUR - 1);
    expect((await typed(desk, token)).status).toBe(200);
  },
  'info-public-token': async () => {
    const desk = await openDesk();
    const token = await publicToken(desk);
    const ask = async () =>
      (await desk.call('v1', 'token/info', { type: 'public_token', public_token: { token } })).info;
    expect(Object.keys(await ask())).toEqual(['token', 'created_at', 'finished_at', 'is_active']);
    expect((await ask()).is_active).toBe(true);
    await typed(desk, token);
    expect((await ask()).is_active).toBe(false);
  },
  'info-card': async () => {
    const desk = await openDesk();
    const { data } = await answerOf(
      await typed(desk, await publicToken(desk), { card: { number: cardEndingWith('42') } }),
    );
    const card = { type: 'encrypted_card', encrypted_card: { number_hash: data.number_hash } };
    expect((await desk.call('v1', 'token/info', { type: 'card', card })).info).toEqual({
      number_hash: data.number_hash,
      brand: 'mir',
      last4: '0042',
      country_iso3: 'RUS',
      type: 'debit',
    });
  },
  'info-account': async () => {
    const desk = await openDesk();
    const question = { type: 'bank_account_ru', bank_account_ru: { token: await desk.token() } };
    const { info } = await desk.call('v1', 'token/info', question);
    expect(Object.keys(info)).toEqual(['created_at', 'finished_at', 'masked_account']);
    expect(info.masked_account).toBe('40817***9500');
  },
  'info-account-question': async () => {
    const ask = async (desk: Desk, type: string) =>
      codeOf(await desk.call('v1', 'token/info', { type, [type]: { token: await desk.token() } }));
    const other = await as({ accountTokenQuestion: 'bank_account' });
    const desk = await openDesk();
    expect([await ask(desk, 'bank_account_ru'), await ask(desk, 'bank_account')]).toEqual([
      'ok',
      'invalid_request',
    ]);
    expect([await ask(other, 'bank_account_ru'), await ask(other, 'bank_account')]).toEqual([
      'invalid_request',
      'ok',
    ]);
  },
  tokenize: async () => {
    const desk = await openDesk();
    expect(await tokenize(desk)).toEqual({
      status: 'ok',
      token: expect.stringMatching(/^[0-9a-f]{64}$/),
      data: { masked_account: '40817***9500' },
    });
  },
  'tokenize-repeats': async () => {
    const twice = async (desk: Desk) => {
      const first = await tokenize(desk);
      return (await tokenize(desk)).token === first.token;
    };
    expect([await twice(await openDesk()), await twice(await as({ tokenizeRepeats: true }))]).toEqual([
      false,
      true,
    ]);
  },
  'tokens-stay': async () => {
    const desk = await openDesk();
    const token = await desk.token();
    for (const _ of [1, 2])
      expect(codeOf(await desk.call('v2', 'session/init/payout', payout('v2', token)))).toBe('ok');
  },
  'account-token-lifetime': async () => {
    const desk = await openDesk();
    const pay = async (token: string) =>
      codeOf(await desk.call('v2', 'session/init/payout', payout('v2', token)));
    const token = await desk.token();
    desk.sandbox.settings.accountTokenMs = DAY;
    const short = await desk.token();
    await desk.pass(DAY);
    expect([await pay(token), await pay(short)]).toEqual(['ok', 'invalid_request']);
    await desk.pass(3 * 365 * DAY);
    expect(await pay(token)).toBe('invalid_request');
  },
  'unknown-token': async () => {
    for (const code of ['invalid_request', 'account_not_found', 'operation_rejected'] as const) {
      const desk = await as({ unknownTokenCode: code });
      expect(codeOf(await desk.call('v2', 'session/init/payout', payout('v2', 'ab'.repeat(32))))).toBe(code);
    }
    expect(DEFAULT_PERSONALITY.unknownTokenCode).toBe('invalid_request');
  },
  'widget-names': async () => {
    const usual = await asset(await openDesk());
    expect(usual).toContain('const GLOBAL = "Bank131Tokenize"');
    expect(usual).toContain('const NAME = "bank131-tokenize"');
    const other = await asset(await as({ widgetGlobal: 'Bank131Tokens', widgetContainer: 'bank131-tokens' }));
    expect(other).toContain('const GLOBAL = "Bank131Tokens"');
    expect(other).toContain('const NAME = "bank131-tokens"');
  },
  'widget-result': async () => {
    expect(await asset(await openDesk())).toContain('const CHANNEL = "both"');
    expect(await asset(await as({ widgetChannel: 'message' }))).toContain('const CHANNEL = "message"');
  },
  'widget-account': async () => {
    const desk = await openDesk();
    const account = await answerOf(await typed(desk, await publicToken(desk)));
    expect(codeOf(await desk.call('v2', 'session/init/payout', payout('v2', account.data.token)))).toBe('ok');
    const card = await answerOf(
      await typed(desk, await publicToken(desk), { card: { number: cardEndingWith('00') } }),
    );
    expect(card.data).toMatchObject({ type: 'card', number_hash: expect.stringMatching(/^[0-9a-f]{64}$/) });
  },
  amount: async () => {
    const desk = await openDesk();
    const pay = async (amount_details: object) => codeOf(await init(desk, {}, { amount_details }));
    for (const currency of ['rub', 'RUB', 'Rub']) expect(await pay({ amount: 1, currency })).toBe('ok');
    for (const amount of [0, -1, 1.5, '100', null])
      expect(await pay({ amount, currency: 'rub' })).toBe('invalid_request');
  },
  'create-optional': async () => {
    const desk = await openDesk();
    const { amount_details, ...rest } = payout('v2', await desk.token());
    const { session } = await desk.call('v2', 'session/create', { amount_details });
    const started = await desk.call('v2', 'session/start/payout', { session_id: session.id, ...rest });
    expect(started.session.payout_list[0]).toMatchObject({ amount_details });
    expect(codeOf(await desk.call('v2', 'session/init/payout', rest))).toBe('invalid_request');
  },
  'account-open': async () => {
    const desk = await openDesk();
    const whole = { inn: '500000000000', kpp: '770101001', is_fast: true };
    const { session } = await init(desk, whole);
    expect(session.payout_list[0].payout_details.bank_account.ru).toEqual({ ...OPEN, ...WORDS, ...whole });
    for (const wrong of [
      { bik: '04452597' },
      { account: '1' },
      { full_name: '' },
      { inn: '1' },
      { kpp: '1' },
    ])
      expect(codeOf(await init(desk, wrong))).toBe('invalid_request');
  },
  'account-token': async () => {
    const desk = await openDesk();
    const token = await desk.token();
    expect(codeOf(await desk.call('v2', 'session/init/payout', toAccount({ token, ...WORDS })))).toBe('ok');
    expect(codeOf(await init(desk, { token }))).toBe('invalid_request');
  },
  'description-account': async () => {
    const desk = await openDesk();
    expect(codeOf(await init(desk, { description: 'я'.repeat(210) }))).toBe('ok');
    for (const description of ['я'.repeat(211), 'Why?', 'Hey!', ''])
      expect(codeOf(await init(desk, { description }))).toBe('invalid_request');
  },
  'description-fps': async () => {
    const desk = await openDesk();
    const pay = async (description: string) =>
      codeOf(await desk.call('v2', 'session/init/payout', toPhone('00', { description })));
    expect([await pay('x'.repeat(140)), await pay('x'.repeat(141))]).toEqual(['ok', 'invalid_request']);
  },
  'account-kind': async () => {
    const account = '40101810400003869500';
    const desk = await openDesk();
    const { session } = await init(desk, { account });
    await desk.pass(1_000);
    expect(await last(desk, session.id)).toMatchObject({
      status: 'failed',
      error: { code: 'account_not_found' },
    });
    expect(codeOf(await init(await as({ accountKind: 'refused' }), { account }))).toBe('invalid_request');
  },
  'check-digit': async () => {
    const example = { bik: '044525974', account: '40817810400003869535' };
    expect(codeOf(await init(await openDesk(), example))).toBe('ok');
    const strict = await as({ checkDigits: 'refused' });
    expect(codeOf(await init(strict))).toBe('ok');
    expect(codeOf(await init(strict, { account: OPEN.account.replace(/^(.{8})./, '$17') }))).toBe(
      'invalid_request',
    );
  },
  cards: async () => {
    const desk = await openDesk();
    const { data } = await answerOf(
      await typed(desk, await publicToken(desk), { card: { number: cardEndingWith('00') } }),
    );
    for (const card of [
      { type: 'bank_card', bank_card: { number: '4242424242424242' } },
      { type: 'encrypted_card', encrypted_card: { number_hash: data.number_hash } },
      { type: 'tokenized_card', tokenized_card: { token: data.number_hash } },
    ])
      expect(
        codeOf(
          await desk.call('v2', 'session/init/payout', {
            payout_details: { type: 'card', card },
            amount_details: rub,
          }),
        ),
      ).toBe('ok');
  },
  customer: async () => {
    const desk = await openDesk();
    const people = {
      customer: { reference: 'lucky', contacts: [{ email: 'a@example.com' }] },
      participant_details: { recipient: { full_name: 'Ivanov Ivan Ivanovich' } },
    };
    expect((await init(desk, {}, people)).session.payout_list[0]).toMatchObject(people);
  },
  metadata: async () => {
    const desk = await openDesk();
    for (const metadata of ['good', 7, true, null, [], [1, { a: [] }], { a: { b: 'c/д' } }])
      expect((await init(desk, {}, { metadata })).session.payout_list[0].metadata).toEqual(metadata);
    await desk.pass(1_000);
    expect(desk.received.map(({ body }) => body.session.payout_list[0].metadata)).toContainEqual({
      a: { b: 'c/д' },
    });
  },
  fiscalization: async () => {
    const desk = await openDesk();
    const service = { name: 'Work', amount_details: rub, quantity: 1 };
    const pay = async (services: object[], tax_reference = '123456789012') => {
      const fiscalization_details = { professional_income_taxpayer: { services, tax_reference } };
      const order = { ...toAccount({ ...OPEN, ...WORDS }), fiscalization_details };
      return desk.call('v2', 'session/init/payout/fiscalization', order);
    };
    expect((await pay([service])).session.payout_list[0]).toMatchObject({
      fiscalization_details: { professional_income_taxpayer: { tax_reference: '123456789012' } },
    });
    expect(codeOf(await pay(Array(7).fill(service)))).toBe('invalid_request');
    expect(codeOf(await pay([service], '12'))).toBe('invalid_request');
    expect(codeOf(await desk.call('v2', 'session/start/payout/fiscalization', { session_id: 'ps_1' }))).toBe(
      'invalid_request',
    );
  },
  created: async () => {
    const { session } = await (await openDesk()).call('v2', 'session/create', {});
    expect(session.status).toBe('created');
    expect(session.payout_list).toBeUndefined();
  },
  started: async () => {
    const desk = await openDesk();
    const { session } = await desk.call('v2', 'session/create', {});
    const started = await desk.call('v2', 'session/start/payout', {
      session_id: session.id,
      ...payout('v2', await desk.token()),
    });
    expect(started.session).toMatchObject({
      status: 'in_progress',
      payout_list: [{ status: 'in_progress' }],
    });
  },
  init: async () => {
    expect((await init(await openDesk())).session).toMatchObject({
      status: 'in_progress',
      payout_list: [{ status: 'in_progress' }],
    });
  },
  ready: async () => {
    const desk = await openDesk();
    const session = await desk.status('v2', await ready(desk));
    expect(session).toMatchObject({
      status: 'in_progress',
      next_action: 'confirm',
      payout_list: [{ status: 'pending' }],
    });
    expect(desk.received.map(({ body }) => body.type)).toEqual(['ready_to_confirm']);
  },
  confirmed: async () => {
    const desk = await openDesk();
    const id = await ready(desk);
    const { session } = await step(desk, id, 'confirm');
    expect([session.next_action, session.payout_list[0].status]).toEqual([undefined, 'in_progress']);
    await desk.pass(1_000);
    expect(await desk.status('v2', id)).toMatchObject({
      status: 'accepted',
      payout_list: [{ status: 'succeeded' }],
    });
    expect(await last(desk, await paid(desk, '92'))).toMatchObject({ status: 'failed' });
  },
  'confirmed-status': async () => {
    const desk = await as({ confirmedPayoutStatus: 'pending' });
    const id = await ready(desk);
    expect((await step(desk, id, 'confirm')).session.payout_list[0].status).toBe('pending');
    await desk.pass(1_000);
    expect((await last(desk, id)).status).toBe('succeeded');
  },
  cancelled: async () => {
    const desk = await openDesk();
    const { session } = await desk.call('v2', 'session/create', {});
    for (const id of [session.id, await ready(desk)])
      expect((await step(desk, id, 'cancel')).session.status).toBe('cancelled');
    expect(desk.sandbox.ledger()).toEqual([]);
  },
  'cancel-while-processing': async () => {
    const desk = await openDesk();
    expect(codeOf(await step(desk, await desk.start('v2', '00'), 'cancel'))).toBe('session_wrong_state');
    const other = await as({ cancelWhileProcessing: true });
    expect((await step(other, await other.start('v2', '00'), 'cancel')).session.status).toBe('cancelled');
    await other.pass(HOUR);
    expect(other.sandbox.ledger()).toEqual([]);
  },
  'cancel-is-final': async () => {
    const moved = async (desk: Desk) => {
      expect(codeOf(await step(desk, await ready(desk), 'cancel'))).toBe('ok');
      await desk.pass(HOUR);
      return desk.sandbox.ledger().length;
    };
    expect([await moved(await openDesk()), await moved(await as({ cancelLosesRace: true }))]).toEqual([0, 1]);
  },
  'cancelled-stays': async () => {
    const late = async (desk: Desk) => {
      const { session } = await desk.call('v2', 'session/create', {});
      await step(desk, session.id, 'cancel');
      return codeOf(
        await desk.call('v2', 'session/start/payout', {
          session_id: session.id,
          ...payout('v2', await desk.token()),
        }),
      );
    };
    expect([await late(await openDesk()), await late(await as({ lateStartOnCancelled: true }))]).toEqual([
      'session_wrong_state',
      'ok',
    ]);
  },
  'auto-confirm': async () => {
    const desk = await as({ autoConfirm: true });
    const id = await desk.start('v2', '00');
    await desk.pass(2_000);
    expect((await last(desk, id)).status).toBe('succeeded');
    expect(desk.received.map(({ body }) => body.type)).toEqual(['payment_finished']);
  },
  'confirm-timeout': async () => {
    const desk = await openDesk();
    const id = await ready(desk);
    await desk.pass(HOUR);
    expect(await desk.status('v2', id)).toMatchObject({
      status: 'cancelled',
      payout_list: [{ status: 'failed', error: { code: 'confirm_timeout' } }],
    });
  },
  'confirm-patience': async () => {
    const left = async (desk: Desk, ms: number) => {
      const id = await ready(desk);
      await desk.pass(ms);
      return (await desk.status('v2', id)).next_action;
    };
    expect([await left(await openDesk(), 899_999), await left(await openDesk(), 900_000)]).toEqual([
      'confirm',
      undefined,
    ]);
    expect(await left(await openDesk({ settings: { confirmTimeoutMs: 5 } }), 5)).toBeUndefined();
  },
  'error-not-final': async () => {
    const desk = await as({ errorThenSuccess: true });
    const id = await paid(desk);
    expect((await desk.status('v2', id)).status).toBe('error');
    await desk.pass(1_000);
    expect((await desk.status('v2', id)).status).toBe('accepted');
  },
  'failed-session': async () => {
    const status = async (desk: Desk) => (await desk.status('v2', await paid(desk, '92'))).status;
    expect([
      await status(await openDesk()),
      await status(await as({ failedSessionStatus: 'accepted' })),
    ]).toEqual(['cancelled', 'accepted']);
  },
  'status-is-now': async () => {
    const seen = async (desk: Desk) => (await desk.status('v2', await ready(desk))).next_action;
    expect([await seen(await openDesk()), await seen(await as({ statusLagMs: 500 }))]).toEqual([
      'confirm',
      undefined,
    ]);
  },
  pace: async () => {
    for (const processingMs of [1_000, 20_000]) {
      const desk = await openDesk({ settings: { processingMs } });
      const id = await desk.start('v2', '00');
      await desk.pass(processingMs - 1);
      expect((await desk.status('v2', id)).next_action).toBeUndefined();
      await desk.pass(1);
      expect((await desk.status('v2', id)).next_action).toBe('confirm');
    }
    expect(DEFAULT_SETTINGS.processingMs).toBe(1_000);
  },
  'return-whole': async () => {
    const desk = await openDesk();
    const id = await paid(desk, '96');
    await desk.pass(3_000);
    const refunds = [
      expect.objectContaining({
        id: expect.stringMatching(/^rf_/),
        status: 'accepted',
        amount_details: { amount: 10_000, currency: 'rub' },
      }),
    ];
    expect(await last(desk, id)).toMatchObject({ status: 'succeeded', refunds });
    expect(desk.received.at(-1)?.body).toMatchObject({
      type: 'payment_refunded',
      session: { payout_list: [{ refunds }] },
    });
  },
  'return-in-part': async () => {
    const desk = await openDesk();
    const id = await paid(desk, '90');
    await desk.pass(3_000);
    expect(await last(desk, id)).toMatchObject({
      status: 'succeeded',
      refunds: [{ amount_details: { amount: 5_000 } }],
    });
    await control(desk.sandbox, `sessions/${id}/steps`, { step: 'return' });
    expect(await last(desk, id)).toMatchObject({ refunds: [{}, { amount_details: { amount: 5_000 } }] });
  },
  'return-fps': async () => {
    const desk = await openDesk();
    const { session } = await desk.call('v2', 'session/init/payout', toPhone('96'));
    await desk.pass(1_000);
    await step(desk, session.id, 'confirm');
    await desk.pass(HOUR);
    expect((await control(desk.sandbox, `sessions/${session.id}`)).body.steps).toEqual([]);
    expect(desk.sandbox.ledger().map(({ kind }) => kind)).toEqual(['paid']);
  },
  ids: async () => {
    const desk = await openDesk();
    const id = await paid(desk, '96');
    await desk.pass(3_000);
    expect(id).toMatch(/^ps_\d+$/);
    expect(await last(desk, id)).toMatchObject({
      id: expect.stringMatching(/^po_\d+$/),
      refunds: [{ id: expect.stringMatching(/^rf_\d+$/) }],
    });
  },
  timestamps: async () => {
    const desk = await openDesk();
    const text = JSON.stringify(await desk.status('v2', await paid(desk)));
    const moments = text.match(/"(?:created|updated|finished)_at":"[^"]*"/g) ?? [];
    expect(moments.length).toBeGreaterThanOrEqual(5);
    for (const moment of moments) expect(moment).toMatch(/"\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d\.\d{6}Z"$/);
  },
  'currency-case': async () => {
    const told = async (desk: Desk) =>
      JSON.stringify(await last(desk, await paid(desk))).match(/"currency":"(\w+)"/)?.[1];
    expect([await told(await openDesk()), await told(await as({ currencyCase: 'upper' }))]).toEqual([
      'rub',
      'RUB',
    ]);
  },
  'echo-token': async () => {
    const told = async (desk: Desk) =>
      'token' in (await last(desk, await ready(desk))).payout_details.bank_account.ru;
    expect([await told(await openDesk()), await told(await as({ echoToken: false }))]).toEqual([true, false]);
  },
  'bik-name': async () => {
    const told = async (desk: Desk) =>
      Object.keys((await init(desk)).session.payout_list[0].payout_details.bank_account.ru)[0];
    expect([await told(await openDesk()), await told(await as({ bikName: 'bic' }))]).toEqual(['bik', 'bic']);
  },
  'card-answer': async () => {
    const desk = await openDesk();
    const card = { type: 'bank_card', bank_card: { number: '4242424242424242' } };
    const { session } = await desk.call('v2', 'session/init/payout', {
      payout_details: { type: 'card', card },
      amount_details: rub,
    });
    expect(session.payout_list[0].payout_details.card).toEqual({
      brand: 'visa',
      last4: '4242',
      bin: '424242',
    });
  },
  fees: async () => {
    const desk = await openDesk({ settings: { feeBasisPoints: 150 } });
    const money = (amount: number) => ({ amount, currency: 'rub' });
    expect(await last(desk, await paid(desk))).toMatchObject({
      amounts: { net: money(10_000), gross: money(10_150), fee: { merchant_fee: money(150) } },
    });
    const plain = await openDesk();
    expect(await last(plain, await paid(plain))).not.toHaveProperty('amounts');
  },
  actions: async () => {
    const desk = await openDesk();
    const until = new Date(desk.clock.now() + 1_000 + 900_000).toISOString().replace('Z', '000Z');
    expect(await desk.status('v2', await ready(desk))).toMatchObject({ actions: { confirm: until } });
    const other = await as({ actions: false });
    expect(await other.status('v2', await ready(other))).not.toHaveProperty('actions');
  },
  'payout-error': async () => {
    const desk = await openDesk();
    const { error } = await last(desk, await ready(desk, 'v2', '91'));
    expect(error).toEqual({ code: 'account_not_found', description: expect.stringMatching(/\w/) });
  },
  envelope: async () => {
    const { request, body } = await webhook({});
    expect([request.method, request.headers.get('content-type')]).toEqual(['POST', 'application/json']);
    expect(Object.keys(body)).toEqual(['type', 'session']);
  },
  'until-200': async () => {
    const desk = await openDesk();
    desk.answers.push(500, 404, null, 200);
    await desk.start('v2', '91');
    await desk.pass(HOUR);
    const [first = 0, second = 0, third = 0, fourth = 0] = desk.received.map(({ at }) => at);
    expect(desk.received).toHaveLength(4);
    expect(third - second).toBeGreaterThan(second - first);
    expect(fourth - third).toBeGreaterThan(third - second);
  },
  intervals: async () => {
    const waits = async (desk: Desk) => {
      desk.answers.push(...Array(8).fill(500));
      await desk.start('v2', '91');
      await desk.pass(HOUR);
      const times = desk.received.map(({ at }) => at);
      return times.slice(1).map((at, index) => (at - (times[index] ?? 0)) / 1_000);
    };
    expect(await waits(await openDesk())).toEqual([1, 2, 4, 8, 16, 32, 60, 60]);
    const settings = { webhookFirstWaitMs: 3_000, webhookLongestWaitMs: 7_000 };
    expect(await waits(await openDesk({ settings }))).toEqual([3, 6, 7, 7, 7, 7, 7, 7]);
  },
  'other-2xx': async () => {
    const deliveries = async (desk: Desk) => {
      desk.answers.push(202);
      await ready(desk);
      await desk.pass(10_000);
      return desk.received.length;
    };
    expect([await deliveries(await openDesk()), await deliveries(await as({ webhookWants: '2xx' }))]).toEqual(
      [2, 1],
    );
  },
  'receiver-patience': async () => {
    for (const webhookTimeoutMs of [10_000, 3_000]) {
      let calls = 0;
      const desk = await openDesk({
        settings: { webhookTimeoutMs },
        fetch: (_, init) =>
          new Promise((_resolve, reject) => {
            calls += 1;
            init?.signal?.addEventListener('abort', () => reject(new Error('aborted')));
          }),
      });
      const told = () => desk.events.filter(({ kind }) => kind === 'webhook');
      await desk.start('v2', '91');
      await desk.clock.advance(1_000, () => expect.poll(() => calls, { timeout: 45_000 }).toBe(1));
      await desk.clock.advance(webhookTimeoutMs - 1);
      expect(told()).toEqual([]);
      await desk.clock.advance(1);
      await desk.sandbox.idle();
      expect(told()).toMatchObject([{ error: 'timeout', ms: webhookTimeoutMs }]);
      desk.sandbox.close();
    }
    expect(DEFAULT_SETTINGS.webhookTimeoutMs).toBe(10_000);
  },
  'webhooks-off': async () => {
    const desk = await openDesk({ settings: { webhooks: false } });
    const id = await ready(desk);
    expect(desk.received).toEqual([]);
    expect((await desk.status('v2', id)).next_action).toBe('confirm');
  },
  'webhook-version': async () => {
    for (const [webhookVersion, version, list] of [
      ['call', 'v1', 'payments'],
      ['call', 'v2', 'payout_list'],
      ['v1', 'v2', 'payments'],
      ['v2', 'v1', 'payout_list'],
    ] as const)
      expect((await webhook({ webhookVersion }, version)).body.session).toHaveProperty(list);
  },
  'webhook-project': async () => {
    const told = async (personality: Partial<Personality>) =>
      (await webhook(personality)).request.headers.get('x-partner-project');
    expect([await told({}), await told({ webhookProject: true })]).toEqual([null, 'shop']);
  },
  'webhook-on-cancel': async () => {
    const told = async (desk: Desk) => {
      await step(desk, await ready(desk), 'cancel');
      await desk.sandbox.idle();
      return desk.received.map(({ body }) => body.type);
    };
    expect(await told(await openDesk())).toEqual(['ready_to_confirm', 'payment_finished']);
    expect(await told(await as({ webhookOnCancel: false }))).toEqual(['ready_to_confirm']);
  },
  'error-shape': async () => {
    expect(await (await openDesk()).call('v2', 'session/status', {})).toEqual({
      status: 'error',
      error: { code: 'invalid_request', description: expect.stringContaining('session_id') },
    });
  },
  'refusal-status': async () => {
    const http = async (desk: Desk) => (await desk.send('/api/v2/session/status', '{}')).status;
    expect([await http(await openDesk()), await http(await as({ refusalHttpStatus: 422 }))]).toEqual([
      200, 422,
    ]);
  },
  'wrong-state': async () => {
    const desk = await openDesk();
    const id = await desk.start('v2', '00');
    expect(codeOf(await step(desk, id, 'confirm'))).toBe('session_wrong_state');
    expect(desk.events.at(-1)).toMatchObject({
      hint: expect.stringContaining('session in_progress, payout in_progress'),
    });
  },
  'invalid-request': async () => {
    const desk = await openDesk();
    expect(codeOf(await answerOf(await desk.send('/api/v2/session/create', '{')))).toBe('invalid_request');
  },
  'operation-rejected': async () => {
    const desk = await openDesk();
    expect(codeOf(await init(desk, { account: accountEndingWith('95') }))).toBe('operation_rejected');
  },
  'unknown-session': async () => {
    for (const code of ['invalid_request', 'session_wrong_state', 'identification_error'] as const)
      expect(codeOf(await step(await as({ unknownSessionCode: code }), 'ps_1', 'status'))).toBe(code);
    expect(DEFAULT_PERSONALITY.unknownSessionCode).toBe('invalid_request');
  },
  balance: async () => {
    const desk = await openDesk({ settings: { walletBalance: 50_000 } });
    const balance = async () =>
      (await desk.call('v1', 'wallet/balance', {})).wallets[0].amount_details.amount;
    const id = await paid(desk);
    expect(await balance()).toBe(40_000);
    await control(desk.sandbox, `sessions/${id}/steps`, { step: 'return', amount: 3_000 });
    expect(await balance()).toBe(43_000);
  },
  'balance-too-low': async () => {
    const desk = await openDesk({ settings: { walletBalance: 9_999 } });
    expect((await last(desk, await ready(desk))).error.code).toBe('insufficient_wallet_balance');
  },
  'balance-fails': async () => {
    const pay = async (personality: Partial<Personality>) =>
      codeOf(await init(await openDesk({ settings: { walletBalance: 1 }, personality })));
    expect([await pay({}), await pay({ lowBalance: 'refused' })]).toEqual([
      'ok',
      'insufficient_wallet_balance',
    ]);
  },
  'balance-question': async () => {
    const desk = await openDesk();
    const ask = async (request_datetime: string) =>
      codeOf(await desk.call('v1', 'wallet/balance', { request_datetime }));
    expect([await ask('2024-05-27T02:03:00+00:00'), await ask('yesterday')]).toEqual([
      'ok',
      'invalid_request',
    ]);
  },
  'fps-banks': async () => {
    const { banks } = await get(await openDesk(), '[]');
    for (const bank of banks) expect(Object.keys(bank)).toEqual(['id', 'eng_name', 'ru_name']);
    expect(banks.length).toBeGreaterThan(2);
  },
  'fps-payout': async () => {
    const desk = await openDesk();
    const { session } = await desk.call('v2', 'session/init/payout', toPhone());
    await desk.pass(1_000);
    await step(desk, session.id, 'confirm');
    await desk.pass(1_000);
    expect(desk.sandbox.ledger()).toMatchObject([{ kind: 'paid', masked_phone: '79680***0000' }]);
  },
  'fps-check': async () => {
    const desk = await openDesk();
    const check = async (phone: string) => {
      const faster_payment_system_verification = { phone, bank_id: '100000000069' };
      const bank_account = {
        system_type: 'faster_payment_system_verification',
        faster_payment_system_verification,
      };
      const recipient = { first_name: 'Ivan', last_name: 'Ivanov', middle_name: 'Ivanovich' };
      const order = {
        payout_details: { type: 'bank_account', bank_account },
        participant_details: { recipient },
      };
      const { session } = await desk.call('v2', 'fps/customer_verification', order);
      expect(session.payout_list[0]).toEqual({
        id: expect.stringMatching(/^po_/),
        status: 'in_progress',
        created_at: expect.any(String),
        ...order,
      });
      await desk.pass(1_000);
      return (await last(desk, session.id)).status;
    };
    expect([await check('79261234567'), await check('79261234591')]).toEqual(['succeeded', 'failed']);
    expect(desk.sandbox.ledger()).toEqual([]);
  },
};

/** The bank's own test vector (SDK): a body, its signature, and the key that made it. */
const VECTOR: { body: string; signature: string; public_key_pem: string } = JSON.parse(
  await readFile(new URL('./fixtures/signature.vector.json', import.meta.url), 'utf8'),
);

async function bankVector(signature: string): Promise<string> {
  const sandbox = createSandbox({
    project: 'shop',
    partnerPublicKey: VECTOR.public_key_pem,
    bankPrivateKey: async () => new Uint8Array(8),
    clock: virtualClock(),
  });
  const headers = { 'x-partner-project': 'shop', 'x-partner-sign': signature };
  const answer = await sandbox.fetch(
    new Request('http://bank.example/api/v2/session/create', { method: 'POST', headers, body: VECTOR.body }),
  );
  return codeOf(await answerOf(answer));
}

describe('what the sandbox does as a bank', () => {
  it.each(FIDELITY)('$id: $what', ({ id }) => PROOFS[id]());
});

describe('the table', () => {
  const switches = FIDELITY.flatMap((row) => [...row.switches]);

  it('has a switch for each assumption, and no switch that is not there', () => {
    const { personality: _, ...settings } = DEFAULT_SETTINGS;
    const there = [...Object.keys(settings), ...Object.keys(DEFAULT_PERSONALITY)];
    expect(switches.filter((name) => !there.includes(name))).toEqual([]);
    expect(FIDELITY.filter(({ basis, switches: has }) => basis === 'assumed' && has.length === 0)).toEqual(
      [],
    );
  });

  it('names every personality', () => {
    expect(Object.keys(DEFAULT_PERSONALITY).filter((name) => !switches.includes(name))).toEqual([]);
  });

  it('names each behaviour once', () => {
    const ids = FIDELITY.map(({ id }) => id);
    expect(new Set(ids).size).toBe(ids.length);
  });

  it('is what docs/sandbox-fidelity.md says', async () => {
    const doc = await readFile(new URL('../../../docs/sandbox-fidelity.md', import.meta.url), 'utf8');
    const plain = (text: string) =>
      text.replaceAll(/-{2,}/g, '-').replaceAll(/ +/g, ' ').replaceAll('| |', '||');
    for (const line of fidelityMarkdown().split('\n')) expect(plain(doc)).toContain(plain(line).trim());
    const rows = doc.split('\n').filter((line) => /^\| `/.test(line));
    expect(rows).toHaveLength(FIDELITY.length);
  });
});
