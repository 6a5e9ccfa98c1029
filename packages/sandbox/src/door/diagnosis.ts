/**
 * Why a signature does not hold. Verifying only says no; but undoing the RSA step with the public key shows which
 * digest was signed, if its private key was at work at all: and so tells a wrong key, a wrong digest and a changed
 * body from each other, and often how the body was changed.
 */
export async function diagnoseSignature(
  key: CryptoKey | null,
  signature: string,
  bytes: Uint8Array,
): Promise<string> {
  const rsa = key && (await publicNumbers(key));
  if (!rsa) return "The signature does not belong to this body and the project's public key.";
  const signed = fromBase64(signature);
  if (signed.length !== rsa.length) {
    return `The signature has ${signed.length} bytes, the project's key makes ${rsa.length}: it was made with another key.`;
  }
  const opened = toHex(power(toBigInt(signed), rsa.exponent, rsa.modulus), rsa.length);
  if (!opened.startsWith('0001ff')) {
    return "Signed with another private key than the one that belongs to the project's public key (or with PSS padding; the bank wants PKCS#1 v1.5).";
  }
  const digest = DIGESTS.find(({ prefix }) => opened.includes(`00${prefix}`));
  if (digest?.name !== 'SHA-256') {
    return `Signed with the right key, but not with SHA-256: ${digest ? `with ${digest.name}` : 'the bytes were signed without a digest that is known here'}.`;
  }
  return changedBody(opened.slice(-64), bytes);
}

/** The right key and the right digest: then other bytes were signed than those that came. */
async function changedBody(signedDigest: string, bytes: Uint8Array): Promise<string> {
  const here = await sha256(bytes);
  const facts = `Hashed here: the ${bytes.length} bytes of the body, SHA-256 ${here.slice(0, 16)}…; signed was SHA-256 ${signedDigest.slice(0, 16)}…`;
  for (const { what, bytes: other } of await likelyBytes(bytes, here)) {
    if ((await sha256(other)) === signedDigest) return `Signed with the right key, but ${what}. ${facts}`;
  }
  return `Signed with the right key, but the body is not the one that was signed: sign the very bytes you send, after serialising. ${facts}`;
}

interface Candidate {
  readonly what: string;
  readonly bytes: Uint8Array;
}

/** What people sign instead of the bytes they send. */
async function likelyBytes(bytes: Uint8Array, digest: string): Promise<Candidate[]> {
  const text = new TextDecoder().decode(bytes);
  const candidates = [
    ['an empty body was signed', ''],
    ['[] was signed', '[]'],
    ['{} was signed', '{}'],
    ['an end of line was signed that was not sent', `${text}\n`],
    ['an end of line was sent that was not signed', text.replace(/\r?\n$/, '')],
    ['blanks around the body were cut off before signing', text.trim()],
    ['line ends were changed: \\n was signed, \\r\\n sent', text.replaceAll('\r\n', '\n')],
    ['the hexadecimal SHA-256 of the body was signed and not the body (it was hashed twice)', digest],
    ['the base64 of the body was signed and not the body', btoa(latin1(bytes))],
    ...reserialised(text),
  ] as const;
  const encoder = new TextEncoder();
  const twice = {
    what: 'the SHA-256 of the body was signed and not the body (it was hashed twice)',
    bytes: fromHex(digest),
  };
  return [...candidates.map(([what, other]) => ({ what, bytes: encoder.encode(other) })), twice];
}

