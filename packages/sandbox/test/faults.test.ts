import { createBank131 } from '@b131/api';
import { describe, expect, it, vi } from 'vitest';
import { FAULT_KINDS, type FaultOrder } from '../src/index.js';
import { control } from './support/control.js';
import { type Desk, keys, openDesk, payout } from './support/desk.js';

/** A session that waits for confirmation. */
async function waiting(desk: Desk, metadata: unknown = 'good'): Promise<string> {
  const { session } = await desk.call('v2', 'session/create', {});
  const order = { ...payout('v2', await desk.token()), metadata };
  await desk.call('v2', 'session/start/payout', { session_id: session.id, ...order });
  await desk.pass(1_000);
  return session.id;
}

const confirm = (desk: Desk, id: string, headers = {}) =>
  desk.send('/api/v2/session/confirm', JSON.stringify({ session_id: id }), headers);

const isConfirmed = (desk: Desk, id: string) =>
  desk.sandbox.sessions().some((one) => one.id === id && one.next_action === null);

const strikesAt = (desk: Desk) => desk.events.filter(({ kind }) => kind === 'fault').length;

/** What a call that is never answered comes to, when as much time has passed. */
async function end(desk: Desk, call: Promise<Response>, ms: number): Promise<unknown> {
  const strikes = strikesAt(desk);
  const settled = call.then(
    (response) => response.status,
    (error: unknown) => error,
  );
  await vi.waitFor(() => expect(strikesAt(desk)).toBeGreaterThan(strikes), 30_000);
  await desk.pass(ms);
  return settled;
}

describe('a fault of one call, by its header', () => {
  it.each([
    ['error_before', 500, false],
    ['error_after', 500, true],
    ['error_after status=503', 503, true],
    ['html_before', 502, false],
    ['html_after', 504, true],
  ])('%s', async (fault, status, carriedOut) => {
    const desk = await openDesk();
    const id = await waiting(desk);
    const answer = await confirm(desk, id, { 'x-sandbox-fault': fault });
    expect(answer.status).toBe(status);
    const text = await answer.text();
    expect(text.startsWith('<') ? answer.headers.get('content-type') : JSON.parse(text).error.code).toBe(
      fault.startsWith('html') ? 'text/html' : 'internal_error',
    );
    expect(isConfirmed(desk, id)).toBe(carriedOut);
    expect(desk.events).toContainEqual(
      expect.objectContaining({
        kind: 'fault',
        fault: fault.split(' ')[0],
        on: 'session/confirm',
        sessionId: id,
      }),
    );
    const again = await confirm(desk, id);
    expect(again.status).toBe(200);
  });

  it('truncated: the JSON breaks off, and the call was carried out', async () => {
    const desk = await openDesk();
    const id = await waiting(desk);
    const text = await (await confirm(desk, id, { 'x-sandbox-fault': 'truncated' })).text();
    expect(text.startsWith('{"status":"ok"')).toBe(true);
    expect(() => JSON.parse(text)).toThrow(SyntaxError);
    expect(isConfirmed(desk, id)).toBe(true);
  });

  it.each([
    ['reset_before', false],
    ['reset_after', true],
    ['timeout_before ms=500', false],
    ['timeout_after ms=500', true],
  ])('%s: no answer', async (fault, carriedOut) => {
    const desk = await openDesk({ settings: { confirmTimeoutMs: 3_600_000 } });
    const id = await waiting(desk);
    const error = await end(desk, confirm(desk, id, { 'x-sandbox-fault': fault }), 500);
    expect(error).toMatchObject({ message: 'fetch failed', cause: { code: 'ECONNRESET' } });
    expect(isConfirmed(desk, id)).toBe(carriedOut);
    expect(desk.events.filter(({ kind }) => kind === 'request').at(-1)).toMatchObject({
      method: 'session/confirm',
      httpStatus: 0,
      outcome: carriedOut ? 'answer_lost' : 'never_arrived',
    });
  });

  it('delay: the call is carried out, its answer comes late', async () => {
    const desk = await openDesk();
    const id = await waiting(desk);
    const from = desk.clock.now();
    expect(await end(desk, confirm(desk, id, { 'x-sandbox-fault': 'delay ms=2500' }), 2_500)).toBe(200);
    expect(desk.events.filter(({ kind }) => kind === 'request').at(-1)).toMatchObject({
      ms: 2_500,
      outcome: 'ok',
    });
    expect(desk.clock.now() - from).toBe(2_500);
  });

  it.each([
    ['explode', 'kind: must be one of delay'],
    ['webhook_missing', 'spoils webhooks'],
    ['delay on', "'on' needs a method"],
    ['delay ms=soon', 'ms:'],
    ['delay quickly', "'quickly'"],
    ['html_after status=200', 'status: must be 500 to 599'],
    ['delay on payment_finished', 'on: for delay must be one of token'],
  ])('%s is refused in words', async (fault, words) => {
    const desk = await openDesk();
    const answer = await desk.send('/api/v2/session/create', '{}', { 'x-sandbox-fault': fault });
    expect(answer.status).toBe(400);
    const text = await answer.text();
    expect(text).toContain('X-SANDBOX-FAULT');
    expect(text).toContain(words);
    expect(desk.sandbox.sessions()).toEqual([]);
  });

  it('a client of the bank takes them for what they are', async () => {
    const desk = await openDesk();
    const { partner, bank: bankKeys } = await keys();
    const id = await waiting(desk);
    const bank = createBank131({
      environment: { api: 'http://bank.example' },
      project: 'shop',
      privateKey: partner.privateKey,
      bankPublicKeys: [bankKeys.publicKey],
      fetch: (input, init) => desk.sandbox.fetch(new Request(input, init)),
    });
    for (const kind of ['reset_after', 'html_before', 'truncated', 'error_after'] as const) {
      await control(desk.sandbox, 'faults', { kind, on: 'session/confirm' });
      await expect(bank.session.confirm({ session_id: id })).rejects.toThrow();
    }
    expect((await bank.session.status({ session_id: id })).id).toBe(id);
  });
});

