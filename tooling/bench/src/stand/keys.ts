import { generateKeyPairSync } from 'node:crypto';

export interface KeyPair {
  /** PEM, PKCS#8. */
  privateKey: string;
  /** PEM, SPKI. */
  publicKey: string;
}

/** RSA of 2048 bits, as in life. */
export function makeKeys(): KeyPair {
  const { privateKey, publicKey } = generateKeyPairSync('rsa', { modulusLength: 2048 });
  return {
    privateKey: privateKey.export({ type: 'pkcs8', format: 'pem' }).toString(),
    publicKey: publicKey.export({ type: 'spki', format: 'pem' }).toString(),
  };
}
