import { fromBase64 } from '../encoding/base64.js';
import { ConfigurationError } from '../secrets/configuration-error.js';
import {
  demandOf,
  fits,
  importParameters,
  isTicketAlgorithm,
  type TicketAlgorithm,
  ticketAlgorithms,
} from './algorithm.js';

/** A key that signs or verifies tickets, pinned to one algorithm. */
export interface TicketKey {
  /** Names the key in the ticket's header; needed to tell keys apart while they rotate. */
  kid?: string;
  algorithm: TicketAlgorithm;
  /**
   * - HS256: the secret, at least 32 bytes, as bytes or as text (`openssl rand -base64 32`); see `encoding`.
   * - EdDSA, RS256 (2048 bits or more), ES256: PEM (SPKI to verify, PKCS#8 to sign).
   * - Any of them: a JWK or a `CryptoKey`.
   */
  key: string | Uint8Array | JsonWebKey | CryptoKey;
  /**
   * What an HS256 secret given as text signs with: `base64` (the default): the bytes that the text encodes; `text`: the
   * characters themselves, as most JWT libraries do with the string they are given. Both sides must mean the same.
   */
  encoding?: SecretEncoding;
}

export type SecretEncoding = 'base64' | 'text';

/** A key ready for use. */
export interface LoadedKey {
  kid: string | undefined;
  algorithm: TicketAlgorithm;
  key: CryptoKey;
  /** What the same secret would be under the other encoding: tells the commonest mistake from a forged ticket. */
  misread?: { encoding: SecretEncoding; key: CryptoKey };
}

type Use = 'verify' | 'sign';

const encoder = new TextEncoder();

/**
 * Imports a key for one use.
 *
 * @throws {ConfigurationError} that says what is wrong with the key and how to make or convert one.
 */
export async function loadKey(given: TicketKey, use: Use, option: string): Promise<LoadedKey> {
  if (!isTicketAlgorithm(given.algorithm)) {
    throw new ConfigurationError(`${option}.algorithm`, `must be one of ${ticketAlgorithms.join(', ')}`);
  }
  const at = `${option}.key`;
  const key = await importMaterial(given, use, at);
  const type = given.algorithm === 'HS256' ? 'secret' : use === 'verify' ? 'public' : 'private';
  if (key.type !== type) throw new ConfigurationError(at, wrongHalf(use, type));
  if (!fits(key, given.algorithm)) throw mismatch(at, given.algorithm);
  if (!key.usages.includes(use)) throw new ConfigurationError(at, `the CryptoKey lacks the usage "${use}"`);
  const loaded = { kid: given.kid, algorithm: given.algorithm, key };
  const misread = use === 'verify' ? await misreadSecret(given) : null;
  return misread ? { ...loaded, misread } : loaded;
}

/** The secret as somebody reads it who means the other encoding; null where there is no such reading. */
async function misreadSecret({
  algorithm,
  key,
  encoding = 'base64',
}: TicketKey): Promise<LoadedKey['misread'] | null> {
  if (algorithm !== 'HS256' || typeof key !== 'string') return null;
  const other = encoding === 'base64' ? 'text' : 'base64';
  const bytes = other === 'text' ? encoder.encode(key.trim()) : decodeBase64(key.trim());
  if (!bytes || bytes.length === 0) return null;
  return { encoding: other, key: await importHmac(bytes, 'verify') };
}

async function importMaterial(given: TicketKey, use: Use, at: string): Promise<CryptoKey> {
  const { algorithm, key } = given;
  if (!key) throw new ConfigurationError(at, `is missing; it must be ${demandOf(algorithm)}`);
  if (key instanceof CryptoKey) return key;
  if (algorithm === 'HS256') return importSecret(secretBytes(key, given.encoding, at), use, at);
  if (given.encoding !== undefined)
    throw new ConfigurationError(at.replace(/key$/, 'encoding'), 'is for HS256 secrets only; leave it out');
  if (key instanceof Uint8Array) throw mismatch(at, algorithm);
  try {
    return typeof key === 'string'
      ? await importPem(key, algorithm, use, at)
      : await importJwk(key, algorithm, use, at);
  } catch (error) {
    if (error instanceof ConfigurationError) throw error;
    throw mismatch(at, algorithm);
  }
}

function importSecret(bytes: Uint8Array<ArrayBuffer>, use: Use, at: string): Promise<CryptoKey> {
  if (bytes.length < 32) {
    throw new ConfigurationError(
      at,
      'the HS256 secret is shorter than 32 bytes; `openssl rand -base64 32` makes one',
    );
  }
  return importHmac(bytes, use);
}

function importHmac(bytes: Uint8Array<ArrayBuffer>, use: Use): Promise<CryptoKey> {
  return crypto.subtle.importKey('raw', bytes, importParameters('HS256'), false, [use]);
}