/** The same JSON as other programs write it. */
function reserialised(text: string): [string, string][] {
  const json = parsed(text);
  if (json === undefined) return [];
  const compact = JSON.stringify(json);
  const spaced = pythonic(json);
  const said = 'the JSON was written anew between signing and sending';
  return [
    [`${said}: signed without blanks and with plain slashes`, compact],
    [`${said}: signed with escaped slashes (\\/), as PHP writes them`, compact.replaceAll('/', '\\/')],
    [`${said}: signed with non-ASCII letters escaped (\\u…)`, ascii(compact)],
    [
      `${said}: signed with escaped slashes and letters, as PHP's json_encode does`,
      ascii(compact).replaceAll('/', '\\/'),
    ],
    [`${said}: signed with blanks after , and :, as Python's json.dumps does`, spaced],
    [`${said}: signed with blanks and escaped letters, as Python's json.dumps does`, ascii(spaced)],
    [`${said}: signed in lines of 2 blanks`, JSON.stringify(json, null, 2)],
    [`${said}: signed in lines of 4 blanks`, JSON.stringify(json, null, 4)],
    [`${said}: signed with its keys sorted`, JSON.stringify(sorted(json))],
  ];
}

function pythonic(json: unknown): string {
  if (Array.isArray(json)) return `[${json.map(pythonic).join(', ')}]`;
  if (typeof json !== 'object' || json === null) return JSON.stringify(json);
  const members = Object.entries(json).map(([name, value]) => `${JSON.stringify(name)}: ${pythonic(value)}`);
  return `{${members.join(', ')}}`;
}

function sorted(json: unknown): unknown {
  if (Array.isArray(json)) return json.map(sorted);
  if (typeof json !== 'object' || json === null) return json;
  const entries = Object.entries(json).toSorted(([one], [other]) => (one < other ? -1 : 1));
  return Object.fromEntries(entries.map(([name, value]) => [name, sorted(value)]));
}

function ascii(text: string): string {
  return text.replaceAll(/[^\0-\x7f]/g, (unit) => `\\u${unit.charCodeAt(0).toString(16).padStart(4, '0')}`);
}

function parsed(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}

/** DER of "a digest of this kind follows" in a PKCS#1 v1.5 signature. */
const DIGESTS = [
  { name: 'SHA-256', prefix: '3031300d060960864801650304020105000420' },
  { name: 'SHA-1', prefix: '3021300906052b0e03021a05000414' },
  { name: 'SHA-512', prefix: '3051300d060960864801650304020305000440' },
  { name: 'SHA-384', prefix: '3041300d060960864801650304020205000430' },
  { name: 'MD5', prefix: '3020300c06082a864886f70d020505000410' },
];

async function publicNumbers(
  key: CryptoKey,
): Promise<{ modulus: bigint; exponent: bigint; length: number } | null> {
  if (!key.extractable) return null;
  const { n, e } = await crypto.subtle.exportKey('jwk', key);
  if (!n || !e) return null;
  const modulus = fromBase64Url(n);
  return { modulus: toBigInt(modulus), exponent: toBigInt(fromBase64Url(e)), length: modulus.length };
}

async function sha256(bytes: Uint8Array): Promise<string> {
  return hexOf(new Uint8Array(await crypto.subtle.digest('SHA-256', Uint8Array.from(bytes))));
}

function fromBase64Url(text: string): Uint8Array {
  return fromBase64(text.replaceAll('-', '+').replaceAll('_', '/'));
}

function fromBase64(text: string): Uint8Array {
  return Uint8Array.from(atob(text), (character) => character.charCodeAt(0));
}

function fromHex(hex: string): Uint8Array {
  return Uint8Array.from(hex.match(/../g) ?? [], (pair) => Number.parseInt(pair, 16));
}

function latin1(bytes: Uint8Array): string {
  return [...bytes].map((byte) => String.fromCharCode(byte)).join('');
}

function hexOf(bytes: Uint8Array): string {
  return [...bytes].map((byte) => byte.toString(16).padStart(2, '0')).join('');
}

function toHex(number: bigint, bytes: number): string {
  return number.toString(16).padStart(bytes * 2, '0');
}

function toBigInt(bytes: Uint8Array): bigint {
  return BigInt(`0x${hexOf(bytes)}`);
}

function power(base: bigint, exponent: bigint, modulus: bigint): bigint {
  let result = 1n;
  let square = base % modulus;
  for (let rest = exponent; rest > 0n; rest >>= 1n) {
    if (rest & 1n) result = (result * square) % modulus;
    square = (square * square) % modulus;
  }
  return result;
}
