import { describe, expect, it } from 'vitest';
import { openDesk } from './support/desk.js';

const MINUTE = 60_000;

describe('webhooks', () => {
  it('come again at growing intervals until HTTP 200, the same bytes each time', async () => {
    const desk = await openDesk();
    desk.answers.push(500, 404, null, 302, 204, 503, 500, 500, 200);
    await desk.start('v2', '91');
    const begin = desk.clock.now() + 1_000;
    await desk.pass(10 * MINUTE);
    const seconds = desk.received.map(({ at }) => (at - begin) / 1_000);
    expect(seconds).toEqual([0, 1, 3, 7, 15, 31, 63, 123, 183]);
    expect(new Set(desk.received.map(({ body }) => JSON.stringify(body))).size).toBe(1);
    expect(desk.received.every(({ signed }) => signed)).toBe(true);
    const told = desk.events.filter((event) => event.kind === 'webhook');
    expect(
      told.map(({ delivery, httpStatus, error }) => [delivery, httpStatus ?? error]).slice(0, 3),
    ).toEqual([
      [1, 500],
      [2, 404],
      [3, 'ECONNREFUSED'],
    ]);
    expect(desk.clock.pending).toBe(0);
  });

  it('go on each for itself', async () => {
    const desk = await openDesk();
    desk.answers.push(500, 200);
    await desk.start('v2', '91');
    await desk.start('v2', '91');
    await desk.pass(2_000);
    expect(desk.received).toHaveLength(3);
    expect(new Set(desk.received.map(({ body }) => body.session.id)).size).toBe(2);
  });

  it('are given up when they are switched off, and not sent later', async () => {
    const desk = await openDesk();
    desk.answers.push(500);
    await desk.start('v2', '91');
    await desk.pass(1_000);
    desk.sandbox.settings.webhooks = false;
    await desk.start('v2', '91');
    await desk.pass(MINUTE);
    desk.sandbox.settings.webhooks = true;
    await desk.pass(MINUTE);
    expect(desk.received).toHaveLength(1);
  });

  it('go nowhere without a URL', async () => {
    const desk = await openDesk({ webhookUrl: null });
    await desk.start('v2', '91');
    await desk.pass(MINUTE);
    expect(desk.received).toEqual([]);
    expect(desk.sandbox.settings.webhookUrl).toBeNull();
  });

  it('time out, by the clock they are given', async () => {
    const hung: AbortSignal[] = [];
    const desk = await openDesk({
      fetch: (_, init) =>
        new Promise((_resolve, reject) => {
          if (!init?.signal) return;
          hung.push(init.signal);
          init.signal.addEventListener('abort', () => reject(new Error('aborted')));
        }),
    });
    await desk.start('v2', '91');
    await desk.clock.advance(1_000, () => expect.poll(() => hung.length).toBe(1));
    await desk.clock.advance(10_000);
    await desk.sandbox.idle();
    expect(desk.events.at(-1)).toMatchObject({ kind: 'webhook', delivery: 1, error: 'timeout' });
    desk.sandbox.close();
    expect(desk.clock.pending).toBe(0);
  });

  it.each([
    ['v1', 'v1', 'payments'],
    ['v1', 'v2', 'payments'],
    ['v2', 'v1', 'payout_list'],
    ['v2', 'v2', 'payout_list'],
    ['call', 'v1', 'payments'],
    ['call', 'v2', 'payout_list'],
  ] as const)('in version %s, after a call in %s, speak of %s', async (webhookVersion, version, list) => {
    const desk = await openDesk({ personality: { webhookVersion } });
    await desk.start(version, '91');
    await desk.pass(1_000);
    expect(desk.received[0]?.body.session[list]).toHaveLength(1);
  });
});
