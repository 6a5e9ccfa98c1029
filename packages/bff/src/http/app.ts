import { Hono, type MiddlewareHandler } from 'hono';
import { routePath } from 'hono/route';
import type { BffEvent, OnEvent } from '../events/events.js';
import { refuseOversize } from './admission/size.js';
import { webhookRoute } from './bank/webhook-route.js';
import { allowOrigins } from './browser/origins.js';
import { payoutRoutes } from './browser/payout-routes.js';
import { widgetRoute } from './browser/widget-route.js';
import type { AppDeps } from './deps.js';
import { merchantRoutes } from './merchant/merchant-routes.js';
import { openApiRoute } from './openapi/openapi-route.js';
import { operatorRoutes } from './operator/operator-routes.js';
import { platformRoutes } from './platform/platform-routes.js';
import { foreseen, unforeseen } from './refusal/failure.js';
import { Problem, problems, toResponse } from './refusal/problem.js';
import type { Route } from './route/route.js';
import { shield } from './route/shield.js';

/**
 * Builds the BFF's HTTP side: a Hono app that answers by itself (`app.fetch`) or in a bigger one. Under a prefix
 * (`app.route('/b131', …)`) it answers for everything below it; at the root the host's own routes go on after ours.
 *
 * @throws {ConfigurationError} when an origin is not written as browsers write it.
 */
export function createApp(deps: AppDeps): Hono {
  const app = new Hono();
  const emit = safely(deps);
  app.onError((error) => answer(error, deps, emit));
  app.notFound(() => answer(new Problem('not_found'), deps, emit));
  const routes = routesOf(deps, emit);
  const guards = allowOrigins(deps.origins);
  for (const path of new Set(routes.map((route) => route.path))) app.use(path, protect, refuseOversize);
  app.use('/payouts/*', guards.listed, countAddress(deps));
  app.use('/public-tokens', guards.listedOrOwn, countAddress(deps));
  serveAll(app, routes);
  app.all('*', ownNotFound);
  return app;
}

/** Answers are personal and are nothing but data. */
const protect: MiddlewareHandler = async (c, next) => {
  await next();
  shield(c.res.headers);
};

function countAddress({ admission }: AppDeps): MiddlewareHandler {
  return async (c, next) => {
    admission.address(c);
    await next();
  };
}

/** A sub-app's notFound is not asked by the app it is mounted in. At the root, though, the rest is the host's. */
const ownNotFound: MiddlewareHandler = async (c, next) => {
  if (routePath(c) !== '/*') throw new Problem('not_found');
  await next();
};

/** Every route that is open here; whatever is served stands in this list, and in `/openapi.json`. */
function routesOf(deps: AppDeps, emit: OnEvent): Route[] {
  const { merchant, operator } = deps;
  const routes = [
    widgetRoute(deps),
    ...payoutRoutes(deps),
    webhookRoute(deps, emit),
    ...platformRoutes(deps),
  ];
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
  const response = toResponse(problem);
  shield(response.headers);
  return response;
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