describe('a fault that waits', () => {
  it('strikes the calls it is for, as often as it is told to, and is listed until then', async () => {
    const desk = await openDesk();
    const added = await control(desk.sandbox, 'faults', {
      kind: 'html_after',
      on: 'session/create',
      times: 2,
    });
    expect(added).toMatchObject({ httpStatus: 201, body: { id: 1, times: 2, sessionId: null } });
    expect(await desk.token()).toMatch(/^[0-9a-f]{64}$/);
    const statuses = [];
    for (const _ of [1, 2, 3]) statuses.push((await desk.send('/api/v2/session/create', '{}')).status);
    expect(statuses).toEqual([504, 504, 200]);
    expect((await control(desk.sandbox, 'faults')).body.faults).toEqual([]);
    expect(desk.sandbox.sessions()).toHaveLength(3);
  });

  it('strikes one session alone', async () => {
    const desk = await openDesk();
    const [one, other] = [await waiting(desk), await waiting(desk)];
    await control(desk.sandbox, 'faults', { kind: 'html_before', sessionId: one, times: null });
    expect((await confirm(desk, other)).status).toBe(200);
    expect((await confirm(desk, one)).status).toBe(502);
    expect((await confirm(desk, one)).status).toBe(502);
    expect((await control(desk.sandbox, 'faults/1', undefined, 'DELETE')).httpStatus).toBe(200);
    expect((await confirm(desk, one)).status).toBe(200);
    expect((await control(desk.sandbox, 'faults/1', undefined, 'DELETE')).httpStatus).toBe(404);
  });

  it('is asked for by magic metadata, from any client, once however often it is told', async () => {
    const desk = await openDesk();
    const metadata = {
      ref: 7,
      sandbox_faults: ['html_after on session/confirm', { kind: 'webhook_missing' }],
    };
    const id = await waiting(desk, metadata);
    expect(desk.received).toEqual([]);
    expect((await confirm(desk, id)).status).toBe(504);
    const again = { session_id: id, ...payout('v2', await desk.token()), metadata };
    await desk.call('v2', 'session/start/payout', again);
    await desk.pass(1_000);
    const session = await desk.status('v2', id);
    expect(session.payout_list[0]).toMatchObject({ status: 'succeeded', metadata });
    const bad = await desk.call('v2', 'session/create', { metadata: { sandbox_faults: ['bang'] } });
    expect(bad.error.description).toContain('metadata.sandbox_faults: kind: must be one of');
  });

  it('is refused by name when it makes no sense', async () => {
    const desk = await openDesk();
    for (const [order, field] of [
      [{}, 'kind'],
      [{ kind: 'delay', on: 'ready_to_confirm' }, 'on'],
      [{ kind: 'delay', times: 0 }, 'times'],
      [{ kind: 'delay', share: 2 }, 'share'],
      [{ kind: 'delay', sessionId: 'x' }, 'sessionId'],
      [{ kind: 'delay', speed: 1 }, 'speed'],
    ] as const) {
      const { httpStatus, body } = await control(desk.sandbox, 'faults', order);
      expect([httpStatus, body.error.code]).toEqual([422, 'invalid_fault']);
      expect(body.error.description).toContain(field);
    }
  });

  it('is told of, each kind with its words and what it may wait for', async () => {
    const desk = await openDesk();
    const { kinds } = (await control(desk.sandbox, 'faults')).body;
    expect(kinds.map(({ kind }) => kind)).toEqual(FAULT_KINDS.map(({ kind }) => kind));
    expect(kinds.find(({ kind }) => kind === 'webhook_late')?.on).toContain('payment_finished');
  });
});

