import { createBank131, generateKeyPair, KeyError } from '@b131/api';
import { describe, expect, test } from 'vitest';
import { type BffOptions, ConfigurationError, createBff, memoryStore, mintTicket } from '../src/index.js';
import { serve } from '../src/node/index.js';

const pair = await generateKeyPair();
const ticketSecret = btoa('k'.repeat(32));

function bffWith(changes: { privateKey?: string; ticketKey?: string } & Partial<BffOptions>) {
  const { privateKey = pair.privateKey, ticketKey = ticketSecret, ...options } = changes;
  const logged: unknown[] = [];
  const bff = createBff({
    bank: createBank131({
      environment: { api: 'http://127.0.0.1:9' },
      project: 'test',
      privateKey,
      bankPublicKeys: [pair.publicKey],
      retry: { attempts: 1 },
    }),
    store: memoryStore(),
    tickets: { keys: [{ algorithm: 'HS256', key: ticketKey }] },
    secret: 's'.repeat(32),
    origins: ['https://shop.test'],
    onError: (error) => logged.push(error),
    ...options,
  });
  return { bff, logged };
}

const encrypted =
  '-----BEGIN ENCRYPTED PRIVATE KEY-----\nMIIFLTBXBgkqhkiG\n-----END ENCRYPTED PRIVATE KEY-----';

describe('a BFF that is not set up right', () => {
  test.each([
    ['no key', '', 'missing', /privateKey: /],
    ['a key that is none', 'hello', 'unreadable', /privateKey: /],
    ['an encrypted key', encrypted, 'encrypted', /openssl/],
    ['a public key', pair.publicKey, 'public-instead-of-private', /privateKey: /],
  ])('with %s does not begin to listen, and says why', async (_name, privateKey, reason, words) => {
    const error = await serve(bffWith({ privateKey }).bff, { port: 0 }).catch((thrown: unknown) => thrown);
    expect(error).toBeInstanceOf(KeyError);
    expect(error).toMatchObject({ option: 'privateKey', reason, message: expect.stringMatching(words) });
  });

  test('with a ticket key that is too short does not begin to listen either', async () => {
    const error = await serve(bffWith({ ticketKey: 'eA==' }).bff, { port: 0 }).catch(
      (thrown: unknown) => thrown,
    );
    expect(error).toBeInstanceOf(ConfigurationError);
    expect(String(error)).toMatch(/tickets\.keys\[0\]\.key.*shorter than 32 bytes/);
  });

  test('mounted without a check, tells its host what is wrong and the browser only that something is', async () => {
    const { bff, logged } = bffWith({ ticketKey: 'eA==' });
    const bearer = await mintTicket(
      { sub: 'u', scope: 'token' },
      { key: { algorithm: 'HS256', key: ticketSecret }, audience: 'sandbox:test' },
    );
    const response = await bff.fetch(
      new Request('http://bff.test/payouts/current', { headers: { authorization: `Bearer ${bearer}` } }),
    );
    expect(response.status).toBe(500);
    const body = await response.json();
    expect(body).toMatchObject({ code: 'misconfigured' });
    expect(JSON.stringify(body)).not.toMatch(/tickets|HS256|32 bytes/);
    expect(logged).toMatchObject([{ option: 'tickets.keys[0].key' }]);
    const ready = await (await bff.fetch(new Request('http://bff.test/ready'))).json();
    expect(ready).toMatchObject({
      status: 'not_ready',
      checks: { tickets: 'configuration: tickets.keys[0].key' },
    });
  });

  test('is named by /ready, key and reason', async () => {
    const { bff } = bffWith({ privateKey: encrypted });
    const response = await bff.fetch(new Request('http://bff.test/ready'));
    expect(response.status).toBe(503);
    expect(await response.json()).toMatchObject({ checks: { keys: 'privateKey: encrypted' } });
  });

  test.each([
    [{ secret: 'short' }, /secret: is shorter than 32 characters; make one with/],
    [{ origins: ['shop.test'] }, /origins/],
    [{ confirm: 'recipient', autoConfirmation: true } as const, /confirm: "recipient" cannot be kept/],
  ])('by options that cannot work is refused at once: %j', (options, words) => {
    expect(() => bffWith(options)).toThrow(words);
  });
});
