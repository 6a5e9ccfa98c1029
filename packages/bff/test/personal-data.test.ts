import { describe, expect, test } from 'vitest';
import { createWorld } from './support/world.js';

const hour = 3_600_000;

describe('personal data', () => {
  test('stays after the end as long as retention says, then goes by itself', async () => {
    const world = await createWorld({ bff: { retention: { personal: 24 * hour } } });
    await world.pay('00');
    await world.reaches('succeeded');
    const { payout } = await world.payout();
    await world.pass(23 * hour);
    expect(await world.store.personal(payout.id)).not.toBeNull();
    await world.pass(2 * hour);
    expect(await world.store.personal(payout.id)).toBeNull();
  });

  test('is kept on when another account is tried', async () => {
    const world = await createWorld({ bff: { retention: { personal: hour }, confirm: 'recipient' } });
    await world.pay('91');
    await world.reaches('failed');
    await world.pay('00');
    await world.reaches('awaiting_confirmation');
    const { payout } = await world.payout();
    await world.pass(600_000);
    expect(await world.store.personal(payout.id)).not.toBeNull();
  });

  test('of a person is erased from what is over, and what is on its way is counted', async () => {
    const world = await createWorld();
    await world.pay('00', { ref: 'over' });
    await world.reaches('succeeded', undefined, 'over');
    await world.pay('94', { ref: 'alive' });
    await world.reaches('processing', undefined, 'alive');
    expect(await world.bff().erase('courier-7')).toEqual({ left: 1 });
    const { payout } = await world.payout('over');
    expect(payout).toMatchObject({ description: '', metadata: null, status: 'succeeded' });
    expect(payout.subject).toMatch(/^erased:/);
    const again = await world.pay('01', { ref: 'over' });
    expect(again.body.code).toBe('payout_finished');
    expect(world.paid()).toHaveLength(1);
  });

  test('is sealed in the store, and a BFF with another secret cannot open it', async () => {
    const world = await createWorld({ bff: { confirm: 'recipient' } });
    await world.pay('00');
    const { payout } = await world.payout();
    const personal = await world.store.personal(payout.id);
    expect(JSON.stringify(personal)).not.toMatch(/Ivanov|[0-9a-f]{64}/);
  });
});
