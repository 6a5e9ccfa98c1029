import type { Context, MiddlewareHandler } from 'hono';
import { ConfigurationError } from '../../secrets/configuration-error.js';
import { Problem } from '../refusal/problem.js';
import { isSafe } from '../request/methods.js';

/** Whose pages may call. */
interface Guards {
  /** Pages of the listed origins. */
  listed: MiddlewareHandler;
  /** Those, and our own page, which stands in their frame. */
  listedOrOwn: MiddlewareHandler;
}

/**
 * Lets the pages of the listed origins call, and keeps all others from changing anything.
 *
 * Browsers send `Origin` with every POST; callers that are no browser may leave it out, unless their
 * `Sec-Fetch-Site` says that a page of another site sends them.
 *
 * @throws {ConfigurationError} when an origin is not written as browsers write it.
 */
export function allowOrigins(origins: readonly string[]): Guards {
  const allowed = new Set(origins.map(readOrigin));
  const guard =
    (admits: (c: Context, origin: string) => boolean): MiddlewareHandler =>
    async (c, next) => {
      const origin = c.req.header('origin');
      const isListed = origin !== undefined && allowed.has(origin);
      if (isPreflight(c)) return answerPreflight(origin, isListed);
      if (!isSafe(c.req.method)) {
        requireOrigin(c, origin, isListed || (origin !== undefined && admits(c, origin)));
      }
      await next();
      c.res.headers.append('vary', 'Origin');
      if (isListed) share(c.res.headers, origin);
      return undefined;
    };
  return { listed: guard(() => false), listedOrOwn: guard(isOwnPage) };
}

/**
 * Whether a page of our own origin asks. Behind proxies nobody here knows what that origin is, but the browser does and
 * says so. It says nothing over plain HTTP to another machine: there our address as it was asked for decides.
 */
function isOwnPage(c: Context, origin: string): boolean {
  const site = c.req.header('sec-fetch-site');
  return site === undefined ? origin === new URL(c.req.url).origin : site === 'same-origin';
}

function readOrigin(origin: string, index: number): string {
  const url = URL.canParse(origin) ? new URL(origin) : null;
  if (url && url.origin === origin && /^https?:$/.test(url.protocol)) return origin;
  throw new ConfigurationError(
    `origins[${index}]`,
    'must be scheme, host and port as the browser sends them, without a path or a slash at the end: https://shop.example',
  );
}

function isPreflight(c: Context): boolean {
  return c.req.method === 'OPTIONS' && c.req.header('access-control-request-method') !== undefined;
}

function answerPreflight(origin: string | undefined, isAllowed: boolean): Response {
  if (!isAllowed || origin === undefined) throw new Problem('origin_not_allowed');
  const headers = new Headers({
    'access-control-allow-methods': 'GET, POST',
    'access-control-allow-headers': 'Authorization, Content-Type, Last-Event-ID',
    'access-control-max-age': '600',
    vary: 'Origin, Access-Control-Request-Method, Access-Control-Request-Headers',
  });
  share(headers, origin);
  return new Response(null, { status: 204, headers });
}

function requireOrigin(c: Context, origin: string | undefined, isAllowed: boolean): void {
  if (isAllowed) return;
  const site = c.req.header('sec-fetch-site');
  const fromElsewhere = site === 'cross-site' || site === 'same-site';
  if (origin !== undefined || fromElsewhere) throw new Problem('origin_not_allowed');
}

function share(headers: Headers, origin: string): void {
  headers.set('access-control-allow-origin', origin);
  headers.set('access-control-expose-headers', 'Retry-After');
}
