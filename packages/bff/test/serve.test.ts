import { once } from 'node:events';
import { request as httpRequest } from 'node:http';
import type { AddressInfo } from 'node:net';
import { connect, createServer } from 'node:net';
import { Hono } from 'hono';
import { afterEach, describe, expect, test, vi } from 'vitest';
import { PortTakenError } from '../src/node/port-taken-error.js';
import { type RunningServer, type ServeOptions, serve } from '../src/node/serve.js';
import { expectProblem, harness, shop, ticket } from './http-harness.js';

const running: RunningServer[] = [];
afterEach(async () => {
  await Promise.all(running.splice(0).map((server) => server.close()));
});

function servable(app: Hono) {
  const state = { drains: 0, closed: 0 };
  return {
    state,
    app,
    checkConfiguration: async () => {},
    async drain() {
      state.drains += 1;
      return { worked: 0, more: false };
    },
    nextDue: async () => null,
    onWake: () => () => undefined,
    async close() {
      state.closed += 1;
    },
  };
}

async function start(app: Hono, options: Partial<ServeOptions> = {}) {
  const bff = servable(app);
  const server = await serve(bff, { port: 0, ...options });
  running.push(server);
  return { ...server, state: bff.state };
}

async function served(options: Partial<ServeOptions> = {}) {
  const bff = harness();
  return { ...bff, ...(await start(bff.app, options)) };
}

const json = async () => ({
  authorization: `Bearer ${await ticket()}`,
  origin: shop,
  'content-type': 'application/json',
});

async function startPayout(url: string): Promise<string> {
  const body = '{"token":"widget-token"}';
  const response = await fetch(`${url}/payouts`, { method: 'POST', headers: await json(), body });
  expect(response.status).toBe(202);
  return (await response.json()).viewToken;
}

describe('an answer', () => {
  test('goes out whole, with its length', async () => {
    const { url } = await served();
    const answer = await fetch(`${url}/health`);
    expect(answer.headers.get('content-length')).toBe('15');
    expect(answer.headers.get('cache-control')).toBe('no-store');
    expect(await answer.json()).toEqual({ status: 'ok' });
    const head = await fetch(`${url}/health`, { method: 'HEAD' });
    expect([head.status, head.headers.get('content-type')]).toEqual([200, 'application/json']);
  });

  test('carries what the host around it added or made of it', async () => {
    const host = new Hono();
    host.use('/kept/*', async (c, next) => {
      c.header('x-before', 'yes');
      await next();
      for (const cookie of ['a=1', 'b=2']) c.res.headers.append('set-cookie', cookie);
    });
    host.use('/other/*', async (c, next) => {
      await next();
      c.res = new Response(`was ${await c.res.text()}`, c.res);
    });
    const { app } = harness();
    const { url } = await start(host.route('/kept', app).route('/other', app));
    const kept = await fetch(`${url}/kept/health`);
    expect(kept.headers.getSetCookie()).toEqual(['a=1', 'b=2']);
    expect(kept.headers.get('x-before')).toBe('yes');
    expect(await (await fetch(`${url}/other/health`)).text()).toBe('was {"status":"ok"}');
  });
});