describe('faults drawn by a seed', () => {
  const calls = async (desk: Desk) => {
    const statuses: number[] = [];
    for (let call = 0; call < 40; call += 1) {
      statuses.push((await desk.send('/api/v2/session/create', '{}')).status);
    }
    return statuses.join(' ');
  };
  const now_and_then = (seed: number): FaultOrder[] => [{ kind: 'html_after', share: 0.3, seed }];

  it('come again with the same seed and calls, and differently with another', async () => {
    const one = await calls(await openDesk({ faults: now_and_then(7) }));
    expect(await calls(await openDesk({ faults: now_and_then(7) }))).toBe(one);
    expect(await calls(await openDesk({ faults: now_and_then(8) }))).not.toBe(one);
    const struck = one.split(' ').filter((status) => status === '504').length;
    expect(struck).toBeGreaterThan(4);
    expect(struck).toBeLessThan(24);
  });

  it('go by the seed of the sandbox when they have none', async () => {
    const faults: FaultOrder[] = [{ kind: 'error_after', share: 0.5 }];
    const one = await calls(await openDesk({ faults, seed: 1 }));
    expect(await calls(await openDesk({ faults, seed: 1 }))).toBe(one);
    expect(await calls(await openDesk({ faults, seed: 2 }))).not.toBe(one);
  });

  it('meet a session whatever others do meanwhile', async () => {
    const alone = await openDesk({ faults: [{ kind: 'html_before', on: 'session/status', share: 0.5 }] });
    const crowded = await openDesk({ faults: [{ kind: 'html_before', on: 'session/status', share: 0.5 }] });
    const ask = async (desk: Desk, id: string) =>
      (await desk.send('/api/v2/session/status', JSON.stringify({ session_id: id }))).status;
    const first = (await alone.call('v2', 'session/create', {})).session.id;
    const same = (await crowded.call('v2', 'session/create', {})).session.id;
    const other = (await crowded.call('v2', 'session/create', {})).session.id;
    for (let asked = 0; asked < 20; asked += 1) {
      await ask(crowded, other);
      expect(await ask(crowded, same)).toBe(await ask(alone, first));
    }
  });

  it('random_call draws what happens as well', async () => {
    const desk = await openDesk({ faults: [{ kind: 'random_call', share: 1 }] });
    const struck = new Set<string>();
    desk.sandbox.on((event) => event.kind === 'fault' && struck.add(event.fault));
    for (let call = 0; call < 60; call += 1) {
      await end(desk, desk.send('/api/v2/session/create', '{}'), 60_000);
    }
    expect([...struck].sort()).toEqual(
      FAULT_KINDS.filter(({ kind, spoils }) => spoils === 'call' && kind !== 'random_call')
        .map(({ kind }) => kind)
        .sort(),
    );
  });
});

describe('webhooks that go wrong', () => {
  const after = async (kind: FaultOrder['kind'], ms = 1_000) => {
    const desk = await openDesk();
    await control(desk.sandbox, 'faults', { kind, times: 1 });
    const id = await desk.start('v2', '00');
    await desk.pass(ms);
    return { desk, id };
  };

  it('duplicate', async () => {
    const { desk } = await after('webhook_duplicate');
    expect(desk.received).toHaveLength(2);
    expect(desk.received[0]).toEqual(desk.received[1]);
  });

  it('late', async () => {
    const { desk } = await after('webhook_late');
    expect(desk.received).toEqual([]);
    await desk.pass(30_000);
    expect(desk.received.map(({ body }) => body.type)).toEqual(['ready_to_confirm']);
  });

  it('missing', async () => {
    const { desk, id } = await after('webhook_missing', 3_600_000 / 8);
    expect(desk.received).toEqual([]);
    expect((await desk.status('v2', id)).next_action).toBe('confirm');
  });

  it('reordered: it comes after the next one', async () => {
    const { desk, id } = await after('webhook_reordered');
    await desk.call('v2', 'session/confirm', { session_id: id });
    await desk.pass(1_000);
    expect(desk.received.map(({ body }) => body.type)).toEqual(['payment_finished', 'ready_to_confirm']);
  });

  it('reordered, with none after it: it comes all the same', async () => {
    const { desk } = await after('webhook_reordered', 31_000);
    expect(desk.received.map(({ body }) => body.type)).toEqual(['ready_to_confirm']);
    expect(desk.events.filter(({ kind }) => kind === 'webhook')).toHaveLength(1);
  });

  it('forged: it claims success, its signature is false, and the true one follows', async () => {
    const { desk } = await after('webhook_forged');
    expect(
      desk.received.map(({ signed, body }) => [signed, body.type, body.session.payout_list[0].status]),
    ).toEqual([
      [false, 'payment_finished', 'succeeded'],
      [true, 'ready_to_confirm', 'pending'],
    ]);
    expect(desk.received[0]?.body.session.status).toBe('accepted');
    expect(desk.events.filter((event) => event.kind === 'webhook' && event.forged)).toHaveLength(1);
  });
});
