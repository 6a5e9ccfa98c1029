import { importPublicKey, type PublicKey, verifyBody } from '@b131/api';
import { diagnoseSignature } from './diagnosis.js';

/**
 * Whether `signature` (base64) is the partner's over `bytes`. Give one instead of a public key where the
 * WebCrypto of the platform is not wanted, in a simulator for one.
 */
export type Verify = (bytes: Uint8Array, signature: string) => Promise<boolean>;

/** Why a call is not let in: the bank's error code, its description, and for the desk the reason in words. */
export interface Rejection {
  readonly code: 'authorization_error' | 'authentication_error';
  readonly description: string;
  readonly hint: string;
}

/** Checks who calls. */
export interface Authentication {
  /** Imports the key; rejects with `KeyError`. */
  ready(): Promise<void>;
  /** `null`: let in. `bodies`: the byte strings any of which may be the one that was signed. */
  check(headers: Headers, bodies: readonly Uint8Array[]): Promise<Rejection | null>;
}

/** documented: `X-PARTNER-PROJECT` names the project, `X-PARTNER-SIGN` signs the raw body with its key. */
export function createAuthentication(project: string, partnerKey: PublicKey | Verify): Authentication {
  let imported: Promise<CryptoKey | null> | undefined;
  const key = () => {
    imported ??= typeof partnerKey === 'function' ? Promise.resolve(null) : importPublicKey(partnerKey);
    return imported;
  };

  async function verify(bytes: Uint8Array, signature: string): Promise<boolean> {
    if (typeof partnerKey === 'function') return partnerKey(bytes, signature);
    const publicKey = await key();
    return publicKey ? verifyBody(publicKey, bytes, signature) : false;
  }

  async function check(headers: Headers, bodies: readonly Uint8Array[]): Promise<Rejection | null> {
    const named = headers.get('x-partner-project');
    if (named !== project) return wrongProject(named, project);
    const signature = headers.get('x-partner-sign');
    if (!signature) return badSignature('The header X-PARTNER-SIGN is missing.');
    if (!isBase64(signature)) return badSignature(notBase64(signature));
    for (const bytes of bodies) if (await verify(bytes, signature)) return null;
    return badSignature(await diagnoseSignature(await key(), signature, bodies[0] ?? new Uint8Array()));
  }

  return { ready: async () => void (await key()), check };
}

function wrongProject(named: string | null, project: string): Rejection {
  const hint = named
    ? `X-PARTNER-PROJECT names another project; this sandbox is '${project}'.`
    : `The header X-PARTNER-PROJECT is missing; this sandbox is '${project}'.`;
  return { code: 'authorization_error', description: 'Authorization error', hint };
}

function badSignature(hint: string): Rejection {
  return { code: 'authentication_error', description: 'Authentication error', hint };
}

/** Standard base64 with padding, and not the hexadecimal of a whole signature. */
export function isBase64(text: string): boolean {
  return text.length % 4 === 0 && /^[A-Za-z0-9+/]+={0,2}$/.test(text) && !/^[0-9a-f]{512}$/i.test(text);
}

/** Why it is not. */
export function notBase64(text: string): string {
  if (/^([0-9a-f]{2})+$/i.test(text)) return 'X-PARTNER-SIGN is hexadecimal; the bank wants standard base64.';
  if (/[-_]/.test(text)) return 'X-PARTNER-SIGN is base64url; the bank wants standard base64 with padding.';
  return 'X-PARTNER-SIGN is not standard base64 with padding.';
}
