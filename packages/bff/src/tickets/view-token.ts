import { ConfigurationError } from '../secrets/configuration-error.js';
import type { Secrets } from '../secrets/secrets.js';
import { type Clock, systemClock } from './clock.js';
import { isSignedBy, type Jws, readJsonObject, readJws, signJws } from './jws.js';
import { viewTokenType } from './view-token-type.js';

/** A view token that was not accepted. */
export class ViewTokenError extends Error {
  override readonly name = 'ViewTokenError';
  readonly reason: 'invalid' | 'expired';

  constructor(reason: ViewTokenError['reason']) {
    super(reason === 'expired' ? 'the view token has expired' : 'the view token is not valid');
    this.reason = reason;
  }
}

/** Tokens that let one payout be read, longer than a ticket lives; nothing else can be done with them. */
export interface ViewTokens {
  issue(payoutId: string): Promise<string>;
  /** @throws {ViewTokenError} */
  verify(token: string): Promise<{ payoutId: string }>;
}

export interface ViewTokenOptions {
  clock?: Clock;
  /** Seconds; default 14 days: ten business days of a payout, and a weekend on each side. */
  lifetime?: number;
}

const purpose = 'view token';
const longest = 1024;

/** Issues and verifies view tokens: JWT, HS256, signed with a key derived from the BFF's secret. */
export function createViewTokens(secrets: Secrets, options: ViewTokenOptions = {}): ViewTokens {
  const { clock = systemClock, lifetime = 14 * 24 * 3600 } = options;
  return {
    async issue(payoutId) {
      const [signing] = await secrets.keys(purpose);
      if (!signing) throw new ConfigurationError('secret', 'is missing');
      const now = Math.floor(clock.now() / 1000);
      const claims = { sub: payoutId, iat: now, exp: now + lifetime };
      return signJws(claims, { typ: viewTokenType, kid: signing.id }, signing.key, 'HS256');
    },
    async verify(token) {
      const jws = readShort(token);
      if (jws?.header.typ !== viewTokenType) throw new ViewTokenError('invalid');
      const named = (await secrets.keys(purpose)).find(({ id }) => id === jws.header.kid);
      if (!named || !(await isSignedBy(jws, named.key, 'HS256'))) throw new ViewTokenError('invalid');
      const { sub, exp } = readJsonObject(jws.payload) ?? {};
      if (typeof sub !== 'string' || typeof exp !== 'number') throw new ViewTokenError('invalid');
      if (clock.now() / 1000 >= exp) throw new ViewTokenError('expired');
      return { payoutId: sub };
    },
  };
}

/** Tells, before anything is verified, which of the two judges a token must face. */
export function looksLikeViewToken(token: string): boolean {
  return readShort(token)?.header.typ === viewTokenType;
}

function readShort(token: string): Jws | null {
  return token.length > longest ? null : readJws(token);
}
