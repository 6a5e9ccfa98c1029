import { execFile } from 'node:child_process';
import { once } from 'node:events';
import { readFile } from 'node:fs/promises';
import { Agent, type IncomingMessage, request } from 'node:http';
import { join } from 'node:path';
import { text } from 'node:stream/consumers';
import { promisify } from 'node:util';
import { nodeHandler, socketAddress } from '@b131/bff/node';
import { createRecipient, payoutsOf, type Shown } from '@b131/runtimes/recipient';
import express, { type Express } from 'express';
import { Hono } from 'hono';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { type App, type AppOptions, example, startApp } from './app.ts';

const next = join(example, 'node_modules/next/dist/bin/next');
const apps: Record<string, AppOptions> = {
  Hono: { folder: example, args: ['hono.ts'] },
  Express: { folder: example, args: ['express.ts'] },
  Fastify: { folder: example, args: ['fastify.ts'] },
  Next: { folder: join(example, 'next'), args: [next, 'start', '--hostname', '127.0.0.1'] },
};

beforeAll(async () => {
  await promisify(execFile)(process.execPath, [next, 'build'], {
    cwd: join(example, 'next'),
    env: { ...process.env, NEXT_TELEMETRY_DISABLED: '1' },
  });
}, 300_000);

/** Status and code of what is refused. */
async function refusal({ host, config }: App, agent: Agent, path: string, body: string): Promise<string> {
  const headers = { 'content-type': 'application/json', origin: config.origin };
  const sent = request(`${host.url}/b131${path}`, { method: 'POST', headers, agent }).end(body);
  const answered = Promise.withResolvers<IncomingMessage>();
  // Once it has answered, the server may close the connection while we still send.
  sent.once('response', answered.resolve).on('error', answered.reject);
  const response = await answered.promise;
  const { code }: { code: string } = JSON.parse(await text(response));
  return `${response.statusCode} ${code}`;
}

describe.each(Object.entries(apps))('behind %s', (_name, options) => {
  let app: App;
  beforeAll(async () => {
    app = await startApp(options);
  }, 120_000);
  afterAll(async () => {
    expect(await app?.stop()).not.toBeNull();
  }, 60_000);

  test('a payout is made, watched over the stream, and paid once', { timeout: 120_000 }, async () => {
    const recipient = createRecipient(app, '/b131');
    const answers: (number | undefined)[] = [];
    app.bank.sandbox.on((event) => {
      if (event.kind === 'webhook') answers.push(event.httpStatus);
    });
    const { payout, viewToken } = await recipient.pay('00');
    let last: Shown | null = null;
    for await (const shown of payoutsOf(await recipient.events(payout, viewToken))) last = shown;
    expect(last).toMatchObject({ id: payout.id, status: 'succeeded' });
    expect(app.bank.sandbox.ledger().filter(({ kind }) => kind === 'paid')).toHaveLength(1);
    expect(answers.length).toBeGreaterThan(0);
    expect(new Set(answers)).toEqual(new Set([200]));
  });

  test('a page of a listed origin may ask beforehand, another may not', { timeout: 60_000 }, async () => {
    const ask = async (origin: string) => {
      const headers = {
        origin,
        'access-control-request-method': 'POST',
        'access-control-request-headers': 'authorization,content-type',
      };
      const response = await fetch(`${app.host.url}/b131/payouts`, { method: 'OPTIONS', headers });
      return response.headers.get('access-control-allow-origin');
    };
    expect(await ask(app.config.origin)).toBe(app.config.origin);
    expect(await ask('https://evil.example')).toBeNull();
  });

  test('a forged webhook, a body too large and an unknown address get their refusals', {
    timeout: 60_000,
  }, async () => {
    // One connection, kept as long as both sides want it: no refusal may leave it blocked for the next request.
    const agent = new Agent({ keepAlive: true, maxSockets: 1 });
    const ask = (path: string, body: string) => refusal(app, agent, path, body);
    for (const _round of [1, 2]) {
      expect(await ask('/webhooks/bank131', '{"type":"ready_to_confirm"}')).toBe('403 signature_invalid');
      expect(await ask('/webhooks/bank131', ' '.repeat(1_000_000))).toBe('413 body_too_large');
      expect(await ask('/nothing', '{}')).toBe('404 not_found');
      expect(await ask('/payouts', ' '.repeat(1_000_000))).toBe('401 ticket_missing');
    }
    agent.destroy();
  });

  test('the rest of the app is untouched', { timeout: 60_000 }, async () => {
    expect(await (await fetch(app.host.url)).text()).toBe('the shop');
    expect(await (await fetch(`${app.host.url}/payouts`)).text()).not.toContain('code');
  });
});

/** What an Express app of one's own answers at `/b131/payouts`. */
async function askExpress(app: Express, method: string): Promise<{ status: number; text: string }> {
  const server = app.listen(0, '127.0.0.1');
  await once(server, 'listening');
  const address = server.address();
  const port = typeof address === 'object' && address !== null ? address.port : 0;
  const headers = { 'content-type': 'application/json' };
  const body = method === 'POST' ? { body: '{}' } : {};
  try {
    const response = await fetch(`http://127.0.0.1:${port}/b131/payouts`, { method, headers, ...body });
    return { status: response.status, text: await response.text() };
  } finally {
    server.close();
    server.closeAllConnections();
  }
}

describe('nodeHandler', () => {
  test('behind something that has read the body, says so', { timeout: 60_000 }, async () => {
    const app = express()
      .use(express.json())
      .use('/b131', nodeHandler({ app: new Hono() }));
    const { status, text } = await askExpress(app, 'POST');
    expect(status).toBe(500);
    expect(text).toContain('nodeHandler: must come before whatever reads bodies, such as express.json()');
  });

  test('lets the BFF see the address of the connection', { timeout: 60_000 }, async () => {
    const who = new Hono().get('/payouts', (c) => c.text(socketAddress(c) ?? 'nobody'));
    const app = express().use('/b131', nodeHandler({ app: who }));
    expect(await askExpress(app, 'GET')).toEqual({ status: 200, text: '127.0.0.1' });
  });
});

describe('docs/mounting.md', async () => {
  const document = await readFile(join(example, '../../docs/mounting.md'), 'utf8');
  const files = [
    'hono.ts',
    'express.ts',
    'fastify.ts',
    'next/app/b131/[[...path]]/route.ts',
    'next/instrumentation.ts',
  ];
  test.each(files)('shows %s as it is', async (file) => {
    expect(document).toContain(await readFile(join(example, file), 'utf8'));
  });
});
