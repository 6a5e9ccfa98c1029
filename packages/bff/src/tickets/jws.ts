import { fromBase64Url, toBase64Url } from '../encoding/base64.js';
import type { TicketAlgorithm } from './algorithm.js';

/** A JSON Web Signature in compact form (RFC 7515), taken apart. Nothing in it is to be believed before it `isSignedBy`. */
export interface Jws {
  readonly header: JsonObject;
  readonly payload: Uint8Array<ArrayBuffer>;
  /** What the signature is over: the two first parts as they were sent. */
  readonly signed: Uint8Array<ArrayBuffer>;
  readonly signature: Uint8Array<ArrayBuffer>;
}

export interface JsonObject {
  readonly [name: string]: unknown;
}

/** How WebCrypto signs with a key that was imported for the algorithm. */
const parameters: Readonly<Record<TicketAlgorithm, { name: string; hash?: string }>> = {
  HS256: { name: 'HMAC' },
  EdDSA: { name: 'Ed25519' },
  RS256: { name: 'RSASSA-PKCS1-v1_5' },
  ES256: { name: 'ECDSA', hash: 'SHA-256' },
};

const encoder = new TextEncoder();
const decoder = new TextDecoder('utf-8', { fatal: true });

/** Takes a token apart; null when it is no JWS in compact form. */
export function readJws(token: string): Jws | null {
  const parts = token.split('.');
  if (parts.length !== 3) return null;
  const [head, payload, signature] = parts.map(fromBase64Url);
  const header = head && readJsonObject(head);
  if (!header || !payload || !signature) return null;
  return { header, payload, signed: encoder.encode(token.slice(0, token.lastIndexOf('.'))), signature };
}

/** The JSON object that the bytes spell; null when they spell none. */
export function readJsonObject(bytes: Uint8Array): JsonObject | null {
  try {
    const value: unknown = JSON.parse(decoder.decode(bytes));
    return isObject(value) ? value : null;
  } catch {
    return null;
  }
}

function isObject(value: unknown): value is JsonObject {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

/** True when the key has signed it, under the algorithm that the key is for: what the header says does not count. */
export async function isSignedBy(
  { signed, signature }: Jws,
  key: CryptoKey,
  algorithm: TicketAlgorithm,
): Promise<boolean> {
  try {
    return await crypto.subtle.verify(parameters[algorithm], key, signature, signed);
  } catch {
    // Some runtimes refuse a signature of another length instead of finding that it does not match.
    return false;
  }
}

/** Signs claims. The header's `alg` is the algorithm's. */
export async function signJws(
  claims: object,
  { typ, kid }: { typ: string; kid: string | undefined },
  key: CryptoKey,
  algorithm: TicketAlgorithm,
): Promise<string> {
  const part = (value: object) => toBase64Url(encoder.encode(JSON.stringify(value)));
  const signed = `${part({ alg: algorithm, typ, kid })}.${part(claims)}`;
  const signature = await crypto.subtle.sign(parameters[algorithm], key, encoder.encode(signed));
  return `${signed}.${toBase64Url(new Uint8Array(signature))}`;
}
