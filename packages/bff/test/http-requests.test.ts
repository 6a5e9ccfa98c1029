import { Hono } from 'hono';
import { describe, expect, test } from 'vitest';
import { createSecrets } from '../src/secrets/secrets.js';
import { createTicketVerifier } from '../src/tickets/index.js';
import { createFakeDesk } from './http-fake-desk.js';
import { audience, expectProblem, harness, merchantKey, shop, ticket } from './http-harness.js';

describe('bodies', () => {
  const secretValue = 'hunter2';
  test.each([
    ['no JSON', '{"token":', 400, 'invalid_json'],
    ['nothing', '', 400, 'invalid_json'],
    ['a list', '[]', 422, 'invalid_request'],
    ['null', 'null', 422, 'invalid_request'],
    ['a number', '7', 422, 'invalid_request'],
    ['no field', '{}', 422, 'invalid_request'],
    ['both fields', '{"token":"a","numberHash":"b"}', 422, 'invalid_request'],
    ['a token of the wrong type', '{"token":["hunter2"]}', 422, 'invalid_request'],
    ['an empty token', '{"token":""}', 422, 'invalid_request'],
    ['a token with spaces', '{"token":"hunter2 hunter2"}', 422, 'invalid_request'],
    ['a token that is too long', JSON.stringify({ token: 'x'.repeat(513) }), 422, 'invalid_request'],
    ['an amount', '{"token":"a","amount":1}', 422, 'invalid_request'],
    ['a field nobody knows', '{"token":"a","hunter2":1}', 422, 'invalid_request'],
    ['a prototype', '{"token":"a","__proto__":{"hunter2":1}}', 422, 'invalid_request'],
    ['an account number', '{"token":"40817810099910004312"}', 422, 'invalid_request'],
    ['a card number', '{"numberHash":"4242424242424242"}', 422, 'invalid_request'],
    ['too much', JSON.stringify({ token: 'x'.repeat(17_000) }), 413, 'body_too_large'],
  ])('%s is refused, with a hint and without the value', async (_name, body, status, code) => {
    const bff = harness();
    const problem = await expectProblem(await bff.post('/payouts', await ticket(), body), status, code);
    const text = JSON.stringify(problem);
    for (const value of [secretValue, '40817810099910004312', '4242424242424242'])
      expect(text).not.toContain(value);
    if (status !== 422) return;
    expect(problem.errors?.length).toBeGreaterThan(0);
    for (const { problem: what, hint } of problem.errors ?? []) {
      expect(what.length).toBeGreaterThan(5);
      expect(hint.length).toBeGreaterThan(5);
    }
  });

  test('a field is named', async () => {
    const bff = harness();
    const token = await expectProblem(
      await bff.post('/payouts', await ticket(), { token: 7 }),
      422,
      'invalid_request',
    );
    expect(token.errors).toEqual([
      { field: 'token', problem: 'is no text', hint: "send what the bank's widget gave, unchanged" },
    ]);
    await bff.post('/payouts', await ticket(), { token: 'widget-token' });
    for (const attempt of [0, 1.5, '1', null, undefined]) {
      const answer = await bff.post('/payouts/pay_1/confirm', await ticket(), { attempt });
      const problem = await expectProblem(answer, 422, 'invalid_request');
      expect(problem.errors?.[0]?.field).toBe('attempt');
    }
    const extra = await bff.post('/public-tokens', await ticket(), { locale: 'ru' });
    expect((await expectProblem(extra, 422, 'invalid_request')).errors?.[0]?.hint).toBe('send {}');
  });

  test('bytes that are no UTF-8 are no JSON', async () => {
    const { app } = harness();
    const headers = { 'content-type': 'application/json', authorization: `Bearer ${await ticket()}` };
    const body = new Uint8Array([0x22, 0xff, 0x22]);
    await expectProblem(
      await app.request('/payouts', { method: 'POST', headers, body }),
      400,
      'invalid_json',
    );
  });

  test('a body that does not say its length is measured while it is read', async () => {
    const { app } = harness();
    const headers = { 'content-type': 'application/json', authorization: `Bearer ${await ticket()}` };
    let read = 0;
    const body = new ReadableStream<Uint8Array>({
      pull(controller) {
        read += 1;
        controller.enqueue(new Uint8Array(1024).fill(0x20));
      },
    });
    const request = new Request('http://bff/payouts', {
      method: 'POST',
      headers,
      body,
      duplex: 'half',
    } as RequestInit);
    await expectProblem(await app.fetch(request), 413, 'body_too_large');
    expect(read).toBeLessThan(20);
  });

  test.each([
    ['says that it is too long is not read', '17000', 0],
    ['is longer than it says is refused', '7', 1],
  ])('a body that %s', async (_, length, reads) => {
    const { app } = harness();
    const type = { 'content-type': 'application/json', authorization: `Bearer ${await ticket()}` };
    let read = 0;
    const body = new ReadableStream<Uint8Array>(
      {
        pull(controller) {
          read += 1;
          controller.enqueue(new Uint8Array(17_000).fill(0x20));
          controller.close();
        },
      },
      { highWaterMark: 0 },
    );
    const request = new Request('http://bff/payouts', {
      method: 'POST',
      headers: { ...type, 'content-length': length },
      body,
      duplex: 'half',
    } as RequestInit);
    await expectProblem(await app.fetch(request), 413, 'body_too_large');
    expect(read).toBe(reads);
  });

  test.each([
    undefined,
    'text/plain',
    'application/x-www-form-urlencoded',
    'application/jsonp',
    'multipart/form-data',
  ])('the media type %s is refused', async (type) => {
    const { app } = harness();
    for (const path of ['/payouts', '/public-tokens', '/payouts/pay_1/confirm', '/payouts/pay_1/cancel']) {
      const headers: Record<string, string> = { origin: shop, authorization: `Bearer ${await ticket()}` };
      const body = new Blob(['{"token":"widget-token"}'], type ? { type } : {});
      const answer = await app.request(path, { method: 'POST', headers, body });
      await expectProblem(answer, 415, 'unsupported_media_type');
    }
  });

  test('JSON may say its charset', async () => {
    const bff = harness();
    const type = { 'content-type': 'Application/JSON; charset=utf-8' };
    expect((await bff.post('/public-tokens', await ticket(), {}, type)).status).toBe(201);
  });
});

