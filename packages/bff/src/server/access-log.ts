import { Hono } from 'hono';
import { matchedRoutes } from 'hono/route';
import type { Log } from '../events/event-log.js';

/**
 * The same app with a line for each answer: method, route, status, milliseconds. The route as it is written
 * (`/payouts/:id`), never what was asked for: addresses and their queries may hold what nobody meant to be kept.
 */
export function withAccessLog(app: Hono, log: Log): Hono {
  const logged = new Hono();
  logged.use('*', async (c, next) => {
    const from = performance.now();
    await next();
    // The pattern that all requests match is no route.
    const route = matchedRoutes(c).findLast(({ path }) => !path.endsWith('*'))?.path ?? 'none';
    log('info', 'request', {
      method: known.includes(c.req.method) ? c.req.method : 'other',
      route,
      httpStatus: c.res.status,
      durationMs: Math.round(performance.now() - from),
    });
  });
  return logged.route('/', app);
}

const known = ['GET', 'POST', 'OPTIONS', 'HEAD', 'PUT', 'PATCH', 'DELETE'];
