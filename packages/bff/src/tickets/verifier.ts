import { ConfigurationError } from '../secrets/configuration-error.js';
import { isTicketAlgorithm, ticketAlgorithms } from './algorithm.js';
import { readClaims } from './claims.js';
import { type Clock, systemClock } from './clock.js';
import { remoteKeyRing } from './jwks.js';
import { isSignedBy, type JsonObject, type Jws, readJsonObject, readJws } from './jws.js';
import type { LoadedKey, TicketKey } from './key.js';
import { type KeyRing, staticKeyRing } from './key-ring.js';
import type { Ticket } from './ticket.js';
import { TicketError } from './ticket-error.js';
import { viewTokenType } from './view-token-type.js';

interface TicketRules {
  /** Longest `exp - iat` in seconds; default 900. A short life is what makes a stolen ticket worth little. */
  maxLifetime?: number;
  /** Seconds by which the merchant's clock may differ from ours; default 30. */
  leeway?: number;
  clock?: Clock;
}

interface GivenKeys {
  /** Keys that verify; several while they rotate. */
  keys: readonly TicketKey[];
  jwksUrl?: never;
}

interface PublishedKeys {
  /** URL of the merchant's JSON Web Key Set; https, or http on loopback. */
  jwksUrl: string;
  keys?: never;
  fetch?: typeof fetch;
  /** Milliseconds for one download of the key set; default 5000. */
  jwksTimeout?: number;
}

export type TicketOptions = TicketRules & (GivenKeys | PublishedKeys);

export interface TicketVerifier {
  /**
   * Judges a ticket (the text after `Bearer `; null when none came).
   *
   * @throws {TicketError} when it is not accepted; `detail` tells the merchant's developer why.
   * @throws {TicketKeysError} when the keys of `jwksUrl` cannot be had.
   * @throws {ConfigurationError} when a configured key is of no use.
   */
  verify(token: string | null): Promise<Ticket>;
  /** Imports or downloads the keys; rejects as `verify` would. */
  ready(): Promise<void>;
}

/** A header line has its limits too; a ticket with the longest claims fits well into this. */
const longest = 16 * 1024;
const invalid = (detail: string) => new TicketError('ticket_invalid', detail);

/**
 * Makes the judge of payout tickets.
 *
 * A ticket is a signed JWT (compact form). Each key has one algorithm and the header cannot choose another. A `kid` in
 * the header picks the key of that name; without one, the keys of the header's algorithm are tried. `aud` must be
 * exactly `audience`.
 *
 * @param audience `<environment>:<project>`
 * @throws {ConfigurationError} when the options cannot work.
 */
export function createTicketVerifier(options: TicketOptions, audience: string): TicketVerifier {
  const { maxLifetime = 900, leeway = 30, clock = systemClock } = options;
  if (!(maxLifetime > 0)) throw new ConfigurationError('tickets.maxLifetime', 'must be seconds above 0');
  if (!(leeway >= 0)) throw new ConfigurationError('tickets.leeway', 'must be seconds, 0 or more');
  const ring = openRing(options, clock);
  return {
    async verify(token) {
      const payload = await openTicket(token, ring);
      checkAudience(payload.aud, audience);
      const now = clock.now() / 1000;
      return toTicket(payload, checkTimes(payload, { now, maxLifetime, leeway }));
    },
    ready: () => ring.ready(),
  };
}

function openRing(options: TicketOptions, clock: Clock): KeyRing {
  if (options.jwksUrl === undefined) return staticKeyRing(options.keys);
  return remoteKeyRing(options.jwksUrl, { clock, fetch: options.fetch, timeout: options.jwksTimeout });
}

async function openTicket(token: string | null, ring: KeyRing): Promise<JsonObject> {
  if (!token) throw new TicketError('ticket_missing', 'Send the ticket as "Authorization: Bearer <ticket>".');
  if (token.length > longest) throw invalid(`The ticket is longer than ${longest} characters.`);
  const jws = readJws(token);
  if (!jws) throw invalid('This is no signed JWT in compact form (three base64url parts with dots between).');
  const { alg, kid } = readHeader(jws);
  if (!isTicketAlgorithm(alg)) {
    throw invalid(
      `Header "alg" must be one of ${ticketAlgorithms.join(', ')}, and the one its key is configured for.`,
    );
  }
  const candidates = await ring.candidates(kid, alg);
  if (candidates.length === 0) throw invalid(noKey(kid));
  for (const { key, algorithm } of candidates) {
    if (await isSignedBy(jws, key, algorithm)) return readPayload(jws);
  }
  throw invalid(await whyNot(jws, candidates));
}