function secretBytes(
  key: string | Uint8Array | JsonWebKey,
  encoding: SecretEncoding | undefined,
  at: string,
): Uint8Array<ArrayBuffer> {
  if (key instanceof Uint8Array) return new Uint8Array(key);
  const text = (typeof key === 'string' ? key.trim() : key.k) ?? '';
  // A public key in the place of the secret would let everybody who can read it sign.
  if (text.startsWith('-----BEGIN'))
    throw new ConfigurationError(at, 'a PEM is no HS256 secret; is the algorithm right?');
  if (encoding === 'text') return encoder.encode(text);
  // Hexadecimal happens to be base64 as well, of other bytes: whoever made it that way hardly means those.
  if (encoding === undefined && isHex(text))
    throw new ConfigurationError(
      at,
      'the HS256 secret looks like hexadecimal; say `encoding: "text"` if tickets are signed with these characters, `encoding: "base64"` if it is base64 all the same, or make one with `openssl rand -base64 32`',
    );
  const bytes = decodeBase64(text);
  if (bytes) return bytes;
  throw new ConfigurationError(
    at,
    'the HS256 secret is not base64; `openssl rand -base64 32` makes one; if tickets are signed with the text itself, say `encoding: "text"`',
  );
}

function isHex(text: string): boolean {
  return text.length % 2 === 0 && (/^[0-9a-f]+$/.test(text) || /^[0-9A-F]+$/.test(text));
}

/** Secrets are made by tools of either alphabet, and of either mind about padding. */
function decodeBase64(text: string): Uint8Array<ArrayBuffer> | null {
  return fromBase64(text.replaceAll('-', '+').replaceAll('_', '/').replace(/=+$/, ''));
}

async function importPem(text: string, algorithm: TicketAlgorithm, use: Use, at: string): Promise<CryptoKey> {
  const pem = text.trim();
  const kind = /^-----BEGIN ([A-Z0-9 ]+)-----/.exec(pem)?.[1];
  if (use === 'verify') {
    if (kind === 'PUBLIC KEY') return importDer('spki', pem, algorithm, use);
    throw new ConfigurationError(at, publicWayOut(kind));
  }
  if (kind === 'PRIVATE KEY') return importDer('pkcs8', pem, algorithm, use);
  throw new ConfigurationError(at, privateWayOut(kind));
}

async function importDer(
  format: 'spki' | 'pkcs8',
  pem: string,
  algorithm: TicketAlgorithm,
  use: Use,
): Promise<CryptoKey> {
  const der = fromBase64(pem.replace(/-----(BEGIN|END) [A-Z ]+-----/g, ''));
  if (!der) throw new TypeError('the PEM holds no base64');
  return crypto.subtle.importKey(format, der, importParameters(algorithm), false, [use]);
}

function publicWayOut(kind: string | undefined): string {
  if (kind === undefined)
    return 'is no PEM; a public key begins with "-----BEGIN PUBLIC KEY-----" (in an environment variable, mind the line breaks)';
  if (kind.endsWith('PRIVATE KEY'))
    return 'is a private key; to verify give the public one: `openssl pkey -in key.pem -pubout`';
  if (kind === 'CERTIFICATE')
    return 'is a certificate; give its public key: `openssl x509 -in certificate.pem -pubkey -noout`';
  if (kind === 'RSA PUBLIC KEY')
    return 'is a PKCS#1 public key; convert it: `openssl rsa -RSAPublicKey_in -in key.pem -pubout`';
  return 'is no public key; it begins with "-----BEGIN PUBLIC KEY-----"';
}

function privateWayOut(kind: string | undefined): string {
  if (kind?.endsWith('PUBLIC KEY'))
    return 'is a public key; to sign give the private one ("-----BEGIN PRIVATE KEY-----")';
  if (kind === 'ENCRYPTED PRIVATE KEY')
    return 'is protected by a passphrase; remove it: `openssl pkey -in key.pem -out plain.pem`';
  if (kind?.endsWith('PRIVATE KEY'))
    return 'is not PKCS#8; convert it: `openssl pkcs8 -topk8 -nocrypt -in key.pem`';
  return 'is no private key; a PEM begins with "-----BEGIN PRIVATE KEY-----" (in an environment variable, mind the line breaks)';
}

async function importJwk(
  given: JsonWebKey,
  algorithm: TicketAlgorithm,
  use: Use,
  at: string,
): Promise<CryptoKey> {
  if (given.alg !== undefined && !sameAlgorithm(given.alg, algorithm)) throw mismatch(at, algorithm);
  const isPrivate = given.d !== undefined;
  if (isPrivate !== (use === 'sign'))
    throw new ConfigurationError(at, wrongHalf(use, use === 'sign' ? 'private' : 'public'));
  // `alg` and `key_ops` are spelt differently by different makers; the algorithm and the use are pinned here anyway.
  const { alg: _alg, key_ops: _operations, use: _use, ext: _extractable, ...members } = given;
  return crypto.subtle.importKey('jwk', members, importParameters(algorithm), false, [use]);
}

function sameAlgorithm(given: string, algorithm: TicketAlgorithm): boolean {
  return given === algorithm || (given === 'Ed25519' && algorithm === 'EdDSA');
}

function wrongHalf(use: Use, type: string): string {
  return use === 'verify'
    ? `must be the ${type} key: what only verifies needs no more`
    : `must be the ${type} key: the other half cannot sign`;
}

function mismatch(at: string, algorithm: TicketAlgorithm): ConfigurationError {
  return new ConfigurationError(at, `cannot be used for ${algorithm}: it must be ${demandOf(algorithm)}`);
}
