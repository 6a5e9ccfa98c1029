import { Hono, type MiddlewareHandler } from 'hono';
import type { BffEvent } from '../events/events.js';
import { addWebhookRoute } from './bank/webhook-route.js';
import { allowOrigins } from './browser/origins.js';
import { addPayoutRoutes } from './browser/payout-routes.js';
import type { AppDeps } from './deps.js';
import { foreseen, isMisconfiguration, report } from './refusal/failure.js';
import { Problem, problems, toResponse } from './refusal/problem.js';

/** What is at each address; any other method there is refused. */
const methods = {
  '/payouts/current': 'GET',
  '/public-tokens': 'POST',
  '/payouts': 'POST',
  '/payouts/:id': 'GET',
  '/payouts/:id/events': 'GET',
  '/payouts/:id/confirm': 'POST',
  '/payouts/:id/cancel': 'POST',
  '/webhooks/bank131': 'POST',
  '/health': 'GET',
  '/ready': 'GET',
} as const;

/**
 * Builds the BFF's HTTP side: a Hono app that answers by itself (`app.fetch`) or under a prefix of a bigger one
 * (`app.route('/b131', …)`), where it answers for everything below the prefix.
 *
 * @throws {ConfigurationError} when an origin is not written as browsers write it.
 */
export function createApp(deps: AppDeps): Hono {
  const app = new Hono();
  const emit = safely(deps);
  app.onError((error) => answer(error, deps, emit));
  app.use('*', protect);
  const guard = allowOrigins(deps.origins);
  app.use('/payouts/*', guard);
  app.use('/public-tokens', guard);
  addPayoutRoutes(app, deps);
  addWebhookRoute(app, deps, emit);
  addPlatformRoutes(app, deps);
  for (const [path, allow] of Object.entries(methods)) {
    app.all(path, () => {
      throw new Problem('method_not_allowed', { headers: { allow } });
    });
  }
  // A sub-app's notFound is not asked by the app it is mounted in.
  app.all('*', () => {
    throw new Problem('not_found');
  });
  return app;
}

/** Answers are personal and are nothing but data. */
const protect: MiddlewareHandler = async (c, next) => {
  await next();
  const { headers } = c.res;
  headers.set('cache-control', 'no-store');
  headers.set('x-content-type-options', 'nosniff');
  headers.set('referrer-policy', 'no-referrer');
};

function addPlatformRoutes(app: Hono, deps: AppDeps): void {
  app.get('/health', (c) => c.json({ status: 'ok' }));
  app.get('/ready', async (c) => {
    const report = await deps.ready();
    const isReady = report.status === 'ready';
    return c.json(report, isReady ? 200 : 503, isReady ? {} : { 'retry-after': '5' });
  });
}

function answer(error: unknown, deps: AppDeps, emit: (event: BffEvent) => void): Response {
  const problem = foreseen(error) ?? unforeseen(error, deps);
  emit({ type: 'request.refused', code: problem.code, httpStatus: problems[problem.code].status });
  return toResponse(problem);
}

function unforeseen(error: unknown, deps: AppDeps): Problem {
  const id = report(error, deps);
  return new Problem(isMisconfiguration(error) ? 'misconfigured' : 'internal_error', { members: { id } });
}

function safely({ onEvent }: AppDeps): (event: BffEvent) => void {
  return (event) => {
    try {
      onEvent?.(event);
    } catch {
      // A listener that fails must not change the answer.
    }
  };
}