const signedWith = {
  text: 'The ticket was signed with the characters of the secret, but the secret is configured as base64: decode it before you sign, or configure the key with encoding "text".',
  base64:
    'The ticket was signed with the bytes that the secret encodes as base64, but it is configured as text: sign with its characters, or configure the key with encoding "base64".',
} as const;

/** Names the mistake where it can be known: only who has the secret can make this one. */
async function whyNot(jws: Jws, candidates: readonly LoadedKey[]): Promise<string> {
  for (const { misread, algorithm } of candidates) {
    if (misread && (await isSignedBy(jws, misread.key, algorithm))) return signedWith[misread.encoding];
  }
  return 'The signature does not match: the ticket was changed, or signed with another key. Check that key and kid belong together; an HS256 secret is base64 and signs with its decoded bytes, unless its encoding is "text".';
}

function noKey(kid: string | undefined): string {
  return kid === undefined
    ? 'No configured key is of the algorithm in header "alg".'
    : 'Header "kid" names no configured key of the algorithm in header "alg": give the key this kid in `tickets.keys`, or publish it at `jwksUrl`.';
}

interface Header {
  alg: unknown;
  kid: string | undefined;
}

function readHeader({ header }: Jws): Header {
  const { typ, alg, kid, crit } = header;
  if (typ === viewTokenType) {
    throw invalid('This is a view token: it only lets one payout be read. Send a payout ticket here.');
  }
  const isJwt = typ === undefined || (typeof typ === 'string' && typ.toUpperCase() === 'JWT');
  if (!isJwt) throw invalid('Header "typ" must be "JWT" or absent: this is a token of another kind.');
  if (crit !== undefined) throw invalid('Header "crit" must be absent: no extension is understood here.');
  if (kid !== undefined && typeof kid !== 'string') throw invalid('Header "kid" must be a string.');
  return { alg, kid };
}

function readPayload({ payload }: Jws): JsonObject {
  const claims = readJsonObject(payload);
  if (!claims) throw invalid('The ticket holds no JSON object.');
  return claims;
}

function checkAudience(aud: unknown, audience: string): void {
  const only = Array.isArray(aud) && aud.length === 1 ? aud[0] : aud;
  if (only !== audience) {
    throw new TicketError(
      'ticket_audience',
      `Claim "aud" must be exactly "${audience}" (environment:project): the ticket is for another environment or project.`,
    );
  }
}

interface Times {
  /** Seconds. */
  now: number;
  maxLifetime: number;
  leeway: number;
}

/** When a ticket was minted and when it ends, in seconds. */
interface Life {
  issuedAt: number;
  expiresAt: number;
}

function checkTimes(payload: JsonObject, { now, maxLifetime, leeway }: Times): Life {
  const exp = seconds(payload, 'exp');
  const iat = seconds(payload, 'iat');
  if (now >= exp + leeway)
    throw new TicketError('ticket_expired', 'Claim "exp" has passed: mint a new ticket for this reference.');
  if (iat > now + leeway)
    throw invalid('Claim "iat" lies in the future: set the clock of the server that mints tickets.');
  if (exp <= iat) throw invalid('Claim "exp" must be after "iat".');
  if (exp - iat > maxLifetime)
    throw invalid(
      `The ticket lives too long: "exp" may be at most ${maxLifetime} seconds after "iat" (tickets.maxLifetime).`,
    );
  if (payload.nbf !== undefined && seconds(payload, 'nbf') > now + leeway)
    throw invalid('Claim "nbf" lies in the future: the ticket is not valid yet.');
  return { issuedAt: iat, expiresAt: exp };
}

/** Beyond this a number of seconds is a number of milliseconds: the year 5138. */
const tooLate = 1e11;

function seconds(payload: JsonObject, claim: string): number {
  const value = payload[claim];
  if (value === undefined) throw invalid(`Claim "${claim}" is missing: give seconds since 1970.`);
  if (typeof value !== 'number' || !Number.isFinite(value) || value < 0)
    throw invalid(`Claim "${claim}" must be a number: seconds since 1970.`);
  if (value > tooLate) throw invalid(`Claim "${claim}" looks like milliseconds: give seconds since 1970.`);
  return value;
}

function toTicket(payload: JsonObject, { issuedAt, expiresAt }: Life): Ticket {
  const read = readClaims(payload);
  if (!read.ok) {
    throw invalid(`${read.problems.map(({ claim, problem }) => `Claim "${claim}" ${problem}`).join('. ')}.`);
  }
  const { claims } = read;
  if (claims.scope === 'token') return { scope: 'token', subject: claims.sub, issuedAt, expiresAt };
  return {
    scope: 'payout',
    subject: claims.sub,
    ref: claims.ref,
    amount: claims.amount,
    currency: claims.currency,
    fullName: claims.full_name,
    description: claims.description,
    metadata: claims.metadata,
    issuedAt,
    expiresAt,
  };
}
