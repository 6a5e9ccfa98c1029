import { accountEndingWith } from '@b131/sandbox';
import { describe, expect, test } from 'vitest';
import { memoryStore } from '../src/index.js';
import { sqliteStore } from '../src/node/sqlite-store.js';
import { createWorld, type World } from './support/world.js';

/*
 * What the simulator has found, each reduced to the few steps that matter.
 */

const act = { who: 'olga', why: 'the amounts look wrong' };

/** Does something while the bank is busy with the next call of this method, which takes it a few seconds. */
function duringNext(world: World, method: string, what: () => Promise<unknown>): void {
  let done = false;
  world.setNetwork(async (request, next) => {
    if (done || !request.url.endsWith(method)) return next(request);
    done = true;
    await what();
    await world.clock.advance(3000);
    return next(request);
  });
}

const kinds = async (world: World) => (await world.journal()).map(({ kind }) => kind);

describe('a pause that comes while the engine waits for the bank', () => {
  test('of starts: the session that was being opened is not started until it is lifted', async () => {
    const world = await createWorld();
    duringNext(world, 'session/create', () => world.startBff().operator.pause({ start: true }, act));
    await world.pay('00');
    await world.pass(60_000);
    expect(await kinds(world)).toEqual(['created']);
    await world.startBff().operator.pause({ start: false }, act);
    await world.reaches('succeeded');
    expect(world.paid()).toHaveLength(1);
  });

  test('of confirms: what the bank shows as waiting is not confirmed until it is lifted', async () => {
    const world = await createWorld();
    duringNext(world, 'session/status', () => world.startBff().operator.pause({ confirm: true }, act));
    await world.pay('00');
    await world.pass(60_000);
    expect(await kinds(world)).not.toContain('confirm');
    await world.startBff().operator.pause({ confirm: false }, act);
    await world.reaches('succeeded');
    expect(world.paid()).toHaveLength(1);
  });
});

test('a pause counts though the one who lifted the last had a clock that is ahead', async () => {
  const store = sqliteStore({ path: ':memory:' });
  const ahead = await createWorld({ store });
  await ahead.clock.advance(60_000);
  await ahead.startBff().operator.pause({ start: false }, act);
  const world = await createWorld({ store });
  expect(await world.startBff().operator.pause({ start: true }, act)).toEqual({
    start: true,
    confirm: false,
  });
  await world.pay('00');
  await world.pass(30_000);
  expect(await kinds(world)).toEqual(['created']);
  await store.close();
});

test('an earlier attempt that cannot be cancelled is not tried every few seconds for ever', async () => {
  const world = await createWorld({
    sandbox: { settings: { personality: { lateStartOnCancelled: true } } },
  });
  let late: Request | null = null;
  world.setNetwork(async (request, next) => {
    if (!request.url.endsWith('start/payout') || late) return next(request);
    late = request.clone();
    throw new TypeError('fetch failed', { cause: { code: 'ECONNRESET' } });
  });
  // The bank works on such a payout for ever, and refuses to cancel it.
  await world.pay('94');
  await world.until(async () => (await world.payout()).attempts.length === 2);
  if (late) await world.sandbox.fetch(late);
  await world.reaches('needs_attention');
  expect((await world.payout()).payout.attention).toBe('earlier_attempt_alive');
  const cancels = async () => (await kinds(world)).filter((kind) => kind === 'cancel').length;
  const before = await cancels();
  await world.pass(3_600_000);
  expect((await cancels()) - before).toBeGreaterThan(5);
  expect((await cancels()) - before).toBeLessThan(15);
});

test('another account is paid though a webhook came and was answered while the recipient chose it', async () => {
  const clock = { now: () => world.clock.now() };
  const store = memoryStore({ clock });
  const world = await createWorld({ store });
  await world.pay('91');
  await world.reaches('failed');
  const { payout } = await world.payout();
  const token = await world.tokenize(accountEndingWith('00'));
  // Between the desk's reading and its writing: the webhook wakes the payout, and the engine has its look.
  const { batch } = store;
  store.batch = async (statements) => {
    store.batch = batch;
    await batch([{ do: 'wake', payoutId: payout.id, at: world.clock.now() }]);
    await world.startBff().drain();
    return batch(statements);
  };
  const answer = await world.call('POST', '/payouts', await world.ticket(), { token });
  expect(answer.status).toBe(202);
  await world.reaches('succeeded');
  expect(world.paid()).toHaveLength(1);
});

test('a payout that failed and pays after all is noticed within a day, without any webhook', async () => {
  const world = await createWorld({
    sandbox: {
      settings: { webhooks: false, personality: { lateStartOnCancelled: true, autoConfirm: true } },
    },
  });
  let late: Request | null = null;
  world.setNetwork(async (request, next) => {
    if (!request.url.endsWith('start/payout')) return next(request);
    late = request;
    return Response.json({ status: 'error', error: { code: 'operation_rejected', description: 'no' } });
  });
  await world.pay('00');
  await world.reaches('failed');
  if (late) await world.sandbox.fetch(late);
  await world.reaches('succeeded', 25 * 3_600_000);
  expect(world.alarms()).toEqual(['paid_after_failure']);
});

test('an earlier attempt that has paid is told at once, not when the present one has come to its end', async () => {
  const world = await createWorld({
    sandbox: { settings: { personality: { lateStartOnCancelled: true, cancelLosesRace: true } } },
  });
  let late: Request | null = null;
  world.setNetwork(async (request, next) => {
    if (!request.url.endsWith('start/payout')) return next(request);
    if (late) return new Response('', { status: 502 });
    late = request.clone();
    throw new TypeError('fetch failed', { cause: { code: 'ECONNRESET' } });
  });
  await world.pay('00');
  await world.until(async () => (await kinds(world)).filter((kind) => kind === 'start').length === 2);
  if (late) await world.sandbox.fetch(late);
  await world.until(() => world.alarms().length > 0);
  expect(world.paid()).toHaveLength(1);
  expect(world.alarms()).toEqual(['earlier_attempt_paid']);
  expect((await world.journal()).map(({ data }) => data.alarm)).toContain('earlier_attempt_paid');
});
