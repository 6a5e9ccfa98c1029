/** The little of DER that is needed to tell RSA key formats apart and to wrap one in another. */

const INTEGER = 0x02;
const BIT_STRING = 0x03;
const OCTET_STRING = 0x04;
const OBJECT_IDENTIFIER = 0x06;
const SEQUENCE = 0x30;

/** rsaEncryption, 1.2.840.113549.1.1.1 */
const rsaOid = Uint8Array.of(0x2a, 0x86, 0x48, 0x86, 0xf7, 0x0d, 0x01, 0x01, 0x01);
const derNull = Uint8Array.of(0x05, 0x00);

/** What a private or public key's DER turns out to hold. */
export type KeyShape = 'pkcs1' | 'wrapped-rsa' | 'other-algorithm' | 'malformed';

/** The shape of a private key: bare PKCS#1, PKCS#8 with an RSA key, something else, or no DER at all. */
export function privateKeyShape(der: Uint8Array): KeyShape {
  const [version, second, third] = children(der);
  if (version?.tag !== INTEGER || !second) return 'malformed';
  if (second.tag === SEQUENCE) return wrappedShape(second, third?.tag === OCTET_STRING);
  if (second.tag === OCTET_STRING) return 'other-algorithm'; // SEC 1, an elliptic curve key
  return second.tag === INTEGER && third?.tag === INTEGER ? 'pkcs1' : 'malformed';
}

/** The shape of a public key: bare PKCS#1, SPKI with an RSA key, something else, or no DER at all. */
export function publicKeyShape(der: Uint8Array): KeyShape {
  const [first, second] = children(der);
  if (first?.tag === SEQUENCE) return wrappedShape(first, second?.tag === BIT_STRING);
  return first?.tag === INTEGER && second?.tag === INTEGER ? 'pkcs1' : 'malformed';
}

/** PKCS#8 around a PKCS#1 RSAPrivateKey. */
export function wrapPrivateKey(pkcs1: Uint8Array): Uint8Array<ArrayBuffer> {
  return encode(SEQUENCE, encode(INTEGER, Uint8Array.of(0)), rsaAlgorithm(), encode(OCTET_STRING, pkcs1));
}

/** SPKI around a PKCS#1 RSAPublicKey. */
export function wrapPublicKey(pkcs1: Uint8Array): Uint8Array<ArrayBuffer> {
  return encode(SEQUENCE, rsaAlgorithm(), encode(BIT_STRING, Uint8Array.of(0), pkcs1));
}

function rsaAlgorithm(): Uint8Array {
  return encode(SEQUENCE, encode(OBJECT_IDENTIFIER, rsaOid), derNull);
}

function wrappedShape(algorithm: Element, keyFollows: boolean): KeyShape {
  const [oid] = elements(algorithm.content);
  if (oid?.tag !== OBJECT_IDENTIFIER || !keyFollows) return 'malformed';
  return sameBytes(oid.content, rsaOid) ? 'wrapped-rsa' : 'other-algorithm';
}

interface Element {
  readonly tag: number;
  readonly content: Uint8Array;
}

function children(der: Uint8Array): Element[] {
  const [outer, ...rest] = elements(der);
  return outer?.tag === SEQUENCE && rest.length === 0 ? elements(outer.content) : [];
}

/** The elements that stand one after another; none at all if any of them is broken. */
function elements(bytes: Uint8Array): Element[] {
  const found: Element[] = [];
  for (let at = 0; at < bytes.length; ) {
    const header = readHeader(bytes, at);
    if (!header || header.end > bytes.length) return [];
    found.push({ tag: header.tag, content: bytes.subarray(header.start, header.end) });
    at = header.end;
  }
  return found;
}

function readHeader(bytes: Uint8Array, at: number): { tag: number; start: number; end: number } | undefined {
  const tag = bytes[at];
  const first = bytes[at + 1];
  if (tag === undefined || first === undefined) return undefined;
  if (first < 0x80) return { tag, start: at + 2, end: at + 2 + first };
  const start = at + 2 + (first & 0x7f);
  if (start - at > 6 || start > bytes.length) return undefined;
  const length = bytes.subarray(at + 2, start).reduce((sum, byte) => sum * 256 + byte, 0);
  return { tag, start, end: start + length };
}

function encode(tag: number, ...contents: readonly Uint8Array[]): Uint8Array<ArrayBuffer> {
  const content = concat(contents);
  return concat([Uint8Array.of(tag), encodeLength(content.length), content]);
}

function encodeLength(length: number): Uint8Array {
  if (length < 0x80) return Uint8Array.of(length);
  const digits: number[] = [];
  for (let rest = length; rest > 0; rest = Math.floor(rest / 256)) digits.unshift(rest % 256);
  return Uint8Array.of(0x80 | digits.length, ...digits);
}

function concat(parts: readonly Uint8Array[]): Uint8Array<ArrayBuffer> {
  const joined = new Uint8Array(parts.reduce((sum, part) => sum + part.length, 0));
  let at = 0;
  for (const part of parts) {
    joined.set(part, at);
    at += part.length;
  }
  return joined;
}

function sameBytes(a: Uint8Array, b: Uint8Array): boolean {
  return a.length === b.length && a.every((byte, index) => byte === b[index]);
}