describe('origins', () => {
  const mutating = ['/public-tokens', '/payouts', '/payouts/pay_1/confirm', '/payouts/pay_1/cancel'];

  test.each([
    'https://evil.example',
    'https://shop.example.evil.example',
    'http://shop.example',
    'https://shop.example:8443',
    'HTTPS://SHOP.EXAMPLE',
    'null',
  ])('a page of %s changes nothing, ticket or not', async (origin) => {
    const bff = harness();
    for (const path of mutating) {
      const answer = await bff.post(path, await ticket(), { token: 'widget-token' }, { origin });
      expect(answer.headers.get('access-control-allow-origin')).toBeNull();
      await expectProblem(answer, 403, 'origin_not_allowed');
    }
    const read = await bff.get('/payouts/current', await ticket(), { origin });
    expect(read.headers.get('access-control-allow-origin')).toBeNull();
    expect(read.headers.get('vary')).toContain('Origin');
    await expectProblem(read, 404, 'payout_not_found');
  });

  test('a caller that is no browser needs no origin', async () => {
    const { app } = harness();
    const headers = { authorization: `Bearer ${await ticket()}`, 'content-type': 'application/json' };
    expect((await app.request('/public-tokens', { method: 'POST', headers, body: '{}' })).status).toBe(201);
    for (const site of ['cross-site', 'same-site']) {
      const init = { method: 'POST', headers: { ...headers, 'sec-fetch-site': site }, body: '{}' };
      await expectProblem(await app.request('/public-tokens', init), 403, 'origin_not_allowed');
    }
  });

  test('a preflight of a listed origin is answered', async () => {
    const { app } = harness();
    for (const path of [...mutating, '/payouts/current', '/payouts/pay_1/events']) {
      const headers = {
        origin: shop,
        'access-control-request-method': 'POST',
        'access-control-request-headers': 'authorization,content-type,last-event-id',
      };
      const answer = await app.request(path, { method: 'OPTIONS', headers });
      expect(answer.status).toBe(204);
      expect(answer.headers.get('access-control-allow-origin')).toBe(shop);
      expect(answer.headers.get('access-control-allow-methods')).toBe('GET, POST');
      expect(answer.headers.get('access-control-allow-headers')).toBe(
        'Authorization, Content-Type, Last-Event-ID',
      );
      expect(answer.headers.get('access-control-allow-credentials')).toBeNull();
      expect(answer.headers.get('vary')).toContain('Origin');
    }
  });

  test('a preflight of any other origin is refused', async () => {
    const { app } = harness();
    const headers = { origin: 'https://evil.example', 'access-control-request-method': 'POST' };
    const answer = await app.request('/payouts', { method: 'OPTIONS', headers });
    expect(answer.headers.get('access-control-allow-origin')).toBeNull();
    await expectProblem(answer, 403, 'origin_not_allowed');
  });

  test('problems can be read by the page, Retry-After too', async () => {
    const bff = harness();
    const answer = await bff.post('/payouts', null, {});
    expect(answer.headers.get('access-control-allow-origin')).toBe(shop);
    expect(answer.headers.get('access-control-expose-headers')).toBe('Retry-After');
    await expectProblem(answer, 401, 'ticket_missing');
  });

  test.each([
    '*',
    'null',
    'shop.example',
    'https://shop.example/',
    'https://Shop.example',
    'https://shop.example/x',
    'file:///x',
    '',
  ])('the origin %j in the options is refused with the way out', (origin) => {
    expect(() => harness({ origins: [shop, origin] })).toThrow(
      /^origins\[1\]: must be .*https:\/\/shop\.example/,
    );
  });
});

