import { fromBase64, toBase64 } from '../encoding/base64.js';
import { ConfigurationError } from '../secrets/configuration-error.js';

const encoder = new TextEncoder();

/** Signs and verifies as Standard Webhooks says: HMAC-SHA-256 over `<id>.<timestamp>.<body>`. */
export interface NoticeSigner {
  /** The value of `webhook-signature`: one signature a secret, with spaces between. */
  sign(id: string, timestamp: number, body: string): Promise<string>;
}

/**
 * @param secret `whsec_` and base64 of 24 bytes or more, or a list while it rotates
 * @throws {ConfigurationError} when a secret is of no use.
 */
export function createNoticeSigner(secret: string | readonly string[]): NoticeSigner {
  const keys = (typeof secret === 'string' ? [secret] : secret).map((text) => importKey(text));
  if (keys.length === 0) throw new ConfigurationError('notify.secret', `is missing; ${wayOut}`);
  return {
    async sign(id, timestamp, body) {
      const text = encoder.encode(`${id}.${timestamp}.${body}`);
      const signatures = keys.map(
        async (key) => `v1,${toBase64(new Uint8Array(await crypto.subtle.sign('HMAC', await key, text)))}`,
      );
      return (await Promise.all(signatures)).join(' ');
    },
  };
}

/** The headers of a notice, as they came with it: a `Headers`, or an object with names in lower case, as Node has it. */
export type NoticeHeaders =
  | Pick<Headers, 'get'>
  | { readonly [name: string]: string | readonly string[] | null | undefined };

/**
 * For the merchant's server: true when a notice is from the BFF and not older (or newer) than `tolerance` seconds.
 *
 * @param body the raw body, before any parsing
 */
export async function verifyNotice(
  body: string,
  headers: NoticeHeaders,
  secret: string | readonly string[],
  { tolerance = 300, now = Date.now() }: { tolerance?: number; now?: number } = {},
): Promise<boolean> {
  const id = headerOf(headers, 'webhook-id');
  const timestamp = Number(headerOf(headers, 'webhook-timestamp'));
  if (!id || !Number.isInteger(timestamp) || Math.abs(now / 1000 - timestamp) > tolerance) return false;
  const given = headerOf(headers, 'webhook-signature')
    .split(' ')
    .filter((one) => one.startsWith('v1,'));
  const text = encoder.encode(`${id}.${timestamp}.${body}`);
  for (const candidate of typeof secret === 'string' ? [secret] : secret) {
    const key = await importKey(candidate);
    for (const signature of given) {
      const bytes = fromBase64(signature.slice(3));
      if (bytes && (await crypto.subtle.verify('HMAC', key, bytes, text))) return true;
    }
  }
  return false;
}

function headerOf(headers: NoticeHeaders, name: string): string {
  const value = isHeaders(headers) ? headers.get(name) : headers[name];
  return typeof value === 'string' ? value : '';
}

function isHeaders(headers: NoticeHeaders): headers is Pick<Headers, 'get'> {
  return typeof headers.get === 'function';
}

const wayOut = 'make one with `echo whsec_$(openssl rand -base64 32)`';

function importKey(secret: string): Promise<CryptoKey> {
  const bytes = fromBase64(secret.replace(/^whsec_/, ''));
  if (!bytes || bytes.length < 24) {
    throw new ConfigurationError('notify.secret', `must be whsec_ and base64 of 24 bytes or more; ${wayOut}`);
  }
  return crypto.subtle.importKey('raw', bytes, { name: 'HMAC', hash: 'SHA-256' }, false, ['sign', 'verify']);
}
