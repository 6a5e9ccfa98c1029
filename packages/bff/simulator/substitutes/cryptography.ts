import { createHash } from 'node:crypto';
import { type Sign, SignatureError, webhookSchema } from '@b131/api';
import type { VerifiedWebhook } from '../../dist/http/deps.js';
import type { NoticeSigner } from '../../dist/notify/signature.js';
import type { Secrets } from '../../dist/secrets/secrets.js';

/*
 * WebCrypto works on other threads, whose order no seed decides. In the simulation everything that signs, digests or
 * seals is done at once, by functions with the same contracts; the real ones have tests of their own.
 */

/** Keyed digests and seals that need no other thread. */
export const secrets: Secrets = {
  digest: async (purpose, text) => digestOf(purpose, text),
  matches: async (purpose, text, digest) => digestOf(purpose, text) === digest,
  seal: async (purpose, text) => JSON.stringify([purpose, text]),
  async open(purpose, sealed) {
    const [sealedFor, text]: unknown[] = JSON.parse(sealed);
    return sealedFor === purpose && typeof text === 'string' ? text : null;
  },
  keys: async () => [],
};

/** The digest under which the BFF knows an account's token. */
export function digestOf(purpose: string, text: string): string {
  return `sim.${createHash('sha1').update(`${purpose}\n${text}`).digest('base64url')}`;
}

/** Signs as the partner or as the bank: a digest with the signer's name in it. */
export function signAs(who: 'partner' | 'bank'): Sign {
  return async (bytes) => createHash('sha1').update(who).update(bytes).digest();
}

/** Whether a signature (base64) is that of the one named. */
export function isSignedBy(who: 'partner' | 'bank', bytes: Uint8Array, signature: string | null): boolean {
  return createHash('sha1').update(who).update(bytes).digest('base64') === signature;
}

/** Judges a webhook as the client of `@b131/api` does, with the substitute signature. */
export async function verifyWebhook(raw: Uint8Array, signature: string | null): Promise<VerifiedWebhook> {
  if (!isSignedBy('bank', raw, signature)) throw new SignatureError('invalid');
  const { type, session } = webhookSchema.parse(JSON.parse(new TextDecoder().decode(raw)));
  return { type, sessionId: session.id };
}

/** Signs notices to the merchant. */
export const noticeSigner: NoticeSigner = { sign: async () => 'v1,simulated' };

/**
 * The webhook route digests bodies with WebCrypto. That one function is replaced for this process, by one that gives
 * the same digest without another thread.
 */
export function digestAtOnce(): void {
  const digest = async (_algorithm: unknown, data: ArrayBuffer | ArrayBufferView<ArrayBuffer>) => {
    const bytes = ArrayBuffer.isView(data)
      ? new Uint8Array(data.buffer, data.byteOffset, data.byteLength)
      : new Uint8Array(data);
    return new Uint8Array(createHash('sha256').update(bytes).digest()).buffer;
  };
  Object.defineProperty(crypto.subtle, 'digest', { value: digest, configurable: true });
}