describe('serve', () => {
  test('answers under its prefix, on this machine only, and runs the engine', async () => {
    const { url, state } = await served({ path: '/b131' });
    expect(url).toMatch(/^http:\/\/127\.0\.0\.1:\d+\/b131$/);
    expect(await (await fetch(`${url}/health`)).json()).toEqual({ status: 'ok' });
    await startPayout(url);
    await expectProblem(await fetch(`${url}/payouts/pay_1`), 401, 'ticket_missing');
    await vi.waitFor(() => expect(state.drains).toBeGreaterThan(0));
  });

  test('does not change what Request and Response are', async () => {
    const before = [globalThis.Request, globalThis.Response];
    await served();
    expect([globalThis.Request, globalThis.Response]).toEqual(before);
  });

  test('a taken port is named, with the way out, and nothing is left running', async () => {
    const other = createServer();
    await new Promise<void>((resolve) => other.listen(0, '127.0.0.1', resolve));
    const { port } = other.address() as AddressInfo;
    const bff = servable(new Hono());
    const error = await serve(bff, { port }).catch((caught: unknown) => caught);
    await new Promise((resolve) => other.close(resolve));
    expect(error).toBeInstanceOf(PortTakenError);
    expect(error).toMatchObject({ port });
    expect(String(error)).toMatch(new RegExp(`port ${port} on 127.0.0.1 is taken: .*choose another port`));
    expect(bff.state.drains).toBe(0);
  });

  test('a body too large is answered, although nobody reads it to its end and no length was told', async () => {
    const { url } = await served();
    const sending = httpRequest(`${url}/payouts`, { method: 'POST', headers: await json() });
    const answering = once(sending, 'response');
    for (let count = 0; count < 40; count += 1) sending.write(' '.repeat(1024));
    sending.end();
    const [answer] = await answering;
    expect(answer.statusCode).toBe(413);
    answer.resume();
    await once(answer, 'end');
    expect((await fetch(`${url}/health`)).status).toBe(200);
  });

  test('streams changes, and forgets a reader who went away', async () => {
    const { url, desk } = await served();
    const viewToken = await startPayout(url);
    const abort = new AbortController();
    const headers = { authorization: `Bearer ${viewToken}` };
    const response = await fetch(`${url}/payouts/pay_1/events`, { headers, signal: abort.signal });
    const reader = response.body?.pipeThrough(new TextDecoderStream()).getReader();
    expect((await reader?.read())?.value).toContain('"status":"created"');
    desk.change('pay_1', { status: 'processing' });
    expect((await reader?.read())?.value).toContain('"status":"processing"');
    await vi.waitFor(() => expect(desk.watchers()).toBe(1));
    abort.abort();
    await vi.waitFor(() => expect(desk.watchers()).toBe(0));
  });

  test('on close ends streams, lets requests finish, then closes the store, once', async () => {
    const bff = harness();
    let finish = () => {};
    const slow = new Promise<void>((resolve) => {
      finish = resolve;
    });
    const app = new Hono().route('/', bff.app);
    const site = new Hono();
    let entered = false;
    site.get('/slow', async (c) => {
      entered = true;
      await slow;
      return c.text('done');
    });
    site.route('/', app);
    const { url, close, state } = await start(site);
    const viewToken = await startPayout(url);
    const headers = { authorization: `Bearer ${viewToken}` };
    const stream = await fetch(`${url}/payouts/pay_1/events?after=1`, { headers });
    const whole = stream.text();
    const answer = fetch(`${url}/slow`);
    await vi.waitFor(() => expect([bff.desk.watchers(), entered]).toEqual([1, true]));
    const closing = close();
    expect(await whole).toBe(': still here\n\n');
    expect(bff.desk.watchers()).toBe(0);
    await expect(fetch(`${url}/health`)).rejects.toThrow();
    expect(state.closed).toBe(0);
    finish();
    expect(await (await answer).text()).toBe('done');
    await closing;
    await close();
    expect(state.closed).toBe(1);
  });

  test('what does not finish in time is cut off', async () => {
    const site = new Hono();
    let entered = false;
    site.get('/never', () => {
      entered = true;
      return new Promise<Response>(() => undefined);
    });
    const { url, close, state } = await start(site, { shutdownTimeout: 30 });
    const answer = fetch(`${url}/never`).catch((error: unknown) => error);
    await vi.waitFor(() => expect(entered).toBe(true));
    await close();
    expect(await answer).toBeInstanceOf(Error);
    expect(state.closed).toBe(1);
  });

  test('a connection that was opened and not used keeps nothing open', async () => {
    const { url, close } = await served();
    const { port, hostname } = new URL(url);
    const socket = connect(Number(port), hostname);
    await new Promise((resolve) => socket.once('connect', resolve));
    expect((await fetch(`${url}/health`)).status).toBe(200);
    const ended = new Promise((resolve) => socket.resume().once('close', resolve));
    await close();
    await ended;
  });

  test('closes by a signal of its host or of the system', async () => {
    const abort = new AbortController();
    const first = await served({ signal: abort.signal });
    abort.abort();
    await vi.waitFor(() => expect(first.state.closed).toBe(1));

    const tooEarly = await served({ signal: abort.signal });
    await vi.waitFor(() => expect(tooEarly.state.closed).toBe(1));

    const before = process.listenerCount('SIGTERM');
    const second = await served({ signals: true });
    expect(process.listenerCount('SIGTERM')).toBe(before + 1);
    process.emit('SIGTERM');
    await vi.waitFor(() => expect(second.state.closed).toBe(1));
    expect(process.listenerCount('SIGTERM')).toBe(before);
    expect(process.listenerCount('SIGINT')).toBe(before);
  });
});
