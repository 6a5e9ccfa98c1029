import { ConfigurationError } from '../secrets/configuration-error.js';
import { type ClaimProblem, readClaims, type TicketClaims } from './claims.js';
import { type Clock, systemClock } from './clock.js';
import { signJws } from './jws.js';
import { loadKey, type TicketKey } from './key.js';

export interface MintOptions {
  /** The key that signs: the HS256 secret, or the private key. Its `kid` goes into the header. */
  key: TicketKey;
  /** `<environment>:<project>`, e.g. `demo:my_project`: the only BFF that accepts the ticket. */
  audience: string;
  /** Seconds; default 600. The BFF refuses more than its `maxLifetime`, 900 by default. */
  expiresIn?: number;
  clock?: Clock;
}

/** What was to be minted is no valid ticket. Names the claims, never their values. */
export class TicketClaimsError extends Error {
  override readonly name = 'TicketClaimsError';
  readonly problems: readonly ClaimProblem[];

  constructor(problems: readonly ClaimProblem[]) {
    super(`no ticket minted: ${problems.map(({ claim, problem }) => `${claim} ${problem}`).join('; ')}`);
    this.problems = problems;
  }
}

/**
 * Mints a payout ticket: says who is paid what. Call it on your server only, after you have checked that this user is
 * owed this amount; give the result to `<b131-payout>`.
 *
 * @returns the signed JWT
 * @throws {TicketClaimsError} when a claim is not as the BFF wants it.
 * @throws {ConfigurationError} when the key or another option is of no use.
 */
export async function mintTicket(claims: TicketClaims, options: MintOptions): Promise<string> {
  const { audience, expiresIn = 600, clock = systemClock } = options;
  if (!audience) throw new ConfigurationError('audience', 'is missing; it is "<environment>:<project>"');
  if (!Number.isInteger(expiresIn) || expiresIn < 1) {
    throw new ConfigurationError('expiresIn', 'must be whole seconds, 1 or more');
  }
  const read = readClaims(claims);
  if (!read.ok) throw new TicketClaimsError(read.problems);
  const { kid, algorithm, key } = await loadKey(options.key, 'sign', 'key');
  const now = Math.floor(clock.now() / 1000);
  const all = { ...read.claims, aud: audience, iat: now, exp: now + expiresIn };
  return signJws(all, { typ: 'JWT', kid }, key, algorithm);
}
