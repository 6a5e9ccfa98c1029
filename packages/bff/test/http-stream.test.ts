import { describe, expect, test, vi } from 'vitest';
import { StoreError } from '../src/store/store.js';
import { expectProblem, type Harness, harness, ticket } from './http-harness.js';

interface Follower {
  response: Response;
  /** The next message as it was sent; null when the stream ended. */
  next(): Promise<string | null>;
  /** The next event, past comments. */
  event(): Promise<{ id: number; status: string } | null>;
  leave(): Promise<void>;
}

async function follow(bff: Harness, path: string, token: string, headers = {}): Promise<Follower> {
  const response = await bff.get(path, token, headers);
  const reader = response.body?.pipeThrough(new TextDecoderStream()).getReader();
  if (!reader) throw new Error('no body');
  const next = async () => {
    const { done, value } = await reader.read();
    return done ? null : value;
  };
  return {
    response,
    next,
    async event() {
      for (let message = await next(); message !== null; message = await next()) {
        const [, id, data] = /^id: (\d+)\nevent: payout\ndata: (.*)\n\n$/.exec(message) ?? [];
        if (data) return { id: Number(id), status: JSON.parse(data).status };
        expect(message).toBe(': still here\n\n');
      }
      return null;
    },
    leave: () => reader.cancel(),
  };
}

async function started(bff = harness()) {
  const response = await bff.post('/payouts', await ticket(), { token: 'widget-token' });
  const { viewToken } = await response.json();
  return { bff, viewToken };
}

