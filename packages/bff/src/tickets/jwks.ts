import * as z from 'zod';
import { readLimited } from '../http/request/read-limited.js';
import { ConfigurationError } from '../secrets/configuration-error.js';
import { isTicketAlgorithm, type TicketAlgorithm } from './algorithm.js';
import type { Clock } from './clock.js';
import { type LoadedKey, loadKey } from './key.js';
import { type KeyRing, select } from './key-ring.js';
import { TicketKeysError } from './ticket-error.js';

export interface JwksOptions {
  clock: Clock;
  fetch?: typeof fetch | undefined;
  /** Milliseconds for one download; default 5000. */
  timeout?: number | undefined;
}

/** Keys are fetched again when they are this old; a key that was withdrawn is trusted no longer than this and the grace. */
const maxAge = 10 * 60_000;
/** How much longer known keys serve while the server does not answer. */
const grace = 60 * 60_000;
/** An unknown `kid` fetches the keys again, but not more often than this: anybody can send an unknown `kid`. */
const cooldown = 30_000;
/** After a failure the server is left alone for this long. */
const pause = 5_000;
const largest = 64 * 1024;
const most = 32;

/**
 * A ring of keys published at a URL as a JSON Web Key Set: cached, refreshed when old or when a ticket names a key it
 * does not know. Keys of other algorithms or uses in the set are left out, weak ones too.
 *
 * @throws {ConfigurationError} when the URL is not https (http is for loopback only).
 */
export function remoteKeyRing(jwksUrl: string, options: JwksOptions): KeyRing {
  const url = readUrl(jwksUrl);
  const { clock } = options;
  let cache: { keys: readonly LoadedKey[]; at: number } | undefined;
  let attemptedAt = Number.NEGATIVE_INFINITY;
  let failure: unknown;
  let pending: Promise<void> | undefined;

  const load = async () => {
    attemptedAt = clock.now();
    try {
      cache = { keys: await download(url, options), at: clock.now() };
    } catch (error) {
      failure = error;
    }
  };
  const refresh = (atLeast: number): Promise<void> | undefined => {
    if (pending || clock.now() - attemptedAt < atLeast) return pending;
    pending = load().finally(() => {
      pending = undefined;
    });
    return pending;
  };
  const age = () => (cache ? clock.now() - cache.at : Number.POSITIVE_INFINITY);
  const keys = async () => {
    if (age() >= maxAge) await refresh(pause);
    if (cache && age() < maxAge + grace) return cache.keys;
    throw new TicketKeysError('the keys of tickets.jwksUrl cannot be had', { cause: failure });
  };

  return {
    async candidates(kid, algorithm) {
      const found = select(await keys(), kid, algorithm);
      if (found.length > 0) return found;
      await refresh(cooldown);
      return select(await keys(), kid, algorithm);
    },
    async ready() {
      await keys();
    },
  };
}

function readUrl(text: string): URL {
  const url = URL.canParse(text) ? new URL(text) : null;
  const local = url?.protocol === 'http:' && isLoopback(url.hostname);
  if (!url || !(url.protocol === 'https:' || local)) {
    throw new ConfigurationError(
      'tickets.jwksUrl',
      'must be an https URL (http only for 127.0.0.1, [::1] or localhost)',
    );
  }
  return url;
}

function isLoopback(hostname: string): boolean {
  return hostname === 'localhost' || hostname === '[::1]' || /^127(\.\d{1,3}){3}$/.test(hostname);
}

const jwk = z.looseObject({
  kty: z.string(),
  kid: z.string().optional(),
  alg: z.string().optional(),
  use: z.string().optional(),
  crv: z.string().optional(),
  n: z.string().optional(),
  e: z.string().optional(),
  x: z.string().optional(),
  y: z.string().optional(),
});
type PublishedKey = z.output<typeof jwk>;

const keySet = z.object({ keys: z.array(jwk).max(most) });

async function download(url: URL, options: JwksOptions): Promise<readonly LoadedKey[]> {
  const get = options.fetch ?? fetch;
  const response = await get(url, {
    headers: { accept: 'application/jwk-set+json, application/json' },
    // A redirect could lead from https to anywhere.
    redirect: 'manual',
    signal: AbortSignal.timeout(options.timeout ?? 5000),
  });
  if (response.status !== 200) throw new TicketKeysError(`tickets.jwksUrl answered HTTP ${response.status}`);
  const bytes = await readLimited(response.body, largest);
  if (!bytes) throw new TicketKeysError(`tickets.jwksUrl answered more than ${largest} bytes`);
  const set = keySet.parse(JSON.parse(new TextDecoder().decode(bytes)));
  const loaded = await Promise.all(set.keys.map(loadPublished));
  const usable = loaded.filter((key) => key !== null);
  if (usable.length === 0)
    throw new TicketKeysError('tickets.jwksUrl holds no EdDSA, RS256 or ES256 key to use');
  return usable;
}

async function loadPublished(published: PublishedKey): Promise<LoadedKey | null> {
  const algorithm = algorithmOf(published);
  if (!algorithm || (published.use ?? 'sig') !== 'sig') return null;
  // Only the public members: a set that publishes more is read as if it did not.
  const { kty, kid, crv, n, e, x, y } = published;
  const members = Object.fromEntries(Object.entries({ kty, crv, n, e, x, y }).filter(([, part]) => part));
  try {
    return await loadKey(
      { ...(kid === undefined ? {} : { kid }), algorithm, key: members },
      'verify',
      'jwks',
    );
  } catch {
    return null;
  }
}

/** A published secret is no secret, so HS256 is never among them. */
function algorithmOf({ kty, crv, alg }: PublishedKey): TicketAlgorithm | null {
  const natural = { RSA: 'RS256', EC: 'ES256', OKP: 'EdDSA' }[kty];
  if (!isTicketAlgorithm(natural)) return null;
  if (natural === 'EdDSA' && crv !== 'Ed25519') return null;
  return alg === undefined || alg === natural || (alg === 'Ed25519' && natural === 'EdDSA') ? natural : null;
}
