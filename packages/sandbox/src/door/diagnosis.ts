/**
 * Why a signature does not hold. Verifying only says no; but undoing the RSA step with the partner's public key
 * shows whether the partner's private key was at work at all, and so tells a wrong key from a changed body.
 */
export async function diagnoseSignature(key: CryptoKey | null, signature: string): Promise<string> {
  const unsure = "The signature does not belong to this body and the project's public key.";
  const rsa = key && (await publicNumbers(key));
  if (!rsa) return unsure;
  const bytes = Uint8Array.from(atob(signature), (character) => character.charCodeAt(0));
  if (bytes.length !== rsa.length) {
    return `The signature has ${bytes.length} bytes, the project's key makes ${rsa.length}: it was made with another key.`;
  }
  const opened = power(toBigInt(bytes), rsa.exponent, rsa.modulus)
    .toString(16)
    .padStart(rsa.length * 2, '0');
  if (!opened.startsWith('0001ff')) {
    return "Signed with another private key than the one that belongs to the project's public key.";
  }
  if (!opened.includes(SHA256_PREFIX)) return 'Signed with the right key, but not with SHA-256.';
  return 'Signed with the right key, but the body is not the one that was signed: sign the very bytes you send, after serialising.';
}

/** DER of "SHA-256 digest follows" in a PKCS#1 v1.5 signature. */
const SHA256_PREFIX = '003031300d060960864801650304020105000420';

async function publicNumbers(
  key: CryptoKey,
): Promise<{ modulus: bigint; exponent: bigint; length: number } | null> {
  if (!key.extractable) return null;
  const { n, e } = await crypto.subtle.exportKey('jwk', key);
  if (!n || !e) return null;
  const modulus = fromBase64Url(n);
  return { modulus: toBigInt(modulus), exponent: toBigInt(fromBase64Url(e)), length: modulus.length };
}

function fromBase64Url(text: string): Uint8Array {
  const base64 = text.replaceAll('-', '+').replaceAll('_', '/');
  return Uint8Array.from(atob(base64), (character) => character.charCodeAt(0));
}

function toBigInt(bytes: Uint8Array): bigint {
  const hex = [...bytes].map((byte) => byte.toString(16).padStart(2, '0')).join('');
  return BigInt(`0x${hex}`);
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