describe('addresses', () => {
  test.each([
    ['GET', '/'],
    ['GET', '/nothing'],
    ['POST', '/payouts/pay_1/events/x'],
    ['GET', '/payouts/'],
  ])('%s %s is not there', async (method, path) => {
    await expectProblem(await harness().app.request(path, { method }), 404, 'not_found');
  });

  test.each([
    ['GET', '/payouts', 'POST'],
    ['PUT', '/payouts', 'POST'],
    ['DELETE', '/payouts/pay_1', 'GET'],
    ['GET', '/payouts/pay_1/confirm', 'POST'],
    ['GET', '/public-tokens', 'POST'],
    ['GET', '/webhooks/bank131', 'POST'],
    ['POST', '/payouts/current', 'GET'],
    ['POST', '/health', 'GET'],
    ['OPTIONS', '/ready', 'GET'],
  ])('%s %s is not allowed there', async (method, path, allow) => {
    const answer = await harness().app.request(path, { method });
    expect(answer.headers.get('allow')).toBe(allow);
    await expectProblem(answer, 405, 'method_not_allowed');
  });

  test('health and readiness are told', async () => {
    expect(await (await harness().app.request('/health')).json()).toEqual({ status: 'ok' });
    const ready = await harness().app.request('/ready');
    expect(ready.status).toBe(200);
    expect(await ready.json()).toEqual({ status: 'ready', checks: { store: 'ok' } });
    const report = { status: 'not_ready' as const, checks: { store: 'failed' } };
    const notReady = await harness({ ready: async () => report }).app.request('/ready');
    expect(notReady.status).toBe(503);
    expect(await notReady.json()).toEqual(report);
  });

  test('under a prefix of a bigger app everything is the same, and the rest is left alone', async () => {
    const bff = harness();
    const site = new Hono();
    site.get('/', (c) => c.text('the site'));
    site.route('/api/b131', bff.app);
    site.get('/after', (c) => c.text('after'));
    site.onError(() => new Response('the site failed', { status: 500 }));
    expect(await (await site.request('/')).text()).toBe('the site');
    expect(await (await site.request('/after')).text()).toBe('after');
    expect((await site.request('/nothing')).headers.get('content-type')).toContain('text/plain');
    const headers = {
      origin: shop,
      authorization: `Bearer ${await ticket()}`,
      'content-type': 'application/json',
    };
    const init = { method: 'POST', headers, body: '{"token":"widget-token"}' };
    const answer = await site.request('/api/b131/payouts', init);
    expect(answer.status).toBe(202);
    expect(answer.headers.get('access-control-allow-origin')).toBe(shop);
    const { viewToken } = await answer.json();
    const read = await site.request('/api/b131/payouts/pay_1', {
      headers: { authorization: `Bearer ${viewToken}` },
    });
    expect(read.status).toBe(200);
    await expectProblem(await site.request('/api/b131/payouts/current'), 401, 'ticket_missing');
    await expectProblem(await site.request('/api/b131/nothing'), 404, 'not_found');
    await expectProblem(await site.request('/api/b131/ready', { method: 'PUT' }), 405, 'method_not_allowed');
    const foreign = { ...init, headers: { ...headers, origin: 'https://evil.example' } };
    await expectProblem(await site.request('/api/b131/payouts', foreign), 403, 'origin_not_allowed');
    bff.desk.failWith(new Error('boom'));
    await expectProblem(await site.request('/api/b131/payouts', init), 500, 'internal_error');
  });

  test('keys that cannot be had are no fault of the ticket', async () => {
    const fetchNothing: typeof fetch = async () => new Response('', { status: 500 });
    const options = { jwksUrl: 'https://shop.example/jwks.json', fetch: fetchNothing };
    const bff = harness({ tickets: createTicketVerifier(options, audience) });
    const answer = await bff.get('/payouts/current', await ticket());
    expect(answer.headers.get('retry-after')).toBe('5');
    await expectProblem(answer, 503, 'ticket_keys_unavailable');
  });

  test('a key that is of no use is found out, and not told', async () => {
    const key = { ...merchantKey, key: 'c2hvcnQ=' };
    const bff = harness({ tickets: createTicketVerifier({ keys: [key] }, audience) }, createFakeDesk());
    await expectProblem(await bff.get('/payouts/current', await ticket()), 500, 'misconfigured');
    expect(String(bff.errors[0]?.error)).toContain('shorter than 32 bytes');
    expect(() => createSecrets('short')).toThrow('openssl');
  });
});
