import { exportJWK, exportPKCS8, exportSPKI, generateKeyPair, SignJWT } from 'jose';
import { describe, expect, test } from 'vitest';
import {
  ConfigurationError,
  createTicketVerifier,
  mintTicket,
  type TicketKey,
} from '../src/tickets/index.js';
import { TicketError } from '../src/tickets/ticket-error.js';

const audience = 'demo:shop';
const now = Date.UTC(2026, 0, 12, 9);
const clock = { now: () => now };
const at = Math.floor(now / 1000);
const secretText = 'c2hvcC1zZWNyZXQtb2YtYXQtbGVhc3QtMzItYnl0ZXMhIQ==';
const secretBytes = new Uint8Array(Buffer.from(secretText, 'base64'));
const shared: TicketKey = { algorithm: 'HS256', key: secretText };
const claims = {
  sub: 'user-7',
  ref: 'order-1001',
  amount: 105000,
  currency: 'rub',
  full_name: '  Ivanov Ivan ',
  description: 'Order 1001',
} as const;

function sign(payload: Record<string, unknown>, header: Record<string, unknown> = {}, key = secretBytes) {
  const all = { ...claims, aud: audience, iat: at, exp: at + 600, ...payload };
  return new SignJWT(all).setProtectedHeader({ alg: 'HS256', ...header }).sign(key);
}

function verifierOf(...keys: TicketKey[]) {
  return createTicketVerifier({ keys, clock }, audience);
}

async function refusal(token: string | null, verifier = verifierOf(shared)): Promise<TicketError> {
  const error = await verifier.verify(token).catch((caught: unknown) => caught);
  if (!(error instanceof TicketError)) throw new Error(`expected a TicketError, got ${String(error)}`);
  for (const personal of [
    'Ivanov',
    'user-7',
    'order-1001',
    secretText,
    ...(token && token.length > 9 ? [token] : []),
  ])
    expect(error.message).not.toContain(personal);
  return error;
}

async function pair(algorithm: 'EdDSA' | 'RS256' | 'ES256') {
  const { privateKey, publicKey } = await generateKeyPair(algorithm, { extractable: true });
  return {
    algorithm,
    privateKey,
    publicKey,
    privatePem: await exportPKCS8(privateKey),
    publicPem: await exportSPKI(publicKey),
    privateJwk: (await exportJWK(privateKey)) as JsonWebKey,
    publicJwk: (await exportJWK(publicKey)) as JsonWebKey,
  };
}

describe('a good ticket', () => {
  test('is read, with the currency in upper case and the name trimmed', async () => {
    const token = await mintTicket(
      { ...claims, metadata: { a: [1, null] } },
      { key: shared, audience, clock },
    );
    expect(await verifierOf(shared).verify(token)).toEqual({
      scope: 'payout',
      subject: 'user-7',
      ref: 'order-1001',
      amount: 105000,
      currency: 'RUB',
      fullName: 'Ivanov Ivan',
      description: 'Order 1001',
      metadata: { a: [1, null] },
      issuedAt: at,
      expiresAt: at + 600,
    });
  });

  test('of token scope needs no amount', async () => {
    const token = await mintTicket({ sub: 'user-7', scope: 'token' }, { key: shared, audience, clock });
    expect(await verifierOf(shared).verify(token)).toEqual({
      scope: 'token',
      subject: 'user-7',
      issuedAt: at,
      expiresAt: at + 600,
    });
  });

  test.each(['EdDSA', 'RS256', 'ES256'] as const)(
    'may be signed with %s in every form of key',
    async (name) => {
      const keys = await pair(name);
      const forms = [
        [keys.privatePem, keys.publicPem],
        [keys.privateJwk, keys.publicJwk],
        [keys.privateKey, keys.publicKey],
        [keys.privatePem.replaceAll('\n', '\r\n'), `\n${keys.publicPem}\n`],
      ] as const;
      for (const [signing, verifying] of forms) {
        const token = await mintTicket(claims, { key: { algorithm: name, key: signing }, audience, clock });
        const verifier = verifierOf({ algorithm: name, key: verifying });
        expect((await verifier.verify(token)).subject).toBe('user-7');
      }
    },
  );

  test('may be signed with a secret given as bytes, text, JWK or CryptoKey', async () => {
    const hmac = { name: 'HMAC', hash: 'SHA-256' };
    const forms = [
      secretBytes,
      secretText,
      { kty: 'oct', k: secretText.replace(/=+$/, '') },
      await crypto.subtle.importKey('raw', secretBytes, hmac, false, ['sign', 'verify']),
    ];
    const token = await sign({});
    for (const key of forms) {
      expect((await verifierOf({ algorithm: 'HS256', key }).verify(token)).subject).toBe('user-7');
    }
  });

  test('minted in another language, with floats, one audience in a list and claims of its own, is read', async () => {
    const token = await sign(
      { aud: [audience], iat: at + 0.5, exp: at + 60.25, jti: 'x', iss: 'shop' },
      { typ: 'jwt' },
    );
    expect((await verifierOf(shared).verify(token)).subject).toBe('user-7');
  });
});

