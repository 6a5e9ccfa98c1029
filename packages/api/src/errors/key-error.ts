import { Bank131Error } from './bank131-error.js';

/** Why a key cannot be used. The message of the {@link KeyError} says how to get out of it. */
export type KeyErrorReason =
  /** No key was given: undefined, an empty string, an empty list. */
  | 'missing'
  /** No PEM, a cut PEM, broken base64, broken DER, a JWK without the needed members. */
  | 'unreadable'
  /** The private key is protected by a passphrase. */
  | 'encrypted'
  /** A key of another family: EC, Ed25519, RSA-PSS, an AES secret. */
  | 'not-rsa'
  /** A public key (or a certificate) where the private one is needed. */
  | 'public-instead-of-private'
  /** A private key where the public one is needed. */
  | 'private-instead-of-public'
  /** A certificate where the bare public key is needed. */
  | 'certificate'
  /** OpenSSH's own format (`BEGIN OPENSSH PRIVATE KEY`, `ssh-rsa …`). */
  | 'openssh'
  /** A `CryptoKey` made for another algorithm, hash or usage. */
  | 'wrong-algorithm';

/**
 * A key is missing or of no use. Thrown by `importPrivateKey`, `importPublicKey`, `createSigner`, `Bank131.ready`, and
 * by the first call that needs the key. Never holds any part of the key.
 */
export class KeyError extends Bank131Error {
  override readonly name = 'KeyError';
  /** Which option holds the key, e.g. `privateKey` or `bankPublicKeys[1]`. */
  readonly option: string;
  readonly reason: KeyErrorReason;

  constructor(option: string, reason: KeyErrorReason, help: string) {
    super(`${option}: ${help}`);
    this.option = option;
    this.reason = reason;
  }
}
