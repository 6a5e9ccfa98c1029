import { KeyError } from '../errors/key-error.js';
import { algorithm, checkCryptoKey, isCryptoKey } from './algorithm.js';
import { privateKeyShape, wrapPrivateKey } from './der.js';
import { readPem } from './pem.js';
import type { Sign } from './sign.js';

/**
 * The partner's private key: PEM text (PKCS#8 or PKCS#1, not encrypted), a JWK, a WebCrypto key made for
 * RSASSA-PKCS1-v1_5 with SHA-256, or a function that signs (a KMS or HSM whose key cannot be taken out).
 */
export type PrivateKey = string | JsonWebKey | CryptoKey | Sign;

/**
 * Imports a private RSA key for signing, once; keep what it returns.
 *
 * @param option how the key is called in error messages
 * @throws KeyError for a key of no use; its message says what it is and how to convert it
 */
export async function importPrivateKey(
  key: Exclude<PrivateKey, Sign>,
  option = 'privateKey',
): Promise<CryptoKey> {
  if (typeof key === 'string') return importPem(key, option);
  if (typeof key !== 'object' || key === null) throw missing(option);
  return isCryptoKey(key) ? checkPrivate(key, option) : importJwk(key, option);
}

async function importPem(pem: string, option: string): Promise<CryptoKey> {
  const { label, encrypted, der } = readPem(pem, option);
  if (encrypted)
    throw new KeyError(
      option,
      'encrypted',
      'the key is protected by a passphrase. Take it off: openssl pkcs8 -topk8 -nocrypt -in key.pem -out private.pem',
    );
  if (label.endsWith('PUBLIC KEY') || label.endsWith('CERTIFICATE')) throw publicGiven(option);
  const shape =
    label === 'EC PRIVATE KEY' || label === 'DSA PRIVATE KEY' ? 'other-algorithm' : privateKeyShape(der);
  if (shape === 'other-algorithm') throw notRsa(option);
  if (shape === 'malformed') throw unreadable(option);
  return importOr(unreadable(option), 'pkcs8', shape === 'pkcs1' ? wrapPrivateKey(der) : der);
}

async function importJwk(jwk: JsonWebKey, option: string): Promise<CryptoKey> {
  const { kty, n, e, d, p, q, dp, dq, qi } = jwk;
  if (kty === undefined) throw missing(option);
  if (kty !== 'RSA') throw notRsa(option);
  if (!d) throw publicGiven(option);
  if (!(n && e && p && q && dp && dq && qi))
    throw new KeyError(option, 'unreadable', 'the JWK needs all of n, e, d, p, q, dp, dq and qi.');
  return importOr(unreadable(option), 'jwk', { kty, n, e, d, p, q, dp, dq, qi });
}

function checkPrivate(key: CryptoKey, option: string): CryptoKey {
  if (key.type === 'public') throw publicGiven(option);
  return checkCryptoKey(key, 'sign', option);
}

async function importOr(
  error: KeyError,
  ...[format, data]: ['pkcs8', Uint8Array<ArrayBuffer>] | ['jwk', JsonWebKey]
): Promise<CryptoKey> {
  try {
    if (format === 'jwk') return await crypto.subtle.importKey(format, data, algorithm, false, ['sign']);
    return await crypto.subtle.importKey(format, data, algorithm, false, ['sign']);
  } catch {
    throw error;
  }
}

function missing(option: string): KeyError {
  return new KeyError(
    option,
    'missing',
    'no key was given: PEM text, a JWK, a CryptoKey or a signing function is needed.',
  );
}

function publicGiven(option: string): KeyError {
  return new KeyError(
    option,
    'public-instead-of-private',
    'this is a public key. Requests are signed with the private key that belongs to the public one given to the bank.',
  );
}

function notRsa(option: string): KeyError {
  return new KeyError(
    option,
    'not-rsa',
    'this is no RSA key, and the bank takes RSA only. Make one: openssl genpkey -algorithm RSA -pkeyopt rsa_keygen_bits:2048 -out private.pem',
  );
}

function unreadable(option: string): KeyError {
  return new KeyError(
    option,
    'unreadable',
    'the key is damaged. Check it with: openssl rsa -check -noout -in private.pem',
  );
}
