import fc from 'fast-check';
import { afterAll, beforeAll, describe, expect, expectTypeOf, it } from 'vitest';
import { type Session, sessionResponseSchema, sessionSchema, tokenInfoSchema } from '../../src/index.js';
import { type BankServer, json, startBankServer } from '../support/bank-server.js';
import { clientOf, sessionBody } from '../support/client.js';
import { fixture } from '../support/fixtures.js';

let server: BankServer;
beforeAll(async () => {
  server = await startBankServer();
});
afterAll(() => server.close());

/** The session that `session/create` returns when the bank answers so. */
async function read(answer: unknown): Promise<Session> {
  server.answer(json(answer));
  return clientOf(server.api).session.create();
}

describe('a session in an answer', () => {
  it('just created has no payouts', async () => {
    expect(await read(fixture('session-create.response'))).toEqual({
      id: 'test_ps_1',
      status: 'created',
      created_at: '2020-05-29T07:01:37.499907Z',
      updated_at: '2020-05-29T07:01:37.499907Z',
      payouts: [],
    });
  });

  it('in v1 names is told in the one model', async () => {
    const session = await read(fixture('session-init-payout.v1.bank_account_token.response.RECONSTRUCTED'));
    expect(session).not.toHaveProperty('payments');
    expect(session.payouts).toMatchObject([
      {
        id: 'po_495275',
        status: 'in_progress',
        payout_details: {
          type: 'bank_account',
          bank_account: { system_type: 'ru', ru: { description: 'Payout' } },
        },
        amount_details: { amount: 10000, currency: 'RUB' },
        metadata: 'good',
      },
    ]);
    expect(session.payouts[0]).not.toHaveProperty('payment_method');
  });

  it('in v2 names is told in the same model', async () => {
    const session = await read(fixture('fps-customer_verification.v2.response'));
    expect(session).not.toHaveProperty('payout_list');
    expect(session.payouts).toMatchObject([
      {
        id: 'po_31668',
        payout_details: { bank_account: { system_type: 'faster_payment_system_verification' } },
      },
    ]);
  });

  it('in names that are mixed up is told in the same model', async () => {
    const session = await read(fixture('session-init-payout-fiscalization.response'));
    expect(session.payouts).toMatchObject([
      {
        payout_details: { type: 'card', card: { brand: 'visa', last4: '4242' } },
        amount_details: { amount: 1000, currency: 'RUB' },
        fiscalization_details: { professional_income_taxpayer: { tax_reference: '123456789012' } },
      },
    ]);
  });

  it('of a sibling’s confirmation reads', async () => {
    const session = await read(fixture('session-confirm.v1.sibling.response'));
    expect(session.payouts).toMatchObject([
      { status: 'pending', amount_details: { amount: 10000, currency: 'USD' } },
    ]);
  });

  it('of a payment, not a payout, keeps what it has', async () => {
    const session = await read(fixture('session-status.acquiring.response'));
    expect(session.next_action).toBe('confirm');
    expect(session.payouts).toEqual([]);
    expect(session.acquiring_payments).toMatchObject([{ id: 'test_pm_1' }]);
  });

  it('counts a payout once that is told under both names, and two that are not the same twice', async () => {
    const payout = (id: string) => ({ id, status: 'pending', created_at: '2024-05-27T02:03:00Z' });
    const once = await read(sessionBody({ payments: [payout('po_1')], payout_list: [payout('po_1')] }));
    expect(once.payouts.map(({ id }) => id)).toEqual(['po_1']);
    const twice = await read(sessionBody({ payments: [payout('po_1')], payout_list: [payout('po_2')] }));
    expect(twice.payouts.map(({ id }) => id)).toEqual(['po_1', 'po_2']);
    const empty = await read(sessionBody({ payments: [], payout_list: [payout('po_3')] }));
    expect(empty.payouts.map(({ id }) => id)).toEqual(['po_3']);
  });

  it('takes what PHP makes of empty objects, nulls and a missing top-level status', async () => {
    const { session } = sessionBody({
      next_action: '',
      finished_at: null,
      error: [],
      actions: [],
      payments: [
        {
          id: 'po_1',
          status: 'failed',
          created_at: '2024-05-27T02:03:00Z',
          finished_at: null,
          payment_method: [],
          amount_details: { amount: 1, currency: 'RUB' },
          amounts: [],
          refunds: null,
          transaction_info: [],
          error: { code: 42, description: null, reject_reasons: [] },
        },
      ],
    });
    expect(await read({ session })).toMatchObject({
      next_action: undefined,
      error: undefined,
      payouts: [{ amounts: undefined, payout_details: undefined, error: { code: '42' } }],
    });
  });

  it('reads a bik that is called bic', async () => {
    const ru = { bic: '044525974', account: '40817810400003869535' };
    const payout = {
      id: 'po_1',
      status: 'pending',
      created_at: '2024-05-27T02:03:00Z',
      payout_details: { type: 'bank_account', bank_account: { system_type: 'ru', ru } },
    };
    const session = await read(sessionBody({ payout_list: [payout] }));
    expect(session.payouts[0]?.payout_details?.bank_account?.ru?.bik).toBe('044525974');
  });

  it('tells errors and refunds of a payout, and leaves out fees it cannot read', async () => {
    const payout = {
      id: 'po_1',
      status: 'succeeded',
      created_at: '2024-05-27T02:03:00Z',
      amounts: { fee: { merchant_fee: 'ten roubles' } },
      refunds: [
        {
          id: 'rf_1',
          status: 'accepted',
          created_at: '2024-05-28T02:03:00Z',
          amount_details: { amount: 5, currency: 'rub' },
        },
      ],
      error: { code: 'operation_rejected', reject_reasons: [{ rule_alias: 'limit' }] },
    };
    const session = await read(sessionBody({ payout_list: [payout], actions: { confirm: 1716775380 } }));
    expect(session.actions?.confirm).toBe('2024-05-27T02:03:00.000Z');
    expect(session.payouts).toMatchObject([
      {
        amounts: undefined,
        refunds: [{ id: 'rf_1', amount_details: { amount: 5, currency: 'RUB' } }],
        error: { code: 'operation_rejected', reject_reasons: [{ rule_alias: 'limit' }] },
      },
    ]);
  });

  it('keeps any field and any status it does not know', () => {
    const field = fc.string({ minLength: 1 }).map((name) => `x_${name}`);
    const anything = fc.dictionary(field, fc.jsonValue());
    const word = fc.string({ minLength: 1 });
    fc.assert(
      fc.property(
        anything,
        anything,
        word,
        word,
        word,
        (extra, payoutExtra, status, payoutStatus, nextAction) => {
          const payout = { ...payoutExtra, id: 'po_1', status: payoutStatus, created_at: 'now' };
          const { session } = sessionBody({
            ...extra,
            status,
            next_action: nextAction,
            payout_list: [payout],
          });
          const read = sessionSchema.parse(session);
          expect(read).toMatchObject({ status, next_action: nextAction });
          for (const [name, value] of Object.entries(extra)) expect(read[name]).toEqual(value);
          expect(read.payouts).toEqual([payout]);
        },
      ),
    );
  });

  it('never crashes on any JSON, and reads twice what it read once', () => {
    fc.assert(
      fc.property(fc.jsonValue(), fc.jsonValue(), (payments, rest) => {
        const result = sessionResponseSchema.safeParse(sessionBody({ payments, next_action: rest }));
        if (result.success) expect(sessionSchema.parse(result.data.session)).toEqual(result.data.session);
        sessionResponseSchema.safeParse(payments);
      }),
    );
  });

  it('refuses money that is no safe integer', () => {
    const amounts = fc.oneof(
      fc.double().filter((amount) => !Number.isSafeInteger(amount)),
      fc.string(),
      fc.constant(2 ** 53),
    );
    fc.assert(
      fc.property(amounts, (amount) => {
        const amount_details = { amount, currency: 'rub' };
        const payout = { id: 'po_1', status: 'pending', created_at: 'now', amount_details };
        expect(sessionSchema.safeParse(sessionBody({ payments: [payout] }).session).success).toBe(false);
      }),
    );
  });
});

