import { algorithm } from './algorithm.js';
import { writePem } from './pem.js';

/** A new pair of RSA keys as PEM text. */
export interface KeyPairPem {
  /** PKCS#8. Keep it secret. */
  readonly privateKey: string;
  /** SPKI. The bank gets this one. */
  readonly publicKey: string;
}

/** Makes an RSA pair of 2048 bits (the size the bank's own SDK tests with; a required size is not documented). */
export async function generateKeyPair(): Promise<KeyPairPem> {
  const parameters = { ...algorithm, modulusLength: 2048, publicExponent: Uint8Array.of(1, 0, 1) };
  const { privateKey, publicKey } = await crypto.subtle.generateKey(parameters, true, ['sign', 'verify']);
  return {
    privateKey: writePem('PRIVATE KEY', new Uint8Array(await crypto.subtle.exportKey('pkcs8', privateKey))),
    publicKey: writePem('PUBLIC KEY', new Uint8Array(await crypto.subtle.exportKey('spki', publicKey))),
  };
}
