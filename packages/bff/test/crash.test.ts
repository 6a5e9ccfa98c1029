import { describe, expect, test } from 'vitest';
import { createWorld } from './support/world.js';

/** Never settles: what a process that was killed makes of the call it was in. */
const never = new Promise<never>(() => {});

describe('a process that dies at the bank', () => {
  // A whole payout makes seven calls or so: the last of these show that the count was enough.
  const calls = Array.from({ length: 10 }, (_, index) => index);

  test.each(calls.flatMap((call) => [[call, 'before'] as const, [call, 'after'] as const]))(
    'in call %i, %s the bank acted, leaves a payout that another one brings to its end, paid once',
    async (fatal, moment) => {
      const world = await createWorld();
      expect((await world.pay('00')).status).toBe(202);
      const death = Promise.withResolvers<void>();
      let count = -1;
      world.setNetwork(async (request, next) => {
        count += 1;
        if (count !== fatal) return next(request);
        if (moment === 'after') await next(request);
        death.resolve();
        return never;
      });
      // The dying process's drain never ends, as a killed process's would not.
      await Promise.race([death.promise, world.reaches('succeeded')]);
      world.setNetwork(undefined);
      world.startBff();
      await world.reaches('succeeded');
      expect(world.paid()).toHaveLength(1);
      expect(world.alarms()).toEqual([]);
    },
  );
});

describe('a process that dies', () => {
  test('holds its payout up for as long as a lease lasts, and no longer', async () => {
    const world = await createWorld({ bff: { rules: { leaseFor: 6000 } } });
    await world.pay('00');
    const death = Promise.withResolvers<void>();
    world.setNetwork(async () => {
      death.resolve();
      return never;
    });
    await Promise.race([death.promise, world.reaches('succeeded')]);
    world.setNetwork(undefined);
    world.startBff();
    await world.pass(5000);
    expect((await world.payout()).payout.status).toBe('created');
    await world.reaches('succeeded', 10_000);
    expect(world.paid()).toHaveLength(1);
  });

  test('while it tells the merchant leaves the notice to another after four times the timeout of a try', async () => {
    const death = Promise.withResolvers<void>();
    let told = 0;
    const notify = {
      url: 'https://shop.test/hooks',
      secret: `whsec_${btoa('n'.repeat(32))}`,
      timeout: 2000,
      fetch: async () => {
        told += 1;
        death.resolve();
        return told === 1 ? never : new Response(null, { status: 204 });
      },
    };
    const world = await createWorld({ bff: { notify } });
    await world.pay('00');
    await Promise.race([death.promise, world.until(() => told > 0)]);
    world.startBff();
    await world.pass(7000);
    expect(told).toBe(1);
    await world.pass(2000);
    expect(told).toBe(2);
  });
});
