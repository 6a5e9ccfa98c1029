import { describe, expect, it } from 'vitest';
import { accountEndingWith, DEFAULT_BIK } from '../src/index.js';
import { openDesk, payout } from './support/desk.js';
import { answerOf } from './support/wire.js';

const NAMES = {
  v1: { list: 'payments', details: 'payment_method', other: 'payout_list' },
  v2: { list: 'payout_list', details: 'payout_details', other: 'payments' },
} as const;
const MICROSECONDS = /^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d\.\d{6}Z$/;

describe.each(['v1', 'v2'] as const)('the seven steps of a payout in %s', (version) => {
  const names = NAMES[version];

  it('pays once, by way of widget, session, start, ready_to_confirm, confirm, payment_finished', async () => {
    const desk = await openDesk();

    const { status, public_token } = await desk.call('v1', 'token', { tokenize_widget: { access: true } });
    expect(status).toBe('ok');
    expect(public_token).toMatch(/^[0-9a-f]{64}$/);

    const typed = await desk.sandbox.fetch(
      new Request('http://bank.example/widget/api/tokenize', {
        method: 'POST',
        headers: { 'x-public-token': public_token },
        body: JSON.stringify({ bik: DEFAULT_BIK, account: accountEndingWith('35') }),
      }),
    );
    const { token } = (await answerOf(typed)).data;
    expect(token).toMatch(/^[0-9a-f]{64}$/);

    const created = await desk.call(version, 'session/create', { metadata: 'good' });
    expect(created).toEqual({
      status: 'ok',
      session: {
        id: expect.stringMatching(/^ps_\d+$/),
        status: 'created',
        created_at: expect.stringMatching(MICROSECONDS),
        updated_at: expect.stringMatching(MICROSECONDS),
      },
    });
    const session_id = created.session.id;

    const started = await desk.call(version, 'session/start/payout', {
      session_id,
      ...payout(version, token),
    });
    expect(started.session.status).toBe('in_progress');
    expect(started.session[names.other]).toBeUndefined();
    expect(started.session[names.list]).toEqual([
      {
        id: expect.stringMatching(/^po_\d+$/),
        status: 'in_progress',
        created_at: expect.stringMatching(MICROSECONDS),
        [names.details]: payout(version, token)[names.details],
        amount_details: { amount: 10_000, currency: 'rub' },
        metadata: 'good',
      },
    ]);

    await desk.pass(999);
    expect(desk.received).toEqual([]);
    await desk.pass(1);
    expect(desk.received).toHaveLength(1);
    expect(desk.received[0]).toMatchObject({
      signed: true,
      body: {
        type: 'ready_to_confirm',
        session: {
          id: session_id,
          status: 'in_progress',
          next_action: 'confirm',
          [names.list]: [{ status: 'pending', metadata: 'good' }],
        },
      },
    });

    const confirmed = await desk.call(version, 'session/confirm', { session_id });
    expect(confirmed.session).toMatchObject({
      status: 'in_progress',
      [names.list]: [{ status: 'in_progress' }],
    });
    expect(confirmed.session.next_action).toBeUndefined();

    await desk.pass(1_000);
    expect(desk.received[1]).toMatchObject({
      signed: true,
      body: {
        type: 'payment_finished',
        session: { status: 'accepted', [names.list]: [{ status: 'succeeded' }] },
      },
    });
    expect((await desk.status(version, session_id))[names.list][0].finished_at).toMatch(MICROSECONDS);
    expect(desk.sandbox.ledger()).toEqual([
      {
        payout_id: started.session[names.list][0].id,
        session_id,
        amount: 10_000,
        currency: 'RUB',
        masked_account: '40817***9535',
        metadata: 'good',
        at: expect.stringMatching(MICROSECONDS),
        kind: 'paid',
      },
    ]);
  });

  it('creates and starts in one with session/init/payout', async () => {
    const desk = await openDesk();
    const { session } = await desk.call(version, 'session/init/payout', payout(version, await desk.token()));
    expect(session).toMatchObject({ status: 'in_progress', [names.list]: [{ status: 'in_progress' }] });
    await desk.pass(1_000);
    expect(desk.received[0]?.body.session.id).toBe(session.id);
  });

  it('cancels instead of confirming', async () => {
    const desk = await openDesk();
    const session_id = await desk.start(version, '00');
    await desk.pass(1_000);
    const { session } = await desk.call(version, 'session/cancel', { session_id });
    expect(session).toMatchObject({
      status: 'cancelled',
      [names.list]: [{ status: 'failed', error: { code: 'session_cancelled_by_partner' } }],
    });
    await desk.pass(60_000);
    expect(desk.received.map(({ body }) => body.type)).toEqual(['ready_to_confirm', 'payment_finished']);
    expect(desk.sandbox.ledger()).toEqual([]);
  });

  it('takes at start what was not given at create, and the other way round', async () => {
    const desk = await openDesk();
    const { [names.details]: details, ...rest } = payout(version, await desk.token());
    const { session } = await desk.call(version, 'session/create', { [names.details]: details });
    const session_id = session.id;
    const early = await desk.call(version, 'session/start/payout', { session_id });
    expect(early.error).toMatchObject({
      code: 'invalid_request',
      description: expect.stringContaining('amount'),
    });
    const started = await desk.call(version, 'session/start/payout', { session_id, ...rest });
    expect(started.session[names.list][0].status).toBe('in_progress');
  });
});

