import { generateKeyPairSync, sign as nodeSign } from 'node:crypto';
import { inspect } from 'node:util';
import { describe, expect, it } from 'vitest';
import {
  createSigner,
  generateKeyPair,
  importPrivateKey,
  importPublicKey,
  KeyError,
  type PrivateKey,
  type PublicKey,
  signBody,
  verifyBody,
} from '../../src/index.js';
import { rejection } from '../support/errors.js';
import { encode, otherRsa, rsa } from '../support/keys.js';

const rs256 = { name: 'RSASSA-PKCS1-v1_5', hash: 'SHA-256' };
const body = encode('{"metadata":"добро\\/ 👍"}');
const expected = nodeSign('sha256', body, rsa.privateKey).toString('base64');

const privateForms: [string, () => PrivateKey | Promise<PrivateKey>][] = [
  ['PKCS#8 PEM', () => rsa.pkcs8],
  ['PKCS#1 PEM', () => rsa.pkcs1],
  ['JWK', () => rsa.privateJwk],
  [
    'JWK that names another alg and use',
    () => ({ ...rsa.privateJwk, alg: 'RS512', use: 'enc', key_ops: ['verify'] }),
  ],
  ['CryptoKey', () => importPrivateKey(rsa.pkcs8)],
  ['signing function', () => async (bytes) => nodeSign('sha256', bytes, rsa.privateKey)],
  ['CRLF', () => rsa.pkcs8.replaceAll('\n', '\r\n')],
  ['indented', () => `\n${rsa.pkcs8.replace(/^/gm, '    ')}`],
  ['literal \\n of an environment variable', () => rsa.pkcs8.trim().replaceAll('\n', '\\n')],
  ['literal \\r\\n, PKCS#1', () => rsa.pkcs1.replaceAll('\n', '\\r\\n')],
  ['in quotes', () => `"${rsa.pkcs8.replaceAll('\n', '\\n')}"`],
  ['lines folded into spaces', () => rsa.pkcs8.replaceAll('\n', ' ')],
  ['byte order mark and a comment before', () => `\uFEFFBag Attributes: none\n${rsa.pkcs8}`],
  [
    'behind its certificate',
    () => `-----BEGIN CERTIFICATE-----\nMIIB\n-----END CERTIFICATE-----\n${rsa.pkcs8}`,
  ],
  ['PKCS#1 under the label of PKCS#8', () => rsa.pkcs1.replaceAll('RSA PRIVATE', 'PRIVATE')],
];

describe('signing', () => {
  it.each(privateForms)('with %s gives the bytes of RSA-SHA256', async (_, form) => {
    const sign = await createSigner(await form());
    const signature = await signBody(sign, body);
    expect(signature).toBe(expected);
    expect(await verifyBody(rsa.spki, body, signature)).toBe(true);
  });

  it('signs with 1024 and 3072 bit keys, PKCS#1 and PKCS#8 alike', { timeout: 30_000 }, async () => {
    for (const modulusLength of [1024, 3072]) {
      const { privateKey } = generateKeyPairSync('rsa', { modulusLength });
      for (const type of ['pkcs1', 'pkcs8'] as const) {
        const sign = await createSigner(privateKey.export({ type, format: 'pem' }).toString());
        expect(await signBody(sign, body)).toBe(nodeSign('sha256', body, privateKey).toString('base64'));
      }
    }
  });

  it('hands the signing function exactly the bytes of the body', async () => {
    const seen: Uint8Array[] = [];
    const sign = await createSigner(async (bytes) => {
      seen.push(bytes);
      return Uint8Array.of(1, 2, 3);
    });
    expect(await signBody(sign, body)).toBe('AQID');
    expect(seen).toEqual([body]);
  });
});

describe('verifying', () => {
  const forms: [string, () => PublicKey | Promise<PublicKey>][] = [
    ['SPKI PEM', () => rsa.spki],
    ['PKCS#1 PEM', () => rsa.publicPkcs1],
    ['JWK', () => rsa.publicJwk],
    ['CryptoKey', () => importPublicKey(rsa.spki)],
    ['literal \\n', () => rsa.spki.replaceAll('\n', '\\n')],
  ];

  it.each(forms)('with %s', async (_, form) => {
    const key = await form();
    expect(await verifyBody(key, body, expected)).toBe(true);
    expect(await verifyBody(key, encode('{}'), expected)).toBe(false);
    expect(await verifyBody(otherRsa.publicKey, body, expected)).toBe(false);
  });
});

