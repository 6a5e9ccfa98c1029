import { once } from 'node:events';
import { createServer } from 'node:net';
import fc from 'fast-check';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import {
  Bank131Error,
  BankError,
  KeyError,
  RequestError,
  ResponseError,
  TransportError,
} from '../../src/index.js';
import { keepAliveFetch } from '../../src/node/index.js';
import { type BankServer, json, portOf, type Respond, raw, startBankServer } from '../support/bank-server.js';
import { clientOf as clientOver, sessionBody } from '../support/client.js';
import { rejection } from '../support/errors.js';
import { fixture } from '../support/fixtures.js';
import { rsa } from '../support/keys.js';

let server: BankServer;
beforeAll(async () => {
  server = await startBankServer();
});
afterAll(() => server.close());

describe.each([
  ['fetch', undefined],
  ['keepAliveFetch', keepAliveFetch()],
])('over %s', (_, fetch) => {
  const clientOf = (api: string, options: Parameters<typeof clientOver>[1] = {}) =>
    clientOver(api, { fetch, ...options });
  const html = { 'content-type': 'text/html; charset=utf-8' };
  const badGateway = raw('<html><h1>502 Bad Gateway</h1></html>', 502, html);
  const confirm = { session_id: 'ps_3230' };

  /** What a confirmation fails with when the bank answers so. */
  async function failure<Kind extends Error>(
    respond: Respond,
    kind: new (...parameters: never[]) => Kind,
    options: Parameters<typeof clientOf>[1] = {},
  ): Promise<Kind> {
    server.answer(respond);
    return rejection(clientOf(server.api, options).session.confirm(confirm), kind);
  }

  describe('an error object of the bank', () => {
    it('with HTTP 200 is a BankError', async () => {
      const error = await failure(json(fixture('error.response.generic')), BankError);
      expect(error).toBeInstanceOf(Bank131Error);
      expect(error).toMatchObject({
        name: 'BankError',
        method: 'session/confirm',
        code: 'error code',
        description: 'error description',
        httpStatus: 200,
        advice: 'contact-bank',
      });
      expect(error.message).toBe('session/confirm: the bank answered error code (HTTP 200)');
    });

    it('with HTTP 400 and without a status is one', async () => {
      const body = fixture('error.response.idempotency_key_already_exists');
      const error = await failure(json(body, 400), BankError);
      expect(error).toMatchObject({
        code: 'idempotency_key_already_exists',
        httpStatus: 400,
        advice: 'read-status',
      });
    });

    it('with HTTP 503 is one', async () => {
      const body = { status: 'error', error: { code: 'something_new', description: 'busy' } };
      const error = await failure(json(body, 503, { 'retry-after': '7' }), BankError);
      expect(error).toMatchObject({
        code: 'something_new',
        httpStatus: 503,
        advice: 'retry-later',
        retryAfter: 7000,
      });
    });

    it('inside of the session counts when the call failed as a whole', async () => {
      const body = sessionBody({ error: { code: 'session_wrong_state', description: 'no' } });
      expect(await failure(json({ ...body, status: 'error' }), BankError)).toMatchObject({
        code: 'session_wrong_state',
      });
      expect(await failure(json(body, 409), BankError)).toMatchObject({
        code: 'session_wrong_state',
        httpStatus: 409,
      });
      server.answer(json(body));
      const session = await clientOf(server.api).session.confirm(confirm);
      expect(session.error).toEqual({ code: 'session_wrong_state', description: 'no' });
    });

    it('that is missing or empty still is one', async () => {
      for (const body of [
        { status: 'error' },
        { status: 'error', error: [] },
        { status: 'error', error: {} },
      ]) {
        expect(await failure(json(body), BankError)).toMatchObject({
          code: 'unknown_error',
          description: '',
        });
      }
    });

    it('with a strange code still is one', async () => {
      for (const [code, read] of [
        [17, '17'],
        ['', 'unknown_error'],
        [{ a: 1 }, 'unknown_error'],
        [null, 'unknown_error'],
      ]) {
        const body = { error: { code, description: ['no', 'text'], reject_reasons: 'none' } };
        expect(await failure(json(body), BankError)).toMatchObject({ code: read, description: '' });
      }
    });

    it.each([
      ['invalid_request', 'fix-request'],
      ['authentication_error', 'check-signature'],
      ['authorization_error', 'check-project'],
      ['internal_error', 'retry-later'],
      ['session_wrong_state', 'read-status'],
      ['provider_timeout', 'read-status'],
      ['confirm_timeout', 'start-again'],
      ['operation_rejected', 'do-not-retry'],
      ['account_not_found', 'change-destination'],
      ['provider_exceeds_amount_limit', 'change-amount'],
      ['insufficient_wallet_balance', 'top-up-balance'],
      ['constructor', 'contact-bank'],
    ])('%s advises: %s', async (code, advice) => {
      expect(await failure(json({ status: 'error', error: { code } }), BankError)).toMatchObject({
        code,
        advice,
      });
    });
  });

  describe('an unusable answer', () => {
    it.each<[string, Respond, Partial<ResponseError>]>([
      ['an HTML page', badGateway, { reason: 'http-status', httpStatus: 502, contentType: 'text/html' }],
      ['an HTML page with 200', raw('<html>', 200, html), { reason: 'not-json', httpStatus: 200 }],
      [
        'JSON of somebody else',
        json({ message: 'Forbidden' }, 403),
        { reason: 'http-status', httpStatus: 403 },
      ],
      [
        'an error that is a text',
        json({ error: 'Forbidden' }, 403),
        { reason: 'http-status', httpStatus: 403 },
      ],
      [
        'JSON cut short',
        raw('{"status":"ok","session":{"id":', 200, {}),
        { reason: 'not-json', contentType: '' },
      ],
      [
        'bytes that are no UTF-8',
        (response) => response.end(Buffer.of(0x22, 0xff, 0x22)),
        { reason: 'not-json' },
      ],
      ['nothing', raw('', 200, {}), { reason: 'empty' }],
      ['no content', raw('', 204, {}), { reason: 'empty', httpStatus: 204 }],
      ['a redirect', raw('', 307, { location: '/elsewhere' }), { reason: 'redirect', httpStatus: 307 }],
      ['null', raw('null', 200, {}), { reason: 'schema' }],
      ['an empty object of PHP', raw('[]', 200, {}), { reason: 'schema' }],
      ['another session', json(sessionBody({ id: 'ps_1' })), { reason: 'other-session' }],
    ])('%s is a ResponseError', async (_, respond, expected) => {
      const error = await failure(respond, ResponseError);
      expect(error).toMatchObject({ name: 'ResponseError', method: 'session/confirm', ...expected });
      expect(server.received).toHaveLength(1);
    });

    it('names the fields that differ', async () => {
      const error = await failure(
        json(sessionBody({ updated_at: 7, payments: [{ id: 'po_1' }] })),
        ResponseError,
      );
      expect(error.reason).toBe('schema');
      expect(error.issues.map(({ path }) => path)).toEqual(
        expect.arrayContaining(['session.updated_at', 'session.payouts.0.status']),
      );
      expect(error.message).toContain('session.updated_at');
    });

    it('whatever JSON it is, with whatever status, is an answer or one of our errors', {
      timeout: 30_000,
    }, async () => {
      const parts = fc.constantFrom('status', 'error', 'session', 'code', 'payments', 'payout_list', 'id');
      const value = fc.letrec((tie) => ({
        any: fc.oneof(
          { maxDepth: 3 },
          fc.jsonValue(),
          fc.dictionary(parts, tie('any')),
          fc.constant('error'),
        ),
      })).any;
      await fc.assert(
        fc.asyncProperty(
          fc.dictionary(parts, value),
          fc.integer({ min: 200, max: 599 }),
          async (body, status) => {
            const empty = status === 204 || status === 205 || status === 304;
            const fetch = async () => new Response(empty ? null : JSON.stringify(body), { status });
            const privateKey = async () => Uint8Array.of(1);
            const call = clientOf(server.api, { fetch, privateKey }).session.confirm(confirm);
            const outcome = await call.catch((error: unknown) => error);
            expect(outcome instanceof Bank131Error || outcome).toSatisfy(
              (kept) => kept === true || Object.hasOwn(Object(kept), 'payouts'),
            );
          },
        ),
        { numRuns: 200 },
      );
    });

    it('of more than 1 MiB is given up', async () => {
      const endless: Respond = (response) => {
        response.on('error', () => {});
        const write = () => {
          while (!response.destroyed && response.write('x'.repeat(64 * 1024)));
        };
        response.on('drain', write);
        write();
      };
      expect(await failure(endless, ResponseError)).toMatchObject({ reason: 'too-large', httpStatus: 200 });
    });
  });

  describe('no answer', () => {
    /** On a slow machine a real signature could use up the whole of a short time. */
    const atOnce = async () => Uint8Array.of(1);
    const never: Respond = () => {};
    const halfABody: Respond = (response) =>
      response.writeHead(200, { 'content-length': 100 }).write('{"status"');
    const reset: Respond = (response) => response.socket?.resetAndDestroy();

    it('in time is a TransportError with an unknown outcome', async () => {
      const error = await failure(never, TransportError, { timeout: 50, privateKey: atOnce });
      expect(error).toMatchObject({
        name: 'TransportError',
        method: 'session/confirm',
        outcome: 'unknown',
        reason: 'timeout',
      });
    });

    it('in time counts the body as well', async () => {
      expect(await failure(halfABody, TransportError, { timeout: 50, privateKey: atOnce })).toMatchObject({
        outcome: 'unknown',
        reason: 'timeout',
      });
    });

    it('in the time of one call, not the client’s', async () => {
      server.answer(never);
      const call = clientOf(server.api, { privateKey: atOnce }).session.confirm(confirm, { timeout: 50 });
      expect(await rejection(call, TransportError)).toMatchObject({ reason: 'timeout' });
    });

    it('in time, though fetch does not listen to the signal', async () => {
      const fetch = () => new Promise<Response>(() => {});
      const error = await failure(never, TransportError, { timeout: 20, fetch, privateKey: atOnce });
      expect(error).toMatchObject({ outcome: 'unknown', reason: 'timeout' });
    });

    it('because nobody listens: it was not sent', async () => {
      const listener = createServer().listen(0, '127.0.0.1');
      await once(listener, 'listening');
      const port = portOf(listener.address());
      listener.close();
      await once(listener, 'close');
      const call = clientOf(`http://127.0.0.1:${port}`).session.confirm(confirm);
      expect(await rejection(call, TransportError)).toMatchObject({
        outcome: 'not-sent',
        reason: 'network',
        code: 'ECONNREFUSED',
      });
    });

    it('because the connection was reset: unknown', async () => {
      expect(await failure(reset, TransportError)).toMatchObject({ outcome: 'unknown', reason: 'network' });
      expect(server.received).toHaveLength(1);
    });

    it('because the connection ended in the middle of the body: unknown', async () => {
      const breakOff: Respond = (response) => {
        response.writeHead(200, { 'content-length': 100 });
        response.write('{"status"', () => response.destroy());
      };
      expect(await failure(breakOff, TransportError)).toMatchObject({
        outcome: 'unknown',
        reason: 'network',
      });
    });

    it('because the caller gave up before: not sent', async () => {
      server.answer(never);
      const call = clientOf(server.api).session.confirm(confirm, { signal: AbortSignal.abort() });
      expect(await rejection(call, TransportError)).toMatchObject({ outcome: 'not-sent', reason: 'aborted' });
      expect(server.received).toHaveLength(0);
    });

    it('because the caller gave up meanwhile: unknown', async () => {
      const controller = new AbortController();
      server.answer(() => controller.abort());
      const call = clientOf(server.api).session.confirm(confirm, { signal: controller.signal });
      expect(await rejection(call, TransportError)).toMatchObject({ outcome: 'unknown', reason: 'aborted' });
    });

    it('because the signer failed, or took too long: not sent', async () => {
      const broken = async () => {
        throw new Error('the vault is shut: token abc');
      };
      const error = await failure(never, TransportError, { privateKey: broken });
      expect(error).toMatchObject({ outcome: 'not-sent', reason: 'signing' });
      expect(error.message).not.toContain('vault');
      const slow = () => new Promise<Uint8Array>(() => {});
      expect(await failure(never, TransportError, { privateKey: slow, timeout: 20 })).toMatchObject({
        outcome: 'not-sent',
        reason: 'timeout',
      });
      expect(server.received).toHaveLength(0);
    });
  });

  describe('keys', () => {
    it('of no use are told by ready(), with their place in the list', async () => {
      await expect(clientOf(server.api).ready()).resolves.toBeUndefined();
      const bad = clientOf(server.api, { bankPublicKeys: [rsa.spki, rsa.pkcs8] });
      expect(await rejection(bad.ready(), KeyError)).toMatchObject({
        option: 'bankPublicKeys[1]',
        reason: 'private-instead-of-public',
      });
      const none = clientOf(server.api, { bankPublicKeys: [] });
      expect(await rejection(none.ready(), KeyError)).toMatchObject({
        option: 'bankPublicKeys',
        reason: 'missing',
      });
    });

    it('of no use fail the call, and nothing is sent', async () => {
      const error = await failure(badGateway, KeyError, { privateKey: rsa.spki });
      expect(error).toMatchObject({ option: 'privateKey', reason: 'public-instead-of-private' });
      expect(server.received).toHaveLength(0);
    });
  });
});

