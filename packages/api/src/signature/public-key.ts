import { KeyError } from '../errors/key-error.js';
import { algorithm, checkCryptoKey, isCryptoKey } from './algorithm.js';
import { publicKeyShape, wrapPublicKey } from './der.js';
import { readPem } from './pem.js';

/** A public key: PEM text (SPKI or PKCS#1), a JWK, or a WebCrypto key made for RSASSA-PKCS1-v1_5 with SHA-256. */
export type PublicKey = string | JsonWebKey | CryptoKey;

/**
 * Imports a public RSA key for verifying, once; keep what it returns.
 *
 * @param option how the key is called in error messages
 * @throws KeyError for a key of no use; its message says what it is and how to convert it
 */
export async function importPublicKey(key: PublicKey, option = 'publicKey'): Promise<CryptoKey> {
  if (typeof key === 'string') return importPem(key, option);
  if (typeof key !== 'object' || key === null) throw missing(option);
  return isCryptoKey(key) ? checkPublic(key, option) : importJwk(key, option);
}

async function importPem(pem: string, option: string): Promise<CryptoKey> {
  const { label, der } = readPem(pem, option);
  if (label.endsWith('PRIVATE KEY')) throw privateGiven(option);
  if (label.endsWith('CERTIFICATE'))
    throw new KeyError(
      option,
      'certificate',
      'this is a certificate. Take its public key out: openssl x509 -pubkey -noout -in certificate.pem',
    );
  const shape = publicKeyShape(der);
  if (shape === 'other-algorithm') throw notRsa(option);
  if (shape === 'malformed') throw unreadable(option);
  return importOr(unreadable(option), 'spki', shape === 'pkcs1' ? wrapPublicKey(der) : der);
}

async function importJwk(jwk: JsonWebKey, option: string): Promise<CryptoKey> {
  const { kty, n, e, d } = jwk;
  if (kty === undefined) throw missing(option);
  if (kty !== 'RSA') throw notRsa(option);
  if (d) throw privateGiven(option);
  if (!(n && e)) throw new KeyError(option, 'unreadable', 'the JWK needs n and e.');
  return importOr(unreadable(option), 'jwk', { kty, n, e });
}

function checkPublic(key: CryptoKey, option: string): CryptoKey {
  if (key.type === 'private') throw privateGiven(option);
  return checkCryptoKey(key, 'verify', option);
}

async function importOr(
  error: KeyError,
  ...[format, data]: ['spki', Uint8Array<ArrayBuffer>] | ['jwk', JsonWebKey]
): Promise<CryptoKey> {
  try {
    if (format === 'jwk') return await crypto.subtle.importKey(format, data, algorithm, true, ['verify']);
    return await crypto.subtle.importKey(format, data, algorithm, true, ['verify']);
  } catch {
    throw error;
  }
}

function missing(option: string): KeyError {
  return new KeyError(option, 'missing', 'no key was given: PEM text, a JWK or a CryptoKey is needed.');
}

function privateGiven(option: string): KeyError {
  return new KeyError(
    option,
    'private-instead-of-public',
    'this is a private key, and only the public one belongs here. Take it out: openssl pkey -pubout -in private.pem',
  );
}

function notRsa(option: string): KeyError {
  return new KeyError(option, 'not-rsa', 'this is no RSA key, and the bank signs with RSA.');
}

function unreadable(option: string): KeyError {
  return new KeyError(
    option,
    'unreadable',
    'the key is damaged. Check it with: openssl pkey -pubin -noout -text -in public.pem',
  );
}
