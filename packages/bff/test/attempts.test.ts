import { expect, test } from 'vitest';
import { createWorld, type World } from './support/world.js';

/** A page that says which attempt its form stands for. */
async function send(world: World, token: string, attempt?: number) {
  return world.call('POST', '/payouts', await world.ticket(), { token, attempt });
}

test('a form that was open in a second tab opens no attempt that nobody asked for', async () => {
  const world = await createWorld();
  const [bad, other] = [await world.tokenFor('91'), await world.tokenFor('00')];
  expect(await send(world, bad, 1)).toMatchObject({ status: 202, body: { payout: { attempt: 1 } } });
  await world.reaches('failed');
  expect(await send(world, other, 1)).toMatchObject({
    status: 409,
    body: { code: 'payout_changed', payout: { status: 'failed', attempt: 1, retryable: true } },
  });
  await world.pass(60_000);
  expect(world.paid()).toEqual([]);
  expect(await send(world, other, 2)).toMatchObject({ status: 202, body: { payout: { attempt: 2 } } });
  await world.reaches('succeeded');
  expect(world.paid()).toHaveLength(1);
});

test('a request that comes late, after its attempt and the next one failed, opens no third one', async () => {
  const world = await createWorld();
  const [first, second] = [await world.tokenFor('91'), await world.tokenFor('92')];
  await send(world, first, 1);
  await world.reaches('failed');
  await send(world, second, 2);
  await world.until(async () => (await world.payout()).payout.attempt === 2);
  await world.reaches('failed');
  expect(await send(world, first, 1)).toMatchObject({ status: 409, body: { code: 'payout_changed' } });
  expect((await world.payout()).attempts).toHaveLength(2);
});

test('sent again, the same attempt is the same payout, whatever became of it', async () => {
  const world = await createWorld();
  const token = await world.tokenFor('00');
  const first = await send(world, token, 1);
  expect(await send(world, token, 1)).toMatchObject({
    status: 202,
    body: { payout: { id: first.body.payout.id, attempt: 1 } },
  });
  await world.reaches('succeeded');
  expect(await send(world, token, 1)).toMatchObject({
    status: 202,
    body: { payout: { status: 'succeeded' } },
  });
  expect(await send(world, await world.tokenFor('00'), 2)).toMatchObject({
    status: 409,
    body: { code: 'payout_finished' },
  });
  expect(world.paid()).toHaveLength(1);
});

test('the same account is tried again when it is asked for as the next attempt', async () => {
  const world = await createWorld();
  const token = await world.tokenFor('91');
  await send(world, token, 1);
  await world.reaches('failed');
  expect(await send(world, token)).toMatchObject({ status: 202, body: { payout: { attempt: 1 } } });
  expect(await send(world, token, 2)).toMatchObject({ status: 202, body: { payout: { attempt: 2 } } });
});

test('another account while an attempt lives is refused under any number', async () => {
  const world = await createWorld();
  await send(world, await world.tokenFor('00'), 1);
  for (const attempt of [1, 2]) {
    expect(await send(world, await world.tokenFor('00'), attempt)).toMatchObject({
      status: 409,
      body: { code: 'payout_in_progress', payout: { attempt: 1 } },
    });
  }
});

test('an attempt that cannot be the next one is refused, and a number that is none', async () => {
  const world = await createWorld();
  const token = await world.tokenFor('91');
  expect(await send(world, token, 2)).toMatchObject({ status: 409, body: { code: 'payout_changed' } });
  await expect(world.payout()).rejects.toThrow('no payout');
  await send(world, token, 1);
  await world.reaches('failed');
  expect(await send(world, token, 3)).toMatchObject({ status: 409, body: { code: 'payout_changed' } });
  for (const attempt of [0, 1.5, '1']) {
    const body = { token, attempt };
    expect(await world.call('POST', '/payouts', await world.ticket(), body)).toMatchObject({
      status: 422,
      body: { code: 'invalid_request', errors: [{ field: 'attempt' }] },
    });
  }
});
