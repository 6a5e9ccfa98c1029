import { algorithm } from './algorithm.js';
import { fromBase64 } from './base64.js';
import { importPublicKey, type PublicKey } from './public-key.js';

/**
 * Whether an `X-PARTNER-SIGN` value (base64, whitespace ignored) is the signature over these bytes by the owner of the
 * key. Hand over the raw body: JSON that was parsed and written again has other bytes. For many verifications pass a
 * CryptoKey from `importPublicKey`, otherwise the key is imported each time.
 *
 * @throws KeyError for a key of no use; never for a bad signature
 */
export async function verifyBody(
  publicKey: PublicKey,
  bytes: Uint8Array,
  signatureBase64: string,
): Promise<boolean> {
  const key = await importPublicKey(publicKey);
  const signature = fromBase64(signatureBase64);
  if (!signature) return false;
  return crypto.subtle.verify(algorithm, key, signature, new Uint8Array(bytes));
}
