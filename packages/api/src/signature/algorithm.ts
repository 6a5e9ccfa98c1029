import { KeyError } from '../errors/key-error.js';

/** The bank's signature: RSA, PKCS#1 v1.5, SHA-256 (documented; padding confirmed by the vector of the bank's PHP SDK). */
export const algorithm = { name: 'RSASSA-PKCS1-v1_5', hash: 'SHA-256' } as const;

/** Refuses a CryptoKey that was made for something else. */
export function checkCryptoKey(key: CryptoKey, usage: 'sign' | 'verify', option: string): CryptoKey {
  const name = key.algorithm.name;
  if (!name.startsWith('RSA'))
    throw new KeyError(option, 'not-rsa', `the CryptoKey is for ${name}, the bank takes RSA keys only.`);
  if (name !== algorithm.name || hashName(key.algorithm) !== algorithm.hash || !key.usages.includes(usage)) {
    throw new KeyError(
      option,
      'wrong-algorithm',
      `the CryptoKey must be imported for ${algorithm.name} with ${algorithm.hash} and the usage '${usage}'.`,
    );
  }
  return key;
}

/** Tells a CryptoKey from a JWK, whichever realm it comes from. */
export function isCryptoKey(key: object): key is CryptoKey {
  return 'algorithm' in key && 'usages' in key;
}

function hashName(keyAlgorithm: KeyAlgorithm): unknown {
  const hash: unknown = 'hash' in keyAlgorithm ? keyAlgorithm.hash : undefined;
  return typeof hash === 'object' && hash !== null && 'name' in hash ? hash.name : hash;
}
