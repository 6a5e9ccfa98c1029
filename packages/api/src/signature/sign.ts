import { algorithm } from './algorithm.js';
import { toBase64 } from './base64.js';
import { importPrivateKey, type PrivateKey } from './private-key.js';

/**
 * Signs bytes: RSA with SHA-256 and PKCS#1 v1.5 padding (`RS256`). Returns the bare signature, as long as the key's
 * modulus. Give one of your own as the private key when the key lives in a KMS or HSM.
 */
export type Sign = (bytes: Uint8Array) => Promise<Uint8Array>;

/**
 * A signer from any form of private key. The key is imported here, once. A signing function is returned as it is.
 *
 * @throws KeyError for a key of no use
 */
export async function createSigner(privateKey: PrivateKey): Promise<Sign> {
  if (typeof privateKey === 'function') return privateKey;
  const key = await importPrivateKey(privateKey);
  return async (bytes) => new Uint8Array(await crypto.subtle.sign(algorithm, key, new Uint8Array(bytes)));
}

/**
 * The value of the `X-PARTNER-SIGN` header: standard base64 of the signature over the body's bytes exactly as they
 * go over the wire (documented). Throws whatever the signer throws.
 */
export async function signBody(sign: Sign, bytes: Uint8Array): Promise<string> {
  return toBase64(await sign(bytes));
}
