import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { exportJWK, generateKeyPair } from 'jose';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { createTicketVerifier, mintTicket, type TicketKey } from '../src/tickets/index.js';
import { TicketKeysError } from '../src/tickets/ticket-error.js';

const audience = 'demo:shop';
const claims = {
  sub: 'user-7',
  ref: 'order-1001',
  amount: 105000,
  currency: 'RUB',
  full_name: 'Ivanov Ivan',
  description: 'Order 1001',
};

let server: Server;
let url: string;
let answer: { status: number; body: string };
let asked: number;
let now: number;
const clock = { now: () => now };

beforeEach(async () => {
  asked = 0;
  now = Date.UTC(2026, 0, 12, 9);
  server = createServer((_request, response) => {
    asked += 1;
    response.writeHead(answer.status, { location: '/elsewhere' }).end(answer.body);
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  url = `http://127.0.0.1:${(server.address() as AddressInfo).port}/jwks.json`;
});

afterEach(async () => {
  server.closeAllConnections();
  await new Promise((resolve) => server.close(resolve));
});

async function pair(algorithm: 'EdDSA' | 'RS256' | 'ES256', kid: string) {
  const { privateKey, publicKey } = await generateKeyPair(algorithm, { extractable: true });
  return {
    published: { ...(await exportJWK(publicKey)), kid, alg: algorithm, use: 'sig' },
    signing: { kid, algorithm, key: privateKey } satisfies TicketKey,
  };
}

const publish = (...keys: unknown[]) => {
  answer = { status: 200, body: JSON.stringify({ keys }) };
};
const ticketOf = (key: TicketKey) => mintTicket(claims, { key, audience, clock });

describe('keys published by the merchant', () => {
  test('verify tickets of every algorithm, fetched once', async () => {
    const pairs = await Promise.all([pair('EdDSA', 'a'), pair('RS256', 'b'), pair('ES256', 'c')]);
    publish(...pairs.map(({ published }) => published));
    const verifier = createTicketVerifier({ jwksUrl: url, clock }, audience);
    const tokens = await Promise.all(pairs.map(({ signing }) => ticketOf(signing)));
    const tickets = await Promise.all(tokens.map((token) => verifier.verify(token)));
    expect(tickets.map(({ subject }) => subject)).toEqual(['user-7', 'user-7', 'user-7']);
    expect(asked).toBe(1);
  });

  test('rotate: a new kid is fetched, at most every half minute', async () => {
    const [old, fresh] = await Promise.all([pair('EdDSA', 'old'), pair('EdDSA', 'new')]);
    publish(old.published);
    const verifier = createTicketVerifier({ jwksUrl: url, clock }, audience);
    await verifier.verify(await ticketOf(old.signing));
    publish(fresh.published);
    for (let attempt = 0; attempt < 3; attempt += 1) {
      await expect(verifier.verify(await ticketOf(fresh.signing))).rejects.toMatchObject({
        code: 'ticket_invalid',
      });
    }
    expect(asked).toBe(1);
    now += 30_000;
    expect((await verifier.verify(await ticketOf(fresh.signing))).subject).toBe('user-7');
    expect(asked).toBe(2);
    await expect(verifier.verify(await ticketOf(old.signing))).rejects.toMatchObject({
      code: 'ticket_invalid',
    });
  });

  test('a withdrawn key is forgotten within ten minutes', async () => {
    const [old, fresh] = await Promise.all([pair('EdDSA', 'old'), pair('EdDSA', 'new')]);
    publish(old.published);
    const verifier = createTicketVerifier({ jwksUrl: url, clock }, audience);
    await verifier.verify(await ticketOf(old.signing));
    publish(fresh.published);
    now += 10 * 60_000;
    await expect(verifier.verify(await ticketOf(old.signing))).rejects.toMatchObject({
      code: 'ticket_invalid',
    });
  });

  test('serve on for an hour while their server is down, then no more', async () => {
    const { published, signing } = await pair('ES256', 'a');
    publish(published);
    const verifier = createTicketVerifier({ jwksUrl: url, clock }, audience);
    await verifier.verify(await ticketOf(signing));
    answer = { status: 500, body: 'down' };
    now += 65 * 60_000;
    expect((await verifier.verify(await ticketOf(signing))).subject).toBe('user-7');
    now += 6 * 60_000;
    await expect(verifier.verify(await ticketOf(signing))).rejects.toBeInstanceOf(TicketKeysError);
    publish(published);
    now += 5000;
    expect((await verifier.verify(await ticketOf(signing))).subject).toBe('user-7');
  });

  test.each([
    ['HTML', { status: 200, body: '<html>' }],
    ['an error', { status: 503, body: '' }],
    ['a redirect', { status: 302, body: '' }],
    ['no keys', { status: 200, body: '{"keys":[]}' }],
    ['something else', { status: 200, body: '{"keys":"none"}' }],
    ['a flood', { status: 200, body: `{"keys":[],"x":"${'x'.repeat(70_000)}"}` }],
  ])(
    '%s instead of keys is no fault of the ticket, and is not asked for again at once',
    async (_name, given) => {
      answer = given;
      const { signing } = await pair('EdDSA', 'a');
      const verifier = createTicketVerifier({ jwksUrl: url, clock }, audience);
      for (let attempt = 0; attempt < 3; attempt += 1) {
        await expect(verifier.verify(await ticketOf(signing))).rejects.toBeInstanceOf(TicketKeysError);
      }
      expect(asked).toBe(1);
      await expect(verifier.ready()).rejects.toBeInstanceOf(TicketKeysError);
    },
  );

  test('a server that does not answer is given up', async () => {
    const { signing } = await pair('EdDSA', 'a');
    const hangs: typeof fetch = (_url, init) =>
      new Promise((_resolve, reject) => {
        init?.signal?.addEventListener('abort', () => reject(new Error('timeout')));
      });
    const options = { jwksUrl: url, clock, fetch: hangs, jwksTimeout: 20 };
    const verifier = createTicketVerifier(options, audience);
    await expect(verifier.verify(await ticketOf(signing))).rejects.toBeInstanceOf(TicketKeysError);
  });

  test('secrets, keys for encryption and weak keys in the set are left out', async () => {
    const { published, signing } = await pair('EdDSA', 'good');
    const other = await pair('ES256', 'enc');
    const secret = { kty: 'oct', kid: 'secret', alg: 'HS256', k: 'A'.repeat(43) };
    publish(
      secret,
      { ...other.published, use: 'enc' },
      { kty: 'RSA', kid: 'broken', n: 'AA', e: 'AQAB' },
      published,
    );
    const verifier = createTicketVerifier({ jwksUrl: url, clock }, audience);
    expect((await verifier.verify(await ticketOf(signing))).subject).toBe('user-7');
    const forged = await ticketOf({ kid: 'secret', algorithm: 'HS256', key: 'A'.repeat(43) });
    await expect(verifier.verify(forged)).rejects.toMatchObject({ code: 'ticket_invalid' });
    await expect(verifier.verify(await ticketOf(other.signing))).rejects.toMatchObject({
      code: 'ticket_invalid',
    });
  });

  test.each(['http://shop.example/jwks.json', 'ftp://shop.example', 'jwks.json', 'http://127.evil.example/'])(
    'the address %s is refused',
    (jwksUrl) => {
      expect(() => createTicketVerifier({ jwksUrl }, audience)).toThrow(
        /tickets.jwksUrl: must be an https URL/,
      );
    },
  );
});
