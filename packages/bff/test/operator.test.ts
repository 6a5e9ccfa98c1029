import { describe, expect, test } from 'vitest';
import { createWorld, type World } from './support/world.js';

const anna = { who: 'anna@ops', why: 'checked with the bank, case 42' };

/** A bank that shows another amount than was recorded: the engine hands the payout to a person. */
async function mismatched(): Promise<World> {
  const world = await createWorld();
  world.setNetwork(async (request, next) => {
    const response = await next(request);
    if (!request.url.endsWith('session/status')) return response;
    return new Response((await response.text()).replaceAll('150000', '160000'), response);
  });
  await world.pay('00');
  await world.reaches('needs_attention');
  return world;
}

/** A bank whose session stays in `error` for ever: its answer proves nothing. */
async function stuckInError(): Promise<World> {
  const world = await createWorld();
  world.setNetwork(async (request, next) => {
    const response = await next(request);
    if (!request.url.endsWith('session/status')) return response;
    const text = (await response.text()).replace(
      /("session":\{"id":"[^"]+","status":)"[a-z_]+"/,
      '$1"error"',
    );
    return new Response(text.replace(/,"next_action":"confirm"/, ''), response);
  });
  await world.pay('94');
  await world.reaches('needs_attention');
  return world;
}

describe('an operator', () => {
  test('confirms where the mode is theirs; who and why are in the journal', async () => {
    const world = await createWorld({ bff: { confirm: 'operator' } });
    await world.pay('00');
    await world.reaches('awaiting_confirmation');
    await world.pass(60_000);
    const { payout } = await world.payout();
    expect(payout.status).toBe('awaiting_confirmation');
    expect(await world.bff().operator.confirm(payout.id, anna)).toMatchObject({ kind: 'done' });
    await world.reaches('succeeded');
    expect(world.paid()).toHaveLength(1);
    const word = (await world.journal()).find(({ kind }) => kind === 'word');
    expect(word?.data).toEqual({ say: 'confirm', by: 'operator', ...anna });
  });

  test('cancels instead of the recipient; nothing is paid', async () => {
    const world = await createWorld({ bff: { confirm: 'recipient' } });
    await world.pay('00');
    await world.reaches('awaiting_confirmation');
    const { payout } = await world.payout();
    await world.bff().operator.cancel(payout.id, anna);
    await world.reaches('cancelled');
    expect(world.paid()).toEqual([]);
  });

  test('cannot confirm past the checks', async () => {
    const world = await mismatched();
    const { payout } = await world.payout();
    expect(await world.bff().operator.confirm(payout.id, anna)).toMatchObject({ kind: 'done' });
    await world.pass(60_000);
    expect((await world.payout()).payout).toMatchObject({
      status: 'needs_attention',
      attention: 'mismatch',
      word: null,
    });
    expect(world.paid()).toEqual([]);
    const refused = (await world.journal()).find(({ kind }) => kind === 'word_refused');
    expect(refused?.data).toEqual({ differ: 'amount' });
  });

  test('cancels what does not match, and the recipient may try again', async () => {
    const world = await mismatched();
    const { payout } = await world.payout();
    await world.bff().operator.cancel(payout.id, anna);
    await world.reaches('cancelled');
    world.setNetwork(undefined);
    await world.pass(1000);
    await world.pay('01');
    await world.reaches('succeeded');
    expect(world.paid()).toHaveLength(1);
  });

  test('has no word where the bank does not wait for one', async () => {
    const world = await createWorld();
    await world.pay('94');
    await world.reaches('processing');
    const { payout } = await world.payout();
    const refused = { kind: 'refused', because: 'not_awaiting' };
    expect(await world.bff().operator.confirm(payout.id, anna)).toMatchObject(refused);
    expect(await world.bff().operator.cancel(payout.id, anna)).toMatchObject(refused);
    expect(await world.bff().operator.cancel('pay_none', anna)).toEqual({
      kind: 'refused',
      because: 'unknown_payout',
    });
  });

  test('asks the bank at once', async () => {
    const world = await createWorld({ sandbox: { settings: { webhooks: false } } });
    await world.pay('94');
    await world.pass(2 * 3_600_000);
    const { payout } = await world.payout();
    const asked = payout.askedAt;
    expect(await world.bff().operator.recheck(payout.id)).toBe(true);
    await world.pass(1000);
    expect((await world.payout()).payout.askedAt).toBeGreaterThan(asked ?? 0);
    expect(await world.bff().operator.recheck('pay_none')).toBe(false);
  });

  test('reads a payout with its journal, and lists by status, page by page', async () => {
    const world = await createWorld();
    for (const ref of ['a', 'b', 'c']) await world.pay(ref === 'b' ? '91' : '00', { ref });
    for (const ref of ['a', 'c']) await world.reaches('succeeded', undefined, ref);
    await world.reaches('failed', undefined, 'b');
    const { operator } = world.bff();
    const first = await operator.list({ limit: 2 });
    expect(first.payouts).toHaveLength(2);
    const rest = await operator.list({ limit: 2, ...(first.next ? { after: first.next } : {}) });
    expect(rest).toMatchObject({ next: null });
    expect([...first.payouts, ...rest.payouts].map(({ ref }) => ref).sort()).toEqual(['a', 'b', 'c']);
    const failed = await operator.list({ limit: 9, status: 'failed' });
    expect(failed.payouts.map(({ ref }) => ref)).toEqual(['b']);
    const file = await operator.read(failed.payouts[0]?.id ?? '');
    expect(file?.journal.at(-1)).toMatchObject({ to: 'failed', data: { code: 'account_not_found' } });
    expect(file?.attempts).toHaveLength(1);
    expect(await operator.read('pay_none')).toBeNull();
  });
});

describe('a resolution', () => {
  const evidence = 'statement of 2026-11-23, line 7';

  test('ends what the bank leaves open, with the evidence in the journal', async () => {
    const world = await stuckInError();
    const { payout } = await world.payout();
    const resolved = await world.bff().operator.resolve(payout.id, { outcome: 'failed', evidence, ...anna });
    expect(resolved).toMatchObject({
      kind: 'done',
      record: { payout: { status: 'failed', errorCode: 'resolved' } },
    });
    expect((await world.journal()).at(-1)).toMatchObject({
      kind: 'resolved',
      data: { outcome: 'failed', evidence, ...anna },
    });
  });

  test('as failed lets the recipient try again, and what was written off does not hold up the next attempt', async () => {
    const world = await stuckInError();
    const { payout } = await world.payout();
    await world.bff().operator.resolve(payout.id, { outcome: 'failed', evidence, ...anna });
    const stuck = (await world.payout()).attempts[0]?.sessionId ?? '';
    world.setNetwork(async (request, next) => {
      const body = await request.clone().text();
      const response = await next(request);
      if (!request.url.endsWith('session/status') || !body.includes(stuck)) return response;
      return new Response(
        (await response.text()).replace('"status":"in_progress"', '"status":"error"'),
        response,
      );
    });
    expect((await world.pay('01')).status).toBe(202);
    await world.reaches('succeeded');
    expect(world.paid()).toHaveLength(1);
  });

  test('may not contradict the bank', async () => {
    const world = await createWorld();
    await world.pay('94');
    await world.reaches('needs_attention', 8 * 24 * 3_600_000);
    const { payout } = await world.payout();
    const { operator } = world.bff();
    const contradicts = { kind: 'refused', because: 'bank_contradicts' };
    expect(await operator.resolve(payout.id, { outcome: 'failed', evidence, ...anna })).toMatchObject(
      contradicts,
    );
    expect(await operator.resolve(payout.id, { outcome: 'cancelled', evidence, ...anna })).toMatchObject(
      contradicts,
    );
    expect((await world.payout()).payout.status).toBe('needs_attention');
  });

  test('waits for a bank that cannot be asked: it may show that it pays after all', async () => {
    const world = await createWorld();
    await world.pay('94');
    await world.reaches('needs_attention', 8 * 24 * 3_600_000);
    const { payout } = await world.payout();
    world.setNetwork(async () => Promise.reject(new TypeError('the network is down')));
    const resolved = await world.bff().operator.resolve(payout.id, { outcome: 'failed', evidence, ...anna });
    expect(resolved).toMatchObject({ kind: 'refused', because: 'bank_silent' });
    expect((await world.payout()).payout.status).toBe('needs_attention');
  });

  test('is for what needs attention only', async () => {
    const world = await createWorld();
    await world.pay('00');
    await world.reaches('succeeded');
    const { payout } = await world.payout();
    const result = await world.bff().operator.resolve(payout.id, { outcome: 'failed', evidence, ...anna });
    expect(result).toMatchObject({ kind: 'refused', because: 'not_in_attention' });
  });
});

describe('the pause switch', () => {
  test('holds starts, and lets them go again', async () => {
    const world = await createWorld();
    expect(await world.bff().operator.pause({ start: true }, anna)).toEqual({ start: true, confirm: false });
    await world.pay('00');
    await world.pass(600_000);
    expect((await world.payout()).payout.status).toBe('created');
    expect(world.sandbox.sessions()).toEqual([]);
    await world.bff().operator.pause({ start: false }, anna);
    await world.reaches('succeeded');
    expect(world.paid()).toHaveLength(1);
    const log = await world.bff().operator.switchLog(10);
    expect(log.map(({ paused, by, why }) => [paused, by, why])).toEqual([
      [false, anna.who, anna.why],
      [true, anna.who, anna.why],
    ]);
  });

  test('holds confirms, in a process that began before it was flipped too', async () => {
    const world = await createWorld();
    await world.pay('00');
    await world.bff().operator.pause({ confirm: true }, anna);
    await world.pass(60_000);
    expect((await world.payout()).payout.status).toBe('awaiting_confirmation');
    expect(world.paid()).toEqual([]);
    await world.bff().operator.pause({ confirm: false }, anna);
    await world.reaches('succeeded');
    expect(world.paid()).toHaveLength(1);
  });
});
