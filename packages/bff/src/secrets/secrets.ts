import { fromBase64Url, toBase64Url } from '../encoding/base64.js';
import { ConfigurationError } from './configuration-error.js';

/** An HMAC-SHA-256 key of one purpose, with the short id of the secret it comes from. */
export interface SecretKey {
  readonly id: string;
  readonly key: CryptoKey;
}

/** Keys derived from one secret; what is made for one purpose is worth nothing for another. */
export interface Secrets {
  /**
   * Keyed digest of the text, `<key id>.<43 characters of base64url>`. The id tells after a rotation which key made it.
   */
  digest(purpose: string, text: string): Promise<string>;
  /** True when the digest was made of this text, for this purpose, by any of the secrets. Takes constant time. */
  matches(purpose: string, text: string, digest: string): Promise<boolean>;
  /** Encrypts a text (AES-256-GCM) for the first secret: `<key id>.<base64url>`. */
  seal(purpose: string, text: string): Promise<string>;
  /** What `seal` was given; null when none of the secrets opens it, or it was changed. */
  open(purpose: string, sealed: string): Promise<string | null>;
  /** The purpose's keys, in the order of the secrets: the first signs, all verify. */
  keys(purpose: string): Promise<readonly SecretKey[]>;
}

const shortest = 32;
const wayOut = 'make one with `openssl rand -base64 32` and keep it where your other secrets are';
const encoder = new TextEncoder();
const salt = encoder.encode('@b131/bff');

/**
 * Derives independent keys per purpose (HKDF-SHA-256) from one secret of at least 32 characters.
 *
 * To rotate, give a list: the first one signs, all of them verify. Remove an old one no earlier than the last payout
 * that was begun under it is over: what it signed is not recognised afterwards.
 *
 * @throws {ConfigurationError} when a secret is missing or too short.
 */
export function createSecrets(secret: string | readonly string[]): Secrets {
  const sources = readSecrets(secret);
  const keys = derivedOnce(sources, (source, purpose) => deriveKey(source, `key for ${purpose}`, hmac));
  const sealKeys = derivedOnce(sources, (source, purpose) => deriveKey(source, `seal for ${purpose}`, aes));

  return {
    keys,
    async digest(purpose, text) {
      const [signing] = await keys(purpose);
      if (!signing) throw new ConfigurationError('secret', `is missing; ${wayOut}`);
      const mac = await crypto.subtle.sign('HMAC', signing.key, encoder.encode(text));
      return `${signing.id}.${toBase64Url(new Uint8Array(mac))}`;
    },
    async matches(purpose, text, digest) {
      const [id, mac] = splitDigest(digest);
      const named = (await keys(purpose)).find((candidate) => candidate.id === id);
      // WebCrypto's verify compares in constant time; a comparison of our own would have to prove that it does.
      return named !== undefined && crypto.subtle.verify('HMAC', named.key, mac, encoder.encode(text));
    },
    async seal(purpose, text) {
      const [first] = await sealKeys(purpose);
      if (!first) throw new ConfigurationError('secret', `is missing; ${wayOut}`);
      const iv = crypto.getRandomValues(new Uint8Array(ivLength));
      const sealed = await crypto.subtle.encrypt({ name: 'AES-GCM', iv }, first.key, encoder.encode(text));
      return `${first.id}.${toBase64Url(new Uint8Array([...iv, ...new Uint8Array(sealed)]))}`;
    },
    async open(purpose, sealed) {
      const [id, bytes] = splitDigest(sealed);
      const named = (await sealKeys(purpose)).find((candidate) => candidate.id === id);
      if (!named) return null;
      const algorithm = { name: 'AES-GCM', iv: bytes.slice(0, ivLength) };
      const text = await crypto.subtle.decrypt(algorithm, named.key, bytes.slice(ivLength)).catch(() => null);
      return text && new TextDecoder().decode(text);
    },
  };
}

function readSecrets(secret: string | readonly string[]): readonly string[] {
  const secrets = typeof secret === 'string' ? [secret] : (secret ?? []);
  if (secrets.length === 0) throw new ConfigurationError('secret', `is missing; ${wayOut}`);
  for (const [index, candidate] of secrets.entries()) {
    const option = typeof secret === 'string' ? 'secret' : `secret[${index}]`;
    if (!candidate) throw new ConfigurationError(option, `is missing; ${wayOut}`);
    if (candidate.length < shortest) {
      throw new ConfigurationError(option, `is shorter than ${shortest} characters; ${wayOut}`);
    }
  }
  return secrets;
}

type KeyKind = { name: 'HMAC'; hash: string; length: number } | { name: 'AES-GCM'; length: number };

const hmac: KeyKind = { name: 'HMAC', hash: 'SHA-256', length: 256 };
const aes: KeyKind = { name: 'AES-GCM', length: 256 };
const ivLength = 12;

function derivedOnce(
  sources: readonly string[],
  derive: (source: string, purpose: string) => Promise<SecretKey>,
): (purpose: string) => Promise<readonly SecretKey[]> {
  const derived = new Map<string, Promise<readonly SecretKey[]>>();
  return (purpose) => {
    const known = derived.get(purpose);
    if (known) return known;
    const fresh = Promise.all(sources.map((source) => derive(source, purpose)));
    derived.set(purpose, fresh);
    return fresh;
  };
}

async function deriveKey(secret: string, info: string, kind: KeyKind): Promise<SecretKey> {
  const uses: KeyUsage[] = ['deriveBits', 'deriveKey'];
  const source = await crypto.subtle.importKey('raw', encoder.encode(secret), 'HKDF', false, uses);
  const from = (text: string) => ({ name: 'HKDF', hash: 'SHA-256', salt, info: encoder.encode(text) });
  const id = await crypto.subtle.deriveBits(from('key id'), source, 48);
  const usages: KeyUsage[] = kind.name === 'HMAC' ? ['sign', 'verify'] : ['encrypt', 'decrypt'];
  const key = await crypto.subtle.deriveKey(from(info), source, kind, false, usages);
  return { id: toBase64Url(new Uint8Array(id)), key };
}

function splitDigest(digest: string): [id: string, mac: Uint8Array<ArrayBuffer>] {
  const dot = Math.max(digest.indexOf('.'), 0);
  const mac = fromBase64Url(digest.slice(dot + 1));
  return mac ? [digest.slice(0, dot), mac] : ['', new Uint8Array()];
}
