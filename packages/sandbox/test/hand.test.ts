import { describe, expect, it } from 'vitest';
import { control } from './support/control.js';
import { openDesk } from './support/desk.js';

describe('by hand', () => {
  it('a payout goes from stage to stage at once, and each step says what is possible next', async () => {
    const desk = await openDesk();
    const id = await desk.start('v2', '94', 10_000);
    const step = async (body: object) => {
      const answer = await control(desk.sandbox, `sessions/${id}/steps`, body);
      await desk.sandbox.idle();
      return answer;
    };
    expect((await control(desk.sandbox, `sessions/${id}`)).body.steps).toEqual(['ready', 'succeed', 'fail']);
    expect((await step({ step: 'ready' })).body.steps).toEqual(['confirm', 'cancel', 'succeed', 'fail']);
    expect((await step({ step: 'confirm' })).body.steps).toEqual(['succeed', 'fail']);
    const paid = await step({ step: 'succeed' });
    expect(paid.body).toMatchObject({ status: 'accepted', steps: ['return'], returnable: 10_000 });
    expect((await step({ step: 'return', amount: 4_000 })).body.returnable).toBe(6_000);
    expect((await step({ step: 'return' })).body).toMatchObject({ steps: [], returnable: 0 });
    await desk.sandbox.idle();
    expect(desk.received.map(({ body }) => body.type)).toEqual([
      'ready_to_confirm',
      'payment_finished',
      'payment_refunded',
      'payment_refunded',
    ]);
    expect(desk.sandbox.ledger().map(({ kind, amount }) => [kind, amount])).toEqual([
      ['paid', 10_000],
      ['returned', 4_000],
      ['returned', 6_000],
    ]);
    expect(desk.events.filter(({ kind }) => kind === 'hand')).toHaveLength(5);
    expect(desk.clock.pending).toBe(0);
  });

  it('a payout is failed with any code of the bank, or cancelled', async () => {
    const desk = await openDesk();
    const failed = await desk.start('v1', '00');
    await control(desk.sandbox, `sessions/${failed}/steps`, { step: 'fail', code: 'provider_timeout' });
    expect((await desk.status('v1', failed)).payments[0].error.code).toBe('provider_timeout');
    const cancelled = await desk.start('v1', '00');
    await desk.pass(1_000);
    await control(desk.sandbox, `sessions/${cancelled}/steps`, { step: 'cancel' });
    expect(await desk.status('v1', cancelled)).toMatchObject({ status: 'cancelled' });
    await desk.pass(3_600_000);
    expect(desk.sandbox.ledger()).toEqual([]);
  });

  it('what is not possible is refused, and the refusal says what is', async () => {
    const desk = await openDesk();
    const id = await desk.start('v2', '00', 10_000);
    const early = await control(desk.sandbox, `sessions/${id}/steps`, { step: 'confirm' });
    expect(early.httpStatus).toBe(409);
    expect(early.body.error).toMatchObject({ code: 'wrong_state' });
    expect(early.body.error.description).toContain('possible: ready, succeed, fail');
    await control(desk.sandbox, `sessions/${id}/steps`, { step: 'succeed' });
    const tooMuch = await control(desk.sandbox, `sessions/${id}/steps`, { step: 'return', amount: 10_001 });
    expect(tooMuch.body.error.description).toContain('10000 kopecks');
    expect((await control(desk.sandbox, 'sessions/ps_1/steps', { step: 'fail' })).httpStatus).toBe(404);
    for (const [body, field] of [
      [{ step: 'explode' }, 'step'],
      [{ step: 'return', amount: 0.5 }, 'amount'],
      [{ step: 'fail', code: 'no code' }, 'code'],
    ] as const) {
      const answer = await control(desk.sandbox, `sessions/${id}/steps`, body);
      expect([answer.httpStatus, answer.body.error.code]).toEqual([422, 'invalid_step']);
      expect(answer.body.error.description).toContain(`${field}:`);
    }
  });

  it('a webhook is sent again, byte for byte, and only once', async () => {
    const desk = await openDesk();
    const id = await desk.start('v2', '00');
    await desk.pass(1_000);
    const sent = desk.events.find(({ kind }) => kind === 'webhook');
    await control(desk.sandbox, `sessions/${id}/steps`, { step: 'succeed' });
    await desk.sandbox.idle();
    desk.answers.push(500);
    expect((await control(desk.sandbox, `events/${sent?.id}/resend`, {})).httpStatus).toBe(202);
    await desk.sandbox.idle();
    await desk.pass(3_600_000);
    expect(desk.received).toHaveLength(3);
    expect(desk.received[2]).toMatchObject({ signed: true, body: desk.received[0]?.body });
    expect(desk.events.filter(({ kind }) => kind === 'webhook').at(-1)).toMatchObject({
      type: 'ready_to_confirm',
      delivery: 2,
      httpStatus: 500,
    });
  });

  it('only webhooks are sent again, and only somewhere', async () => {
    const desk = await openDesk();
    await desk.start('v2', '91');
    await desk.pass(1_000);
    const [call, webhook] = ['request', 'webhook'].map(
      (kind) => desk.events.find((one) => one.kind === kind)?.id,
    );
    const again = async (id: number | undefined) =>
      (await control(desk.sandbox, `events/${id}/resend`, {})).body.error.code;
    expect(await again(call)).toBe('not_a_webhook');
    expect(await again(9_999)).toBe('not_found');
    desk.sandbox.settings.webhookUrl = null;
    expect(await again(webhook)).toBe('webhooks_off');
  });
});

describe('a trigger', () => {
  it.each([
    [{ type: 'ready_to_confirm' }, ['ready_to_confirm'], 'pending'],
    [{ type: 'payment_finished' }, ['ready_to_confirm', 'payment_finished'], 'succeeded'],
    [{ type: 'payment_finished', code: 'account_not_found' }, ['payment_finished'], 'failed'],
    [
      { type: 'payment_refunded', returned: 1, version: 'v1' },
      ['ready_to_confirm', 'payment_finished', 'payment_refunded'],
      'succeeded',
    ],
  ])('%j sends the webhooks of a payout of its own', async (order, types, status) => {
    const desk = await openDesk();
    const { httpStatus, body } = await control(desk.sandbox, 'trigger', order);
    expect(httpStatus).toBe(200);
    expect(body.payouts[0].status).toBe(status);
    await desk.sandbox.idle();
    expect(desk.received.map((one) => one.body.type)).toEqual(types);
    expect(desk.received.every(({ signed }) => signed)).toBe(true);
  });

  it('of something that is no webhook is refused by name', async () => {
    const desk = await openDesk();
    const { body } = await control(desk.sandbox, 'trigger', { type: 'party' });
    expect(body.error.description).toContain('type: must be one of ready_to_confirm');
  });
});
