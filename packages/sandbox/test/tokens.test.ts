import { expect, it } from 'vitest';
import { accountEndingWith, DEFAULT_BIK } from '../src/index.js';
import { openDesk } from './support/desk.js';

it('tokenize gives a token and a mask, as documented', async () => {
  const desk = await openDesk();
  const bank_account_ru = { bik: '049205131', account: '40702810200000000025' };
  expect(await desk.call('v1', 'tokenize', { type: 'bank_account_ru', bank_account_ru })).toEqual({
    status: 'ok',
    token: expect.stringMatching(/^[0-9a-f]{64}$/),
    data: { masked_account: '40702***0025' },
  });
});

it.each([
  [{}, 'type'],
  [{ type: 'card' }, 'type'],
  [{ type: 'bank_account_ru' }, 'bank_account_ru'],
  [{ type: 'bank_account_ru', bank_account_ru: { bik: DEFAULT_BIK, account: '4' } }, 'account'],
])('tokenize refuses %j', async (body, field) => {
  const desk = await openDesk();
  const { error } = await desk.call('v1', 'tokenize', body);
  expect(error).toEqual({ code: 'invalid_request', description: expect.stringContaining(field) });
});

it('token/info of an account token tells its mask', async () => {
  const desk = await openDesk();
  const token = await desk.token('35');
  const { info } = await desk.call('v1', 'token/info', {
    type: 'bank_account_ru',
    bank_account_ru: { token },
  });
  expect(info).toEqual({
    created_at: expect.any(String),
    finished_at: expect.any(String),
    masked_account: '40817***9535',
  });
});

it('token/info of a public token tells whether it still works', async () => {
  const desk = await openDesk();
  const { public_token } = await desk.call('v1', 'token', { tokenize_widget: { access: true } });
  const info = async () =>
    (await desk.call('v1', 'token/info', { type: 'public_token', public_token: { token: public_token } }))
      .info;
  expect(await info()).toMatchObject({ token: public_token, is_active: true });
  await desk.pass(24 * 3_600_000);
  expect(await info()).toMatchObject({ is_active: false });
});

it('token/info of a card hash tells the card', async () => {
  const desk = await openDesk();
  const { public_token } = await desk.call('v1', 'token', { tokenize_widget: { access: true } });
  const typed = await desk.sandbox.fetch(
    new Request('http://bank.example/widget/api/tokenize', {
      method: 'POST',
      headers: { 'x-public-token': public_token },
      body: JSON.stringify({
        card: { number: '4242424242424242', expiration_month: '01', expiration_year: '30' },
      }),
    }),
  );
  const { data } = await typed.json();
  expect(data).toEqual({ type: 'card', number_hash: expect.any(String), last4: '4242', brand: 'visa' });
  const encrypted_card = { number_hash: data.number_hash };
  const asked = { type: 'card', card: { type: 'encrypted_card', encrypted_card } };
  expect((await desk.call('v1', 'token/info', asked)).info).toMatchObject({ brand: 'visa', last4: '4242' });
  const order = {
    payout_details: { type: 'card', card: { type: 'encrypted_card', encrypted_card } },
    amount_details: { amount: 1, currency: 'rub' },
  };
  expect((await desk.call('v2', 'session/init/payout', order)).status).toBe('ok');
});

it.each([
  [{}],
  [{ tokenize_widget: {} }],
  [{ tokenize_widget: { access: false } }],
  [{ tokenize_widget: [] }],
  [{ acquiring_widget: {} }],
  [{ self_employed_widget: { tax_reference: '12' } }],
  [{ other_widget: {} }],
])('token refuses %j', async (body) => {
  const desk = await openDesk();
  expect((await desk.call('v1', 'token', body)).error.code).toBe('invalid_request');
});

it.each([
  [{}],
  [{ type: 'public_token', public_token: { token: 'x' } }],
  [{ type: 'bank_account_ru', bank_account_ru: { token: accountEndingWith('00') } }],
])('token/info refuses %j without repeating it', async (body) => {
  const desk = await openDesk();
  const { error } = await desk.call('v1', 'token/info', body);
  expect(error.code).toBe('invalid_request');
  expect(error.description).not.toMatch(/\d{20}/);
});