it('tells a session in the names of whoever asks', async () => {
  const desk = await openDesk();
  const id = await desk.start('v1', '00');
  expect((await desk.status('v2', id)).payout_list[0].payout_details.type).toBe('bank_account');
  expect((await desk.status('v1', id)).payments[0].payment_method.type).toBe('bank_account');
});

it.each([['text'], [0], [false], [null], [[]], [{ order: { id: 7 }, list: [] }]])(
  'gives metadata back as it came: %j',
  async (metadata) => {
    const desk = await openDesk();
    const order = { ...payout('v2', await desk.token()), metadata };
    const { session } = await desk.call('v2', 'session/init/payout', order);
    expect(session.payout_list[0].metadata).toStrictEqual(metadata);
    await desk.pass(1_000);
    expect(desk.received[0]?.body.session.payout_list[0].metadata).toStrictEqual(metadata);
  },
);

it('takes customer and participants, and PHP lists for empty objects', async () => {
  const desk = await openDesk();
  const order = { ...payout('v2', await desk.token()), customer: { reference: 'r', contacts: [] } };
  const { session } = await desk.call('v2', 'session/init/payout', { ...order, participant_details: [] });
  expect(session.payout_list[0]).toMatchObject({
    customer: { reference: 'r', contacts: [] },
    participant_details: {},
  });
});

it('pays to open account numbers, cards and by phone', async () => {
  const desk = await openDesk();
  const amount_details = { amount: 1, currency: 'RUB' };
  const ru = {
    bik: DEFAULT_BIK,
    account: accountEndingWith('00'),
    full_name: 'ИП Иванов',
    description: 'Услуги',
  };
  const methods = [
    { type: 'bank_account', bank_account: { system_type: 'ru', ru } },
    { type: 'card', card: { type: 'bank_card', bank_card: { number: '4242424242424242' } } },
    {
      type: 'bank_account',
      bank_account: {
        system_type: 'faster_payment_system',
        faster_payment_system: { phone: '79680000000', bank_id: '100000000004', description: 'x' },
      },
    },
  ];
  for (const payout_details of methods) {
    const { session } = await desk.call('v2', 'session/init/payout', { payout_details, amount_details });
    await desk.pass(1_000);
    await desk.call('v2', 'session/confirm', { session_id: session.id });
    await desk.pass(1_000);
  }
  const [account, card, phone] = desk.sandbox.ledger();
  expect([account?.masked_account, card?.masked_card, phone?.masked_phone]).toEqual([
    '40817***9500',
    '4242***4242',
    '79680***0000',
  ]);
});