describe('a bad ticket is refused', () => {
  test('when there is none', async () => {
    expect((await refusal(null)).code).toBe('ticket_missing');
    expect((await refusal('')).code).toBe('ticket_missing');
  });

  test.each(['x', 'a.b', 'a.b.c', '..', 'é.é.é', 'e30.e30.', `${'a'.repeat(20_000)}.b.c`])(
    'when it is no JWT: %.20s',
    async (token) => {
      expect((await refusal(token)).code).toBe('ticket_invalid');
    },
  );

  test('when it has expired, but not within the leeway', async () => {
    const late = await refusal(await sign({ iat: at - 700, exp: at - 31 }));
    expect(late.code).toBe('ticket_expired');
    expect(late.detail).toContain('mint a new ticket');
    const token = await sign({ iat: at - 600, exp: at - 29 });
    expect((await verifierOf(shared).verify(token)).subject).toBe('user-7');
  });

  test.each([
    ['another environment', 'live:shop'],
    ['nothing', undefined],
    ['several', [audience, 'live:shop']],
    ['a prefix', 'demo:shop2'],
  ])('when its audience is %s', async (_name, aud) => {
    const error = await refusal(await sign({ aud }));
    expect(error.code).toBe('ticket_audience');
    expect(error.detail).toContain('"demo:shop"');
  });

  test.each([
    ['lives too long', { exp: at + 901 }, /900 seconds/],
    ['has no exp', { exp: undefined }, /"exp" is missing/],
    ['has no iat', { iat: undefined }, /"iat" is missing/],
    ['was issued in the future', { iat: at + 31, exp: at + 100 }, /clock/],
    ['expires before it was issued', { iat: at + 10, exp: at + 5 }, /after "iat"/],
    ['is not valid yet', { nbf: at + 60 }, /"nbf"/],
    ['counts milliseconds', { iat: now, exp: now + 1000 }, /milliseconds/],
    ['has an odd time', { exp: 'soon' }, /"exp" must be a number/],
  ])('when it %s', async (_name, payload, detail) => {
    const error = await refusal(await sign(payload));
    expect(error.code).toBe('ticket_invalid');
    expect(error.detail).toMatch(detail);
  });

  const long = 'x'.repeat(256);
  const deep = JSON.parse(`${'['.repeat(1000)}${']'.repeat(1000)}`) as unknown;
  test.each([
    ['sub', ''],
    ['sub', long],
    ['sub', 7],
    ['ref', undefined],
    ['ref', long],
    ['ref', 'a\nb'],
    ['amount', 0],
    ['amount', -5],
    ['amount', 10.5],
    ['amount', '105000'],
    ['amount', 2 ** 53],
    ['amount', undefined],
    ['currency', 'RUBL'],
    ['currency', 643],
    ['full_name', '   '],
    ['full_name', long],
    ['full_name', undefined],
    ['description', 'What?'],
    ['description', 'Hurry!'],
    ['description', 'x'.repeat(211)],
    ['metadata', 'x'.repeat(4096)],
    ['metadata', deep],
    ['scope', 'admin'],
  ])('when claim %s is not as it must be', async (claim, value) => {
    const error = await refusal(await sign({ [claim]: value }));
    expect(error.code).toBe('ticket_invalid');
    expect(error.detail).toContain(`Claim "${claim}" `);
  });

  test('when its header says critical extensions, another type or an odd kid', async () => {
    const verifier = verifierOf(shared);
    expect((await refusal(await sign({}, { typ: 'at+jwt' }), verifier)).detail).toContain('"typ"');
    const crit = [btoa(JSON.stringify({ alg: 'HS256', crit: ['b64'], b64: false })), 'e30', 'AA'].join('.');
    expect((await refusal(crit, verifier)).detail).toContain('"crit"');
    const kid = [btoa(JSON.stringify({ alg: 'HS256', kid: 7 })), 'e30', 'AA'].join('.').replaceAll('=', '');
    expect((await refusal(kid, verifier)).detail).toContain('"kid"');
  });

  test('when it was changed', async () => {
    const [header, , signature] = (await sign({})).split('.');
    const payload = Buffer.from(JSON.stringify({ ...claims, amount: 1 })).toString('base64url');
    const error = await refusal(`${header}.${payload}.${signature}`);
    expect(error.code).toBe('ticket_invalid');
    expect(error.detail).toContain('signature');
  });

  test.each(['EdDSA', 'RS256', 'ES256', 'HS256'] as const)(
    'when its %s signature is cut short, empty or of another key',
    async (algorithm) => {
      const keys = algorithm === 'HS256' ? null : await pair(algorithm);
      const signing = keys ? { algorithm, key: keys.privatePem } : shared;
      const verifier = verifierOf(keys ? { algorithm, key: keys.publicPem } : shared);
      const [header, payload, signature] = (
        await mintTicket(claims, { key: signing, audience, clock })
      ).split('.');
      expect(await verifier.verify(`${header}.${payload}.${signature}`)).toMatchObject({ ref: 'order-1001' });
      const foreign = Buffer.from(crypto.getRandomValues(new Uint8Array(64))).toString('base64url');
      for (const forged of ['', 'AA', signature?.slice(0, -4), `${signature}AAAA`, foreign]) {
        const error = await refusal(`${header}.${payload}.${forged}`, verifier);
        expect(error.detail).toContain('signature does not match');
      }
    },
  );

  test('when it is no JWS in compact form', async () => {
    const [header, payload, signature] = (await sign({})).split('.');
    const list = Buffer.from('[]').toString('base64url');
    for (const token of [
      `${header}.${payload}`,
      `${header}.${payload}.${signature}.`,
      `${list}.${payload}.${signature}`,
      `.${payload}.${signature}`,
      `${header}.${payload}.*`,
      `${header}.${payload}+.${signature}`,
    ])
      expect((await refusal(token)).detail).toContain('no signed JWT');
  });

  test('when its payload is no object', async () => {
    const { CompactSign } = await import('jose');
    for (const payload of ['[]', 'null', 'no json', '"text"']) {
      const token = await new CompactSign(new TextEncoder().encode(payload))
        .setProtectedHeader({ alg: 'HS256' })
        .sign(secretBytes);
      expect((await refusal(token)).detail).toContain('JSON object');
    }
  });

  test('when its algorithm is none', async () => {
    const encode = (value: unknown) => Buffer.from(JSON.stringify(value)).toString('base64url');
    const body = encode({ ...claims, aud: audience, iat: at, exp: at + 600 });
    for (const alg of ['none', 'None', 'HS512', '', null]) {
      const error = await refusal(`${encode({ alg })}.${body}.`);
      expect(error.code).toBe('ticket_invalid');
      expect(error.detail).toContain('"alg"');
    }
  });

  test('when an RSA public key was used as an HS256 secret', async () => {
    const keys = await pair('RS256');
    const verifier = verifierOf({ kid: 'k', algorithm: 'RS256', key: keys.publicPem });
    for (const secret of [keys.publicPem, keys.publicPem.trim()]) {
      const forged = new TextEncoder().encode(secret);
      const error = await refusal(await sign({}, { kid: 'k' }, forged), verifier);
      expect(error.code).toBe('ticket_invalid');
      expect(await refusal(await sign({}, {}, forged), verifier)).toMatchObject({ code: 'ticket_invalid' });
    }
  });
});