describe('options', () => {
  const clientOf = clientOver;
  const confirm = { session_id: 'ps_3230' };
  const options = {
    environment: 'demo',
    project: 'p',
    privateKey: rsa.pkcs8,
    bankPublicKeys: [rsa.spki],
  } as const;

  it('name the environment and its address', () => {
    expect(clientOf('', options)).toMatchObject({ environment: 'demo', baseUrl: 'https://demo.bank131.ru' });
    expect(clientOf('', { ...options, environment: 'live' })).toMatchObject({
      baseUrl: 'https://proxy.bank131.ru',
    });
    const proxy = { api: 'https://proxy.example/bank/', name: 'live' };
    expect(clientOf('', { ...options, environment: proxy })).toMatchObject({
      environment: 'live',
      baseUrl: 'https://proxy.example/bank',
      project: 'p',
      apiVersion: 'v2',
      submerchant: undefined,
    });
    expect(clientOf('http://127.0.0.1:4131')).toMatchObject({ environment: 'sandbox' });
  });

  it.each([
    ['environment', { environment: 'prod' }],
    ['environment', { environment: 'toString' }],
    ['environment.api', { environment: { api: 'demo.bank131.ru' } }],
    ['environment.api', { environment: { api: 'ftp://demo.bank131.ru' } }],
    ['environment.api', { environment: { api: 'https://user:secret@demo.bank131.ru' } }],
    ['environment.api', { environment: { api: 'https://demo.bank131.ru/api/v1' } }],
    ['environment.api', { environment: {} }],
    ['project', { project: '' }],
    ['project', { project: undefined }],
    ['project', { project: 'a\r\nx-evil: 1' }],
    ['submerchant', { submerchant: 'платёж' }],
    ['timeout', { timeout: 0 }],
    ['timeout', { timeout: Number.NaN }],
    ['apiVersion', { apiVersion: 'v3' }],
  ])('that make no sense are refused: %s', (path, wrong) => {
    const create = () => Reflect.apply(clientOf, undefined, ['http://127.0.0.1', { ...options, ...wrong }]);
    expect(create).toThrow(RequestError);
    expect(create).toThrow(path);
    expect(create).not.toThrow('secret');
  });

  it('of a call that make no sense are refused before anything is sent', async () => {
    server.answer(never);
    const bank = clientOf(server.api);
    const call = (options: object) => rejection(bank.session.confirm(confirm, options), RequestError);
    expect(await call({ idempotencyKey: '' })).toMatchObject({ issues: [{ path: 'idempotencyKey' }] });
    expect(await call({ idempotencyKey: 'a\nb' })).toMatchObject({ issues: [{ path: 'idempotencyKey' }] });
    expect(await call({ timeout: -1 })).toMatchObject({ issues: [{ path: 'timeout' }] });
    expect(server.received).toHaveLength(0);
  });

  const never: Respond = () => {};
});
