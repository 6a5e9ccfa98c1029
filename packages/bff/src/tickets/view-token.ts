import { decodeProtectedHeader, errors, jwtVerify, SignJWT } from 'jose';
import { ConfigurationError } from '../secrets/configuration-error.js';
import type { Secrets } from '../secrets/secrets.js';
import { type Clock, systemClock } from './clock.js';
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
  const keyOf = async (token: string) => {
    const { kid, typ } = readHeader(token);
    const named = (await secrets.keys(purpose)).find(({ id }) => id === kid);
    if (!named || typ !== viewTokenType) throw new ViewTokenError('invalid');
    return named.key;
  };

  return {
    async issue(payoutId) {
      const [signing] = await secrets.keys(purpose);
      if (!signing) throw new ConfigurationError('secret', 'is missing');
      const now = Math.floor(clock.now() / 1000);
      return new SignJWT({ sub: payoutId, iat: now, exp: now + lifetime })
        .setProtectedHeader({ alg: 'HS256', typ: viewTokenType, kid: signing.id })
        .sign(signing.key);
    },
    async verify(token) {
      const key = await keyOf(token);
      try {
        const { payload } = await jwtVerify(token, key, {
          algorithms: ['HS256'],
          typ: viewTokenType,
          currentDate: new Date(clock.now()),
          requiredClaims: ['sub', 'exp'],
        });
        return { payoutId: payload.sub ?? '' };
      } catch (error) {
        throw new ViewTokenError(error instanceof errors.JWTExpired ? 'expired' : 'invalid');
      }
    },
  };
}

/** Tells, before anything is verified, which of the two judges a token must face. */
export function looksLikeViewToken(token: string): boolean {
  return readHeader(token).typ === viewTokenType;
}

function readHeader(token: string): { kid?: unknown; typ?: unknown } {
  try {
    return token.length > longest ? {} : decodeProtectedHeader(token);
  } catch {
    return {};
  }
}
