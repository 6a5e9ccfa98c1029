import { describe, expect, it } from 'vitest';
import { openDesk, payout } from './support/desk.js';

describe('a bank that', () => {
  it('does not echo the token', async () => {
    const desk = await openDesk({ personality: { echoToken: false } });
    const id = await desk.start('v2', '00');
    const session = await desk.status('v2', id);
    expect(session.payout_list[0].payout_details.bank_account.ru).toEqual({
      full_name: 'Ivanov Ivan Ivanovich',
      description: 'Money transfer',
    });
    await desk.pass(1_000);
    expect(JSON.stringify(desk.received)).not.toContain('token');
  });

  it('confirms by itself', async () => {
    const desk = await openDesk({ personality: { autoConfirm: true } });
    const id = await desk.start('v2', '00');
    await desk.pass(2_000);
    expect(desk.received.map(({ body }) => body.type)).toEqual(['payment_finished']);
    expect((await desk.status('v2', id)).payout_list[0].status).toBe('succeeded');
  });

  it('confirms by itself, hangs all the same', async () => {
    const desk = await openDesk({ personality: { autoConfirm: true } });
    const id = await desk.start('v2', '93');
    await desk.pass(86_400_000);
    expect((await desk.status('v2', id)).payout_list[0].status).toBe('in_progress');
  });

  it('lets a cancelled session start late', async () => {
    const desk = await openDesk({ personality: { lateStartOnCancelled: true } });
    const { session } = await desk.call('v2', 'session/create', {});
    const session_id = session.id;
    await desk.call('v2', 'session/cancel', { session_id });
    const late = await desk.call('v2', 'session/start/payout', {
      session_id,
      ...payout('v2', await desk.token()),
    });
    expect(late.session).toMatchObject({ status: 'in_progress', payout_list: [{ status: 'in_progress' }] });
    await desk.pass(1_000);
    await desk.call('v2', 'session/cancel', { session_id });
    const again = await desk.call('v2', 'session/start/payout', {
      session_id,
      ...payout('v2', await desk.token()),
    });
    expect(again.error.code).toBe('session_wrong_state');
  });

  it('tells the status late', async () => {
    const desk = await openDesk({ personality: { statusLagMs: 5_000 } });
    const id = await desk.start('v2', '00');
    await desk.pass(4_999);
    expect((await desk.status('v2', id)).status).toBe('created');
    await desk.pass(1);
    expect((await desk.status('v2', id)).payout_list[0].status).toBe('in_progress');
    await desk.pass(1_000);
    expect((await desk.status('v2', id)).next_action).toBe('confirm');
  });

  it('loses the race with a cancel', async () => {
    const desk = await openDesk({ personality: { cancelLosesRace: true } });
    const session_id = await desk.start('v2', '00');
    await desk.pass(1_000);
    const answer = await desk.call('v2', 'session/cancel', { session_id });
    expect([answer.status, answer.session.status]).toEqual(['ok', 'in_progress']);
    await desk.pass(1_000);
    expect((await desk.status('v2', session_id)).payout_list[0].status).toBe('succeeded');
    expect(desk.sandbox.ledger()).toHaveLength(1);
  });

  it('goes through error to success', async () => {
    const desk = await openDesk({ personality: { errorThenSuccess: true } });
    const session_id = await desk.start('v2', '00');
    await desk.pass(1_000);
    await desk.call('v2', 'session/confirm', { session_id });
    await desk.pass(1_000);
    expect(await desk.status('v2', session_id)).toMatchObject({
      status: 'error',
      payout_list: [{ status: 'in_progress' }],
    });
    await desk.pass(1_000);
    expect(await desk.status('v2', session_id)).toMatchObject({
      status: 'accepted',
      payout_list: [{ status: 'succeeded' }],
    });
    expect(desk.sandbox.ledger()).toHaveLength(1);
  });

  it('accepts the session of a payout that failed', async () => {
    const desk = await openDesk({ personality: { failedSessionStatus: 'accepted' } });
    const id = await desk.start('v2', '91');
    await desk.pass(1_000);
    expect((await desk.status('v2', id)).status).toBe('accepted');
  });

  it('is silent about a cancel', async () => {
    const desk = await openDesk({ personality: { webhookOnCancel: false } });
    const session_id = await desk.start('v2', '00');
    await desk.pass(1_000);
    await desk.call('v2', 'session/cancel', { session_id });
    await desk.pass(5_000);
    expect(desk.received).toHaveLength(1);
  });
});
