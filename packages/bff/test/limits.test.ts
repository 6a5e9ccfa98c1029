import { describe, expect, test } from 'vitest';
import { ConfigurationError } from '../src/index.js';
import { createWorld } from './support/world.js';

describe('limits', () => {
  test('refuse one payout that is too large, and record nothing of it', async () => {
    const world = await createWorld({ bff: { limits: { perPayout: 100_000 } } });
    const { status, body } = await world.pay('00');
    expect([status, body.code]).toEqual([409, 'limit_exceeded']);
    expect(await world.bff().lookUp('week-47')).toBeNull();
    expect((await world.pay('00', { amount: 100_000 })).status).toBe(202);
  });

  test('of a day hold for all, whoever comes at the same moment', async () => {
    const world = await createWorld({ bff: { limits: { perDay: 400_000 } } });
    const tokens = await Promise.all(['00', '01', '02', '03'].map((ending) => world.tokenFor(ending)));
    const answers = await Promise.all(
      tokens.map(async (token, n) =>
        world.call('POST', '/payouts', await world.ticket({ ref: `r${n}`, sub: `s${n}` }), { token }),
      ),
    );
    expect(answers.map(({ status }) => status).sort()).toEqual([202, 202, 409, 409]);
  });

  test('of a subject are their own', async () => {
    const world = await createWorld({ bff: { limits: { perSubjectPerDay: 200_000 } } });
    expect((await world.pay('00', { ref: 'a', sub: 'one' })).status).toBe(202);
    expect((await world.pay('01', { ref: 'b', sub: 'one' })).body.code).toBe('limit_exceeded');
    expect((await world.pay('02', { ref: 'c', sub: 'two' })).status).toBe(202);
  });

  test('count no more what failed, and count again what is tried again', async () => {
    const world = await createWorld({ bff: { limits: { perDay: 200_000 } } });
    await world.pay('91', { ref: 'a' });
    expect((await world.pay('00', { ref: 'b' })).body.code).toBe('limit_exceeded');
    await world.reaches('failed', undefined, 'a');
    expect((await world.pay('00', { ref: 'b' })).status).toBe(202);
    expect((await world.pay('01', { ref: 'a' })).body.code).toBe('limit_exceeded');
    await world.reaches('succeeded', undefined, 'b');
    expect((await world.payout('a')).attempts).toHaveLength(1);
  });

  test('begin anew at midnight in Moscow', async () => {
    const world = await createWorld({ bff: { limits: { perDay: 200_000 } } });
    await world.pay('00', { ref: 'a' });
    // The clock of the world starts at 12:00 in Moscow.
    await world.pass(12 * 3_600_000 - 1000);
    expect((await world.pay('01', { ref: 'b' })).body.code).toBe('limit_exceeded');
    await world.pass(1000);
    expect((await world.pay('01', { ref: 'b' })).status).toBe(202);
  });

  test('that are no amounts are refused by name', async () => {
    await expect(createWorld({ bff: { limits: { perDay: 10.5 } } })).rejects.toThrow(ConfigurationError);
    await expect(createWorld({ bff: { limits: { perDay: -1 } } })).rejects.toThrow(
      /limits\.perDay: must be a whole number/,
    );
    await expect(createWorld({ bff: { limits: { timeZone: 'Moscow' } } })).rejects.toThrow(
      /limits\.timeZone: is no time zone/,
    );
  });
});
