import { generateKeyPairSync } from 'node:crypto';

const { privateKey, publicKey } = generateKeyPairSync('rsa', { modulusLength: 2048 });

/** One RSA pair in every form there is. */
export const rsa = {
  privateKey,
  publicKey,
  pkcs8: privateKey.export({ type: 'pkcs8', format: 'pem' }).toString(),
  pkcs1: privateKey.export({ type: 'pkcs1', format: 'pem' }).toString(),
  privateJwk: privateKey.export({ format: 'jwk' }),
  spki: publicKey.export({ type: 'spki', format: 'pem' }).toString(),
  publicPkcs1: publicKey.export({ type: 'pkcs1', format: 'pem' }).toString(),
  publicJwk: publicKey.export({ format: 'jwk' }),
  encryptedPkcs8: privateKey
    .export({ type: 'pkcs8', format: 'pem', cipher: 'aes-256-cbc', passphrase: 'secret' })
    .toString(),
  encryptedPkcs1: privateKey
    .export({ type: 'pkcs1', format: 'pem', cipher: 'aes-256-cbc', passphrase: 'secret' })
    .toString(),
};

/** Another RSA pair. */
export const otherRsa = generateKeyPairSync('rsa', {
  modulusLength: 2048,
  publicKeyEncoding: { type: 'spki', format: 'pem' },
  privateKeyEncoding: { type: 'pkcs8', format: 'pem' },
});

export const encode = (text: string) => new TextEncoder().encode(text);
