import { describe, expect, it } from 'vitest';
import { accountEndingWith, cardEndingWith, MAGIC_ENDINGS } from '../src/index.js';
import { openDesk, payout } from './support/desk.js';

const DAY = 86_400_000;

describe('magic accounts', () => {
  it('00 to 89 succeed', async () => {
    const desk = await openDesk();
    for (const ending of ['00', '42', '89']) {
      const session_id = await desk.start('v2', ending);
      await desk.pass(1_000);
      await desk.call('v2', 'session/confirm', { session_id });
      await desk.pass(1_000);
      expect((await desk.status('v2', session_id)).payout_list[0].status).toBe('succeeded');
    }
    expect(desk.sandbox.ledger()).toHaveLength(3);
  });

  it('91 fails before it is ready', async () => {
    const desk = await openDesk();
    const id = await desk.start('v2', '91');
    await desk.pass(1_000);
    expect(desk.received.map(({ body }) => body.type)).toEqual(['payment_finished']);
    expect(await desk.status('v2', id)).toMatchObject({
      status: 'cancelled',
      payout_list: [{ status: 'failed', error: { code: 'account_not_found' } }],
    });
  });

  it('92 fails after confirm', async () => {
    const desk = await openDesk();
    const session_id = await desk.start('v2', '92');
    await desk.pass(1_000);
    await desk.call('v2', 'session/confirm', { session_id });
    await desk.pass(1_000);
    expect(desk.received.map(({ body }) => body.type)).toEqual(['ready_to_confirm', 'payment_finished']);
    expect((await desk.status('v2', session_id)).payout_list[0]).toMatchObject({
      status: 'failed',
      error: { code: 'provider_internal_error' },
    });
    expect(desk.sandbox.ledger()).toEqual([]);
  });

  it('93 hangs after confirm', async () => {
    const desk = await openDesk();
    const session_id = await desk.start('v2', '93');
    await desk.pass(1_000);
    await desk.call('v2', 'session/confirm', { session_id });
    await desk.pass(10 * DAY);
    const session = await desk.status('v2', session_id);
    expect([session.status, session.payout_list[0].status, session.next_action]).toEqual([
      'in_progress',
      'in_progress',
      undefined,
    ]);
  });

  it('94 never gets ready', async () => {
    const desk = await openDesk();
    const id = await desk.start('v2', '94');
    await desk.pass(10 * DAY);
    expect(desk.received).toEqual([]);
    expect((await desk.status('v2', id)).payout_list[0].status).toBe('in_progress');
  });

  it('95 is refused at start and leaves the session created', async () => {
    const desk = await openDesk();
    const { session } = await desk.call('v2', 'session/create', {});
    const order = { session_id: session.id, ...payout('v2', await desk.token('95')) };
    const answer = await desk.send('/api/v2/session/start/payout', JSON.stringify(order));
    expect(answer.status).toBe(200);
    expect(await answer.json()).toMatchObject({ status: 'error', error: { code: 'operation_rejected' } });
    expect(await desk.status('v2', session.id)).toEqual(session);
    const init = await desk.call('v2', 'session/init/payout', payout('v2', await desk.token('95')));
    expect(init.error.code).toBe('operation_rejected');
    expect(desk.sandbox.sessions()).toHaveLength(1);
  });

  it('96 succeeds and later comes back in full', async () => {
    const desk = await openDesk();
    const session_id = await desk.start('v1', '96');
    await desk.pass(1_000);
    await desk.call('v1', 'session/confirm', { session_id });
    await desk.pass(10_000);
    const last = desk.received.at(-1)?.body;
    expect(last?.type).toBe('payment_refunded');
    expect(last?.session).toMatchObject({
      status: 'accepted',
      payments: [
        {
          status: 'succeeded',
          refunds: [
            {
              id: expect.stringMatching(/^rf_\d+$/),
              status: 'accepted',
              amount_details: { amount: 10_000, currency: 'rub' },
            },
          ],
        },
      ],
    });
    expect(desk.sandbox.ledger().map(({ kind, amount }) => [kind, amount])).toEqual([
      ['paid', 10_000],
      ['returned', 10_000],
    ]);
    expect(desk.sandbox.settings.walletBalance).toBe(100_000_000);
  });

  it('97 waits for confirmation for a short time only', async () => {
    const desk = await openDesk();
    const session_id = await desk.start('v2', '97');
    await desk.pass(1_000 + 2_999);
    expect((await desk.status('v2', session_id)).next_action).toBe('confirm');
    await desk.pass(1);
    expect(await desk.status('v2', session_id)).toMatchObject({
      status: 'cancelled',
      payout_list: [{ status: 'failed', error: { code: 'confirm_timeout' } }],
    });
    expect((await desk.call('v2', 'session/confirm', { session_id })).error.code).toBe('session_wrong_state');
  });

  it('any other waits a quarter of an hour', async () => {
    const desk = await openDesk();
    const id = await desk.start('v2', '00');
    await desk.pass(1_000 + 15 * 60_000 - 1);
    expect((await desk.status('v2', id)).next_action).toBe('confirm');
    await desk.pass(1);
    expect((await desk.status('v2', id)).payout_list[0].error.code).toBe('confirm_timeout');
  });

  it('98 loses the answer to start, but the payout goes on', async () => {
    const desk = await openDesk();
    const { session } = await desk.call('v2', 'session/create', {});
    const order = { session_id: session.id, ...payout('v2', await desk.token('98')) };
    const answer = await desk.send('/api/v2/session/start/payout', JSON.stringify(order));
    expect([answer.status, answer.headers.get('content-type')]).toEqual([502, 'text/html']);
    await desk.pass(1_000);
    expect((await desk.status('v2', session.id)).next_action).toBe('confirm');
    expect(desk.events).toContainEqual(
      expect.objectContaining({ method: 'session/start/payout', outcome: 'answer_lost' }),
    );
  });

  it('99 loses the answer to confirm, but the payout goes through', async () => {
    const desk = await openDesk();
    const session_id = await desk.start('v2', '99');
    await desk.pass(1_000);
    const answer = await desk.send('/api/v2/session/confirm', JSON.stringify({ session_id }));
    expect([answer.status, answer.headers.get('content-type')]).toEqual([504, 'text/html']);
    await desk.pass(1_000);
    expect((await desk.status('v2', session_id)).payout_list[0].status).toBe('succeeded');
    expect(desk.sandbox.ledger()).toHaveLength(1);
  });

  it('cards go by their endings too', async () => {
    const desk = await openDesk();
    const card = { type: 'bank_card', bank_card: { number: cardEndingWith('91') } };
    const payout_details = { type: 'card', card };
    const amount_details = { amount: 1, currency: 'rub' };
    const { session } = await desk.call('v2', 'session/init/payout', { payout_details, amount_details });
    expect(session.payout_list[0].payout_details.card).toEqual({
      brand: 'mir',
      last4: '0091',
      bin: '220220',
    });
    await desk.pass(1_000);
    expect((await desk.status('v2', session.id)).payout_list[0].error.code).toBe('account_not_found');
  });

  it('are named for whoever wants to show them', () => {
    expect(MAGIC_ENDINGS.map(({ ending }) => ending)).toEqual([
      '90',
      '91',
      '92',
      '93',
      '94',
      '95',
      '96',
      '97',
      '98',
      '99',
    ]);
    expect(accountEndingWith('91')).toMatch(/^40817810\d{10}91$/);
    expect(() => accountEndingWith('9')).toThrow(RangeError);
  });
});

