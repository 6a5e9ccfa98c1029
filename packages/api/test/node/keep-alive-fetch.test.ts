import { once } from 'node:events';
import { createServer, type Server } from 'node:http';
import { afterEach, expect, it } from 'vitest';
import { keepAliveFetch } from '../../src/node/index.js';
import { portOf } from '../support/bank-server.js';
import { clientOf, sessionBody } from '../support/client.js';

const servers: Server[] = [];
afterEach(async () => {
  for (const server of servers.splice(0)) {
    server.closeAllConnections();
    server.close();
    await once(server, 'close');
  }
});

/** A bank that counts its connections. */
async function listen(answer: Parameters<typeof createServer>[1]) {
  const server = createServer(answer);
  servers.push(server);
  let opened = 0;
  server.on('connection', () => {
    opened += 1;
  });
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  return { api: `http://127.0.0.1:${portOf(server.address())}`, server, opened: () => opened };
}

const status = { session_id: 'ps_3230' };

it('uses one connection for one call after the other, and as many as it may for many at once', async () => {
  const bank = await listen((request, response) => {
    request.resume();
    request.once('end', () => response.end(JSON.stringify(sessionBody())));
  });
  const client = clientOf(bank.api, { fetch: keepAliveFetch({ connections: 3 }) });
  for (let n = 0; n < 5; n += 1) await client.session.status(status);
  expect(bank.opened()).toBe(1);
  await Promise.all(Array.from({ length: 12 }, () => client.session.status(status)));
  expect(bank.opened()).toBeLessThanOrEqual(3);
});

it('gives up a connection that nobody uses, so that the bank does not close it under a call', async () => {
  const bank = await listen((request, response) => {
    request.resume();
    request.once('end', () => response.end(JSON.stringify(sessionBody())));
  });
  const closed = once(bank.server, 'connection').then(([socket]) => once(socket, 'close'));
  await clientOf(bank.api, { fetch: keepAliveFetch({ idle: 30 }) }).session.status(status);
  await closed;
});

it('reads an answer that comes in bits, and reads no further than the client wants', async () => {
  const text = JSON.stringify(sessionBody({ note: 'я'.repeat(200_000) }));
  const bank = await listen((request, response) => {
    request.resume();
    response.writeHead(200, { 'content-type': 'application/json' });
    const bytes = Buffer.from(text);
    for (let at = 0; at < bytes.length; at += 7001) response.write(bytes.subarray(at, at + 7001));
    response.end();
  });
  const session = await clientOf(bank.api, { fetch: keepAliveFetch() }).session.status(status);
  expect(session.note).toHaveLength(200_000);
});

it('follows no redirect', async () => {
  const paths: string[] = [];
  const bank = await listen((request, response) => {
    paths.push(request.url ?? '');
    request.resume();
    response.writeHead(307, { location: '/elsewhere' }).end();
  });
  const call = clientOf(bank.api, { fetch: keepAliveFetch() }).session.confirm(status);
  await expect(call).rejects.toMatchObject({ name: 'ResponseError', reason: 'redirect' });
  expect(paths).toEqual(['/api/v2/session/confirm']);
});