describe('generateKeyPair', () => {
  it('makes a PEM pair of 2048 bits that fits together', async () => {
    const pair = await generateKeyPair();
    expect(pair.privateKey).toMatch(
      /^-----BEGIN PRIVATE KEY-----\n([\w+/=]{1,64}\n)+-----END PRIVATE KEY-----\n$/,
    );
    expect(pair.publicKey).toMatch(
      /^-----BEGIN PUBLIC KEY-----\n([\w+/=]{1,64}\n)+-----END PUBLIC KEY-----\n$/,
    );
    const signature = nodeSign('sha256', body, pair.privateKey);
    expect(signature).toHaveLength(256);
    expect(await verifyBody(pair.publicKey, body, signature.toString('base64'))).toBe(true);
  });
});

const ec = generateKeyPairSync('ec', { namedCurve: 'P-256' });
const ed25519 = generateKeyPairSync('ed25519');
const pss = generateKeyPairSync('rsa-pss', { modulusLength: 2048 });
const pem = (label: string, content: string) =>
  `-----BEGIN ${label}-----\n${content}\n-----END ${label}-----\n`;
const cut = (text: string) => text.slice(0, text.length / 2);
const damaged = (text: string) => text.replace(/\n\w{8}/, '\nAAAAAAAA');

const brokenPrivate: [string, () => unknown, KeyError['reason'], RegExp][] = [
  ['undefined', () => undefined, 'missing', /no key was given/],
  ['null', () => null, 'missing', /no key was given/],
  ['an empty object', () => ({}), 'missing', /no key was given/],
  ['an empty text', () => '', 'missing', /is the variable or file/],
  ['spaces', () => ' \\n \n', 'missing', /is the variable or file/],
  ['garbage', () => 'hunter2', 'unreadable', /no PEM found/],
  ['a path', () => '/etc/keys/private.pem', 'unreadable', /read the file/],
  ['JWK as text', () => JSON.stringify(rsa.privateJwk), 'unreadable', /JSON\.parse/],
  ['a cut PEM', () => cut(rsa.pkcs8), 'unreadable', /END line is missing/],
  ['an empty PEM', () => pem('PRIVATE KEY', ''), 'unreadable', /changed or cut/],
  ['no base64 inside', () => pem('PRIVATE KEY', '*** secret ***'), 'unreadable', /not base64/],
  ['no DER inside', () => pem('PRIVATE KEY', 'aGVsbG8gd29ybGQ='), 'unreadable', /damaged/],
  [
    'a shortened DER',
    () => pem('PRIVATE KEY', rsa.pkcs8.split('\n').slice(1, 5).join('\n')),
    'unreadable',
    /damaged/,
  ],
  ['a damaged PKCS#1', () => damaged(rsa.pkcs1), 'unreadable', /damaged/],
  ['an encrypted PKCS#8', () => rsa.encryptedPkcs8, 'encrypted', /openssl pkcs8 -topk8 -nocrypt/],
  ['an encrypted PKCS#1', () => rsa.encryptedPkcs1, 'encrypted', /passphrase/],
  [
    'an encrypted PKCS#1 with literal \\n',
    () => rsa.encryptedPkcs1.replaceAll('\n', '\\n'),
    'encrypted',
    /passphrase/,
  ],
  ['a public key', () => rsa.spki, 'public-instead-of-private', /public key/],
  ['a public PKCS#1 key', () => rsa.publicPkcs1, 'public-instead-of-private', /public key/],
  ['a public JWK', () => rsa.publicJwk, 'public-instead-of-private', /public key/],
  ['a public CryptoKey', () => importPublicKey(rsa.spki), 'public-instead-of-private', /public key/],
  ['a certificate', () => pem('CERTIFICATE', 'MIIB'), 'public-instead-of-private', /public key/],
  [
    'an EC PKCS#8 key',
    () => ec.privateKey.export({ type: 'pkcs8', format: 'pem' }),
    'not-rsa',
    /openssl genpkey/,
  ],
  ['an EC SEC 1 key', () => ec.privateKey.export({ type: 'sec1', format: 'pem' }), 'not-rsa', /RSA only/],
  ['an EC JWK', () => ec.privateKey.export({ format: 'jwk' }), 'not-rsa', /RSA only/],
  [
    'an Ed25519 key',
    () => ed25519.privateKey.export({ type: 'pkcs8', format: 'pem' }),
    'not-rsa',
    /RSA only/,
  ],
  ['an RSA-PSS key', () => pss.privateKey.export({ type: 'pkcs8', format: 'pem' }), 'not-rsa', /RSA only/],
  [
    'an OpenSSH key',
    () => pem('OPENSSH PRIVATE KEY', 'b3BlbnNzaC1rZXktdjE='),
    'openssh',
    /ssh-keygen -p -m PEM/,
  ],
  ['a JWK without its primes', () => ({ ...rsa.privateJwk, p: undefined }), 'unreadable', /n, e, d, p, q/],
  ['a JWK of nonsense', () => ({ ...rsa.privateJwk, n: '!', p: '!' }), 'unreadable', /damaged/],
  [
    'a CryptoKey for SHA-512',
    () => importRsa({ name: 'RSASSA-PKCS1-v1_5', hash: 'SHA-512' }, ['sign']),
    'wrong-algorithm',
    /SHA-256/,
  ],
  [
    'a CryptoKey for PSS',
    () => importRsa({ name: 'RSA-PSS', hash: 'SHA-256' }, ['sign']),
    'wrong-algorithm',
    /PKCS1/,
  ],
  [
    'an HMAC CryptoKey',
    () => crypto.subtle.generateKey({ name: 'HMAC', hash: 'SHA-256' }, false, ['sign']),
    'not-rsa',
    /HMAC/,
  ],
];

