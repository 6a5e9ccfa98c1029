/** What only the demo needs of its shop: where things are, and buttons to break them. No part of an integration. */
import { accountEndingWith, DEFAULT_BIK } from '@b131/sandbox';
import type { Context, Hono, MiddlewareHandler } from 'hono';

interface Places {
  bffUrl: string;
  sandboxUrl: string;
}

/** Names this run: what a browser remembers of another one is not ours. */
const run = Date.now().toString(36);

/** Endings worth trying, a good one first. */
const endings = ['35', '91', '92', '96', '97', '98', '99', '95', '94', '93'];

export function addDemoRoutes(
  app: Hono,
  { bffUrl, sandboxUrl, anotherWeek }: Places & { anotherWeek(): void },
): void {
  app.get('/api/config', (c) =>
    c.json({
      endpoint: `${bffUrl}/b131`,
      bffEvents: `${bffUrl}/demo/events`,
      sandbox: sandboxUrl,
      bik: DEFAULT_BIK,
      accounts: endings.map((ending) => ({ ending, account: accountEndingWith(ending) })),
      canKill: process.send !== undefined,
      run,
    }),
  );
  app.post('/api/demo/week', fromOurPage, (c) => {
    anotherWeek();
    return c.body(null, 204);
  });
  app.post('/api/demo/kill-bff', fromOurPage, (c) => {
    process.send?.({ type: 'kill', name: 'bff' });
    return c.body(null, 202);
  });
}

/** Other sites may not press our buttons. */
const fromOurPage: MiddlewareHandler = async (c: Context, next) => {
  if (c.req.header('sec-fetch-site') !== 'same-origin') return c.json({ code: 'origin_not_allowed' }, 403);
  return next();
};

/**
 * The page may hold the BFF's frame and talk to the BFF and, for the panel, to the bank; nothing else. The bank's script
 * runs in the frame, not here.
 */
export function pageHeaders({ bffUrl, sandboxUrl }: Places): MiddlewareHandler {
  const policy = [
    "default-src 'none'",
    "script-src 'self'",
    "style-src 'self'",
    "img-src 'self' data:",
    `connect-src 'self' ${bffUrl} ${sandboxUrl}`,
    `frame-src ${bffUrl}`,
    "base-uri 'none'",
    "form-action 'none'",
    "frame-ancestors 'none'",
  ].join('; ');
  return async (c, next) => {
    await next();
    c.header('content-security-policy', policy);
    c.header('referrer-policy', 'no-referrer');
    c.header('x-content-type-options', 'nosniff');
    c.header(
      'cache-control',
      c.req.path.startsWith('/assets/') ? 'public, max-age=31536000, immutable' : 'no-store',
    );
  };
}