describe('the wallet', () => {
  it('goes down with each payout', async () => {
    const desk = await openDesk();
    const balance = async () => (await desk.call('v1', 'wallet/balance', [])).wallets[0].amount_details;
    expect(await balance()).toEqual({ amount: 100_000_000, currency: 'rub' });
    const session_id = await desk.start('v2', '00', 2_500);
    await desk.pass(1_000);
    expect((await balance()).amount).toBe(99_997_500);
    await desk.call('v2', 'session/confirm', { session_id });
    await desk.pass(1_000);
    expect((await balance()).amount).toBe(99_997_500);
    expect(desk.sandbox.settings.walletBalance).toBe(99_997_500);
  });

  it('gives back what was held for a payout that failed', async () => {
    const desk = await openDesk();
    const session_id = await desk.start('v2', '00', 2_500);
    await desk.pass(1_000);
    await desk.call('v2', 'session/cancel', { session_id });
    expect((await desk.call('v1', 'wallet/balance', {})).wallets[0].amount_details.amount).toBe(100_000_000);
  });

  it('can be too low: two payouts do not share the same money', async () => {
    const desk = await openDesk({ settings: { walletBalance: 10_000 } });
    const first = await desk.start('v2', '00', 6_000);
    const second = await desk.start('v2', '00', 6_000);
    await desk.pass(1_000);
    expect((await desk.status('v2', first)).next_action).toBe('confirm');
    expect((await desk.status('v2', second)).payout_list[0]).toMatchObject({
      status: 'failed',
      error: { code: 'insufficient_wallet_balance' },
    });
  });

  it('can be too low at start, for a bank that looks there', async () => {
    const desk = await openDesk({ settings: { walletBalance: 1 }, personality: { lowBalance: 'refused' } });
    const answer = await desk.call('v2', 'session/init/payout', payout('v2', await desk.token()));
    expect(answer.error.code).toBe('insufficient_wallet_balance');
  });
});