describe('several keys', () => {
  const first: TicketKey = { kid: 'first', algorithm: 'HS256', key: secretBytes };
  const secondBytes = new Uint8Array(32).fill(7);
  const second: TicketKey = { kid: 'second', algorithm: 'HS256', key: secondBytes };

  test('rotate: each ticket is verified by the key it names', async () => {
    const verifier = verifierOf(first, second);
    for (const key of [first, second]) {
      const token = await mintTicket(claims, { key, audience, clock });
      expect((await verifier.verify(token)).subject).toBe('user-7');
    }
    const withdrawn = await mintTicket(claims, { key: first, audience, clock });
    expect((await refusal(withdrawn, verifierOf(second))).detail).toContain('kid');
  });

  test('a kid picks its key and no other, even when another would fit', async () => {
    expect((await refusal(await sign({}, { kid: 'second' }), verifierOf(first, second))).code).toBe(
      'ticket_invalid',
    );
    expect((await refusal(await sign({}, { kid: 'unknown' }), verifierOf(first, shared))).code).toBe(
      'ticket_invalid',
    );
  });

  test('a ticket without kid is tried against the keys of its algorithm', async () => {
    const { privatePem, publicPem } = await pair('EdDSA');
    const verifier = verifierOf(second, first, { algorithm: 'EdDSA', key: publicPem });
    expect((await verifier.verify(await sign({}))).subject).toBe('user-7');
    const token = await mintTicket(claims, { key: { algorithm: 'EdDSA', key: privatePem }, audience, clock });
    expect((await verifier.verify(token)).subject).toBe('user-7');
    expect((await refusal(token, verifierOf(first))).detail).toContain('algorithm');
  });
});