describe('a private key of no use', () => {
  it.each(brokenPrivate)('%s is refused with its reason', async (_, make, reason, help) => {
    const key: unknown = await make();
    const error = await rejection(Reflect.apply(importPrivateKey, undefined, [key]), KeyError);
    expect(error).toMatchObject({ name: 'KeyError', option: 'privateKey', reason });
    expect(error.message).toMatch(help);
    expect(error.message).toMatch(/^privateKey: /);
    if (typeof key === 'string' && key.trim().length > 6) expect(inspect(error)).not.toContain(key.trim());
  });

  it('is refused by createSigner alike', async () => {
    expect(await rejection(createSigner(rsa.spki), KeyError)).toMatchObject({
      reason: 'public-instead-of-private',
    });
  });
});

const brokenPublic: [string, () => unknown, KeyError['reason'], RegExp][] = [
  ['undefined', () => undefined, 'missing', /no key was given/],
  ['an empty text', () => '', 'missing', /empty/],
  ['an empty object', () => ({}), 'missing', /no key was given/],
  ['garbage', () => 'hunter2', 'unreadable', /no PEM found/],
  ['no DER inside', () => pem('PUBLIC KEY', 'aGVsbG8='), 'unreadable', /damaged/],
  ['a damaged key', () => damaged(rsa.publicPkcs1), 'unreadable', /damaged/],
  ['a private key', () => rsa.pkcs8, 'private-instead-of-public', /openssl pkey -pubout/],
  ['a private PKCS#1 key', () => rsa.pkcs1, 'private-instead-of-public', /private key/],
  ['a private JWK', () => rsa.privateJwk, 'private-instead-of-public', /private key/],
  ['a private CryptoKey', () => importPrivateKey(rsa.pkcs8), 'private-instead-of-public', /private key/],
  ['a certificate', () => pem('CERTIFICATE', 'MIIB'), 'certificate', /openssl x509 -pubkey/],
  ['an EC key', () => ec.publicKey.export({ type: 'spki', format: 'pem' }), 'not-rsa', /RSA/],
  ['an EC JWK', () => ec.publicKey.export({ format: 'jwk' }), 'not-rsa', /RSA/],
  ['an ssh-rsa line', () => 'ssh-rsa AAAAB3NzaC1yc2E me@host', 'openssh', /ssh-keygen -e -m PKCS8/],
  ['a JWK without its exponent', () => ({ ...rsa.publicJwk, e: undefined }), 'unreadable', /n and e/],
];

describe('a public key of no use', () => {
  it.each(brokenPublic)('%s is refused with its reason', async (_, make, reason, help) => {
    const key: unknown = await make();
    const error = await rejection(
      Reflect.apply(importPublicKey, undefined, [key, 'bankPublicKeys[1]']),
      KeyError,
    );
    expect(error).toMatchObject({ option: 'bankPublicKeys[1]', reason });
    expect(error.message).toMatch(help);
  });
});

async function importRsa(algorithm: { name: string; hash: string }, usages: ('sign' | 'verify')[]) {
  const der = rsa.privateKey.export({ type: 'pkcs8', format: 'der' });
  return crypto.subtle.importKey('pkcs8', new Uint8Array(der), algorithm, false, usages);
}

describe('a CryptoKey of the right kind', () => {
  it('is taken as it is', async () => {
    const key = await importRsa(rs256, ['sign']);
    expect(await importPrivateKey(key)).toBe(key);
  });
});