describe('the stream of a payout', () => {
  test('tells what is, then each change, and ends after a final status', async () => {
    const { bff, viewToken } = await started();
    const follower = await follow(bff, '/payouts/pay_1/events', viewToken);
    expect(follower.response.status).toBe(200);
    expect(follower.response.headers.get('content-type')).toBe('text/event-stream');
    expect(follower.response.headers.get('cache-control')).toBe('no-store');
    expect(await follower.event()).toEqual({ id: 1, status: 'created' });
    for (const [version, status] of [
      [2, 'starting'],
      [3, 'awaiting_confirmation'],
      [4, 'succeeded'],
    ] as const) {
      const event = follower.event();
      bff.desk.change('pay_1', { status });
      expect(await event).toEqual({ id: version, status });
    }
    expect(await follower.event()).toBeNull();
    expect(bff.desk.watchers()).toBe(0);
    expect(bff.desk.nudged).toEqual(['pay_1']);
  });

  test('goes on after what the reader has, by header or by query', async () => {
    const { bff, viewToken } = await started();
    bff.desk.change('pay_1', { status: 'starting' });
    for (const [path, headers] of [
      ['/payouts/pay_1/events', { 'last-event-id': '1' }],
      ['/payouts/pay_1/events?after=1', {}],
      ['/payouts/pay_1/events?after=0', { 'last-event-id': '1' }],
    ] as const) {
      const follower = await follow(bff, path, viewToken, headers);
      expect(await follower.event()).toEqual({ id: 2, status: 'starting' });
      await follower.leave();
    }
  });

  test('says nothing new at once to a reader who has it all, and can be read with a ticket', async () => {
    const { bff } = await started();
    const follower = await follow(bff, '/payouts/pay_1/events?after=1', await ticket());
    expect(await follower.next()).toBe(': still here\n\n');
    const event = follower.event();
    await vi.waitFor(() => expect(bff.desk.watchers()).toBe(1));
    bff.desk.change('pay_1', { status: 'processing' });
    expect(await event).toEqual({ id: 2, status: 'processing' });
    await follower.leave();
    expect(bff.desk.watchers()).toBe(0);
  });

  test('ends at once for a reader who has the final status', async () => {
    const { bff, viewToken } = await started();
    bff.desk.change('pay_1', { status: 'failed' });
    const follower = await follow(bff, '/payouts/pay_1/events?after=2', viewToken);
    expect(await follower.event()).toBeNull();
  });

  test('gives signs of life', async () => {
    const { bff, viewToken } = await started(harness({ stream: { heartbeat: 5 } }));
    const follower = await follow(bff, '/payouts/pay_1/events?after=1', viewToken);
    for (let count = 0; count < 3; count += 1) expect(await follower.next()).toBe(': still here\n\n');
    await follower.leave();
    expect(bff.desk.watchers()).toBe(0);
  });

  test('ends after a while, so that the reader proves again that it may read', async () => {
    let now = 0;
    const { bff, viewToken } = await started(
      harness({ clock: { now: () => now }, stream: { lifetime: 1000 } }),
    );
    const follower = await follow(bff, '/payouts/pay_1/events', viewToken);
    expect(await follower.event()).toEqual({ id: 1, status: 'created' });
    now = 1000;
    const event = follower.event();
    bff.desk.change('pay_1', { status: 'processing' });
    expect(await event).toBeNull();
  });

  test('a reader who is slow gets the newest state, not a backlog', async () => {
    const { bff, viewToken } = await started();
    const follower = await follow(bff, '/payouts/pay_1/events', viewToken);
    expect(await follower.event()).toEqual({ id: 1, status: 'created' });
    await new Promise((resolve) => setTimeout(resolve));
    for (let count = 0; count < 50; count += 1) bff.desk.change('pay_1', { status: 'processing' });
    let last = await follower.event();
    let received = 1;
    while (last && last.id < 51) {
      last = await follower.event();
      received += 1;
    }
    expect(last?.id).toBe(51);
    expect(received).toBeLessThan(6);
    await follower.leave();
  });

  test('nothing is left behind by readers who leave, whenever they leave', async () => {
    const { bff, viewToken } = await started();
    for (let count = 0; count < 20; count += 1) {
      const follower = await follow(bff, '/payouts/pay_1/events?after=1', viewToken);
      for (let reads = 0; reads < count % 3; reads += 1) void follower.next();
      await follower.leave();
    }
    await vi.waitFor(() => expect(bff.desk.watchers()).toBe(0));
  });

  test('nothing is left behind by a request that is aborted, or never read', async () => {
    const { bff, viewToken } = await started();
    const abort = new AbortController();
    const headers = { authorization: `Bearer ${viewToken}` };
    const init = { headers, signal: abort.signal };
    const response = await bff.app.request(new Request('http://bff/payouts/pay_1/events?after=1', init));
    const reader = response.body?.getReader();
    await reader?.read();
    const pending = reader?.read();
    await vi.waitFor(() => expect(bff.desk.watchers()).toBe(1));
    abort.abort();
    expect((await pending)?.done).toBe(true);
    expect(bff.desk.watchers()).toBe(0);
    await bff.app.request('/payouts/pay_1/events', { headers });
    await bff.app.request('/payouts/pay_1/events', { method: 'HEAD', headers });
    expect(bff.desk.watchers()).toBe(0);
  });

  test('a store that fails ends the stream cleanly, and the host is told', async () => {
    const { bff, viewToken } = await started();
    const follower = await follow(bff, '/payouts/pay_1/events', viewToken);
    bff.desk.failWith(new StoreError('unavailable', 'gone'));
    await follower.event();
    expect(await follower.event()).toBeNull();
    expect(bff.errors).toHaveLength(1);
  });

  test.each(['x', '-1', '1.5', '', '99999999999999999999'])('the cursor %j is refused', async (cursor) => {
    const { bff, viewToken } = await started();
    const byQuery = await bff.get(`/payouts/pay_1/events?after=${cursor}`, viewToken);
    expect((await expectProblem(byQuery, 422, 'invalid_request')).errors?.[0]?.field).toBe('after');
    const byHeader = await bff.get('/payouts/pay_1/events', viewToken, { 'last-event-id': cursor });
    expect((await expectProblem(byHeader, 422, 'invalid_request')).errors?.[0]?.field).toBe('Last-Event-ID');
  });
});