describe('an HS256 secret that is text', () => {
  const asText: TicketKey = { ...shared, encoding: 'text' };

  test('signs with its characters if its encoding says so, and with the bytes it encodes otherwise', async () => {
    const signedWithText = await sign({}, {}, new TextEncoder().encode(secretText));
    expect(await verifierOf(asText).verify(signedWithText)).toMatchObject({ ref: 'order-1001' });
    expect(await verifierOf(shared).verify(await sign({}))).toMatchObject({ ref: 'order-1001' });
    const minted = await mintTicket(claims, { key: asText, audience, clock });
    expect(await verifierOf(asText).verify(minted)).toMatchObject({ ref: 'order-1001' });
  });

  test('is told which encoding was mixed up with which', async () => {
    const signedWithText = await sign({}, {}, new TextEncoder().encode(secretText));
    const first = await refusal(signedWithText);
    expect(first.detail).toContain('signed with the characters of the secret');
    const second = await refusal(await sign({}), verifierOf(asText));
    expect(second.detail).toContain('encoding "base64"');
  });

  test('of hexadecimal digits is taken as it is meant', async () => {
    const key = 'fedcba9876543210'.repeat(4);
    const ticket = await sign({}, {}, new TextEncoder().encode(key));
    const verifier = verifierOf({ algorithm: 'HS256', key, encoding: 'text' });
    expect(await verifier.verify(ticket)).toMatchObject({ ref: 'order-1001' });
  });
});

