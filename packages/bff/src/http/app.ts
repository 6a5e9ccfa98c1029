import { Hono, type MiddlewareHandler } from 'hono';
import type { BffEvent, OnEvent } from '../events/events.js';
import { webhookRoute } from './bank/webhook-route.js';
import { allowOrigins } from './browser/origins.js';
import { payoutRoutes } from './browser/payout-routes.js';
import type { AppDeps } from './deps.js';
import { merchantRoutes } from './merchant/merchant-routes.js';
import { openApiRoute } from './openapi/openapi-route.js';
import { operatorRoutes } from './operator/operator-routes.js';
import { platformRoutes } from './platform/platform-routes.js';
import { foreseen, unforeseen } from './refusal/failure.js';
import { Problem, problems, toResponse } from './refusal/problem.js';
import type { Route } from './route/route.js';

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
  serveAll(app, routesOf(deps, emit));
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

/** Every route that is open here; whatever is served stands in this list, and in `/openapi.json`. */
function routesOf(deps: AppDeps, emit: OnEvent): Route[] {
  const { merchant, operator } = deps;
  const routes = [...payoutRoutes(deps), webhookRoute(deps, emit), ...platformRoutes(deps)];
  if (merchant) routes.push(...merchantRoutes(deps, merchant));
  if (operator) routes.push(...operatorRoutes(deps, operator));
  routes.push(openApiRoute(routes));
  return routes;
}

/** Serves the routes, and refuses any other method at their addresses. */
function serveAll(app: Hono, routes: readonly Route[]): void {
  const methods = new Map<string, string[]>();
  for (const { method, path, handle } of routes) {
    app.on(method, path, handle);
    methods.set(path, [...(methods.get(path) ?? []), method]);
  }
  for (const [path, allowed] of methods) {
    app.all(path, () => {
      throw new Problem('method_not_allowed', { headers: { allow: allowed.join(', ') } });
    });
  }
}

function answer(error: unknown, deps: AppDeps, emit: OnEvent): Response {
  const problem = foreseen(error) ?? unforeseen(error, deps);
  emit({ type: 'request.refused', code: problem.code, httpStatus: problems[problem.code].status });
  return toResponse(problem);
}

function safely({ onEvent }: AppDeps): OnEvent {
  return (event: BffEvent) => {
    try {
      onEvent?.(event);
    } catch {
      // A listener that fails must not change the answer.
    }
  };
}