describe('other answers', () => {
  it('give a public token', async () => {
    server.answer(json(fixture('token.response.ok')));
    const { public_token } = await clientOf(server.api).token.create({ tokenize_widget: { access: true } });
    expect(public_token).toMatch(/^[0-9a-f]{64}$/);
  });

  it('give an account’s token and mask', async () => {
    server.answer(json(fixture('tokenize.bank_account_ru.response')));
    const bank_account_ru = { bik: '049205131', account: '40702810200000000025' };
    const tokenized = await clientOf(server.api).tokenize({ type: 'bank_account_ru', bank_account_ru });
    expect(tokenized.token).toMatch(/^[0-9a-f]{64}$/);
    expect(tokenized.data.masked_account).toBe('40702***0025');
  });

  it('tell about tokens, also when there is nothing to tell', async () => {
    server.answer(json(fixture('token-info.sibling.subscription_token.response')));
    const info = await clientOf(server.api).token.info({
      type: 'public_token',
      public_token: { token: 'your_token' },
    });
    expect(info).toMatchObject({ is_active: true, finished_at: '2021-03-18T14:10:56+03:00', country: 'USA' });
    expect(tokenInfoSchema.parse([])).toEqual({});
  });
});

describe('types', () => {
  it('complete the known words and allow others', () => {
    expectTypeOf<'in_progress'>().toExtend<Session['status']>();
    expectTypeOf<string>().toExtend<Session['status']>();
    expectTypeOf<Session['payouts'][number]['amount_details']>().toEqualTypeOf<
      { amount: number; currency: string } | undefined
    >();
  });
});