describe('a key that is of no use says so, with the way out', () => {
  async function trouble(key: TicketKey) {
    const error = await verifierOf(key)
      .ready()
      .catch((caught: unknown) => caught);
    expect(error).toBeInstanceOf(ConfigurationError);
    return String(error);
  }

  test('keys for HS256', async () => {
    const { publicPem } = await pair('EdDSA');
    expect(await trouble({ algorithm: 'HS256', key: '' })).toContain('missing');
    expect(await trouble({ algorithm: 'HS256', key: 'c2hvcnQ=' })).toContain('openssl rand -base64 32');
    expect(await trouble({ algorithm: 'HS256', key: 'my passphrase, my passphrase, my!' })).toContain(
      'encoding: "text"',
    );
    // Made by `openssl rand -hex 32`: base64 as well, of bytes that nobody means.
    const hex = '0123456789abcdef'.repeat(4);
    expect(await trouble({ algorithm: 'HS256', key: hex })).toContain('looks like hexadecimal');
    expect(await trouble({ algorithm: 'HS256', key: 'too short', encoding: 'text' })).toContain(
      'shorter than 32 bytes',
    );
    expect(await trouble({ algorithm: 'EdDSA', key: publicPem, encoding: 'text' })).toContain('.encoding');
    expect(await trouble({ algorithm: 'HS256', key: publicPem })).toContain('no HS256 secret');
    const weak = await crypto.subtle.importKey(
      'raw',
      new Uint8Array(16),
      { name: 'HMAC', hash: 'SHA-256' },
      false,
      ['verify'],
    );
    expect(await trouble({ algorithm: 'HS256', key: weak })).toContain('32 bytes');
  });

  test('keys for the others', async () => {
    const rsa = await pair('RS256');
    const ec = await pair('ES256');
    expect(await trouble({ algorithm: 'RS256', key: rsa.privatePem })).toContain('openssl pkey');
    expect(await trouble({ algorithm: 'RS256', key: rsa.privateJwk })).toContain('public key');
    expect(await trouble({ algorithm: 'RS256', key: rsa.privateKey })).toContain('public key');
    expect(await trouble({ algorithm: 'RS256', key: ec.publicPem })).toContain('cannot be used for RS256');
    expect(await trouble({ algorithm: 'ES256', key: rsa.publicJwk })).toContain('cannot be used for ES256');
    expect(await trouble({ algorithm: 'EdDSA', key: ec.publicKey })).toContain('cannot be used for EdDSA');
    expect(await trouble({ algorithm: 'EdDSA', key: 'what?' })).toContain('BEGIN PUBLIC KEY');
    expect(await trouble({ algorithm: 'RS256', key: new Uint8Array(64) })).toContain('cannot be used');
    expect(await trouble({ algorithm: 'RS256', key: '-----BEGIN CERTIFICATE-----' })).toContain(
      'openssl x509',
    );
    expect(await trouble({ algorithm: 'RS256', key: '-----BEGIN RSA PUBLIC KEY-----' })).toContain(
      'openssl rsa',
    );
    expect(await trouble({ algorithm: 'RS256', key: '-----BEGIN PUBLIC KEY-----\nAAAA\n' })).toContain(
      'cannot be',
    );
  });

  test('an RSA key of 1024 bits', async () => {
    const parameters = {
      name: 'RSASSA-PKCS1-v1_5',
      hash: 'SHA-256',
      modulusLength: 1024,
      publicExponent: Uint8Array.of(1, 0, 1),
    };
    const { publicKey } = await crypto.subtle.generateKey(parameters, true, ['sign', 'verify']);
    expect(await trouble({ algorithm: 'RS256', key: publicKey })).toContain('2048 bits');
    expect(await trouble({ algorithm: 'RS256', key: await exportSPKI(publicKey) })).toContain('2048 bits');
  });

  test('none, too many, or two of one name', () => {
    const named = { ...shared, kid: 'same' };
    expect(() => verifierOf()).toThrow(/tickets.keys/);
    expect(() => verifierOf(named, named)).toThrow(/same kid/);
    expect(() => verifierOf(...Array.from({ length: 17 }, () => shared))).toThrow(/more than 16/);
    expect(() => createTicketVerifier({ keys: [shared], maxLifetime: 0 }, audience)).toThrow(/maxLifetime/);
    expect(() => createTicketVerifier({ keys: [shared], leeway: -1 }, audience)).toThrow(/leeway/);
  });
});

describe('mintTicket', () => {
  test.each([
    ['amount', { amount: 10.5 }],
    ['currency', { currency: 'roubles' }],
    ['full_name', { full_name: '' }],
    ['description', { description: 'Really?' }],
    ['ref', { ref: '' }],
    ['metadata', { metadata: { when: new Date() as never } }],
  ])('names the field %s and not its value', async (claim, change) => {
    const minting = mintTicket({ ...claims, ...change }, { key: shared, audience });
    await expect(minting).rejects.toMatchObject({ name: 'TicketClaimsError', problems: [{ claim }] });
    await expect(minting).rejects.not.toThrow(/roubles|Really/);
  });

  test.each([
    ['a public key', 'to sign give the private one'],
    ['a PKCS#1 key', 'openssl pkcs8 -topk8'],
    ['a protected key', 'openssl pkey'],
    ['no PEM', 'BEGIN PRIVATE KEY'],
  ])('says what to do about %s', async (name, wayOut) => {
    const keys: Record<string, string> = {
      'a public key': (await pair('RS256')).publicPem,
      'a PKCS#1 key': '-----BEGIN RSA PRIVATE KEY-----',
      'a protected key': '-----BEGIN ENCRYPTED PRIVATE KEY-----',
      'no PEM': 'key',
    };
    const key = { algorithm: 'RS256', key: keys[name] ?? '' } as const;
    await expect(mintTicket(claims, { key, audience })).rejects.toThrow(wayOut);
  });

  test('refuses to mint without an audience or with an odd life', async () => {
    await expect(mintTicket(claims, { key: shared, audience: '' })).rejects.toThrow(
      '<environment>:<project>',
    );
    await expect(mintTicket(claims, { key: shared, audience, expiresIn: 0 })).rejects.toThrow('expiresIn');
  });
});
