import * as z from 'zod';
import { names, type Route } from '../route/route.js';
import { json } from '../route/text-answer.js';
import { type OpenApiDocument, openApiDocument } from './document.js';

const document = z.looseObject({ openapi: z.literal('3.1.0') }).register(names, { id: 'OpenApiDocument' });

/**
 * Describes the routes that are open in this mount, itself included. Its server is the path under which it was asked for.
 */
export function openApiRoute(routes: readonly Route[]): Route {
  let made: OpenApiDocument | null = null;
  const route: Route = {
    id: 'openApi',
    method: 'GET',
    path: '/openapi.json',
    caller: 'anybody',
    summary: 'This description',
    answers: { 200: { what: 'OpenAPI 3.1: the routes that are open here.', schema: document } },
    handle(c) {
      made ??= openApiDocument([...routes, route]);
      const [mountedAt = ''] = new URL(c.req.url).pathname.split(/\/openapi\.json$/);
      return json(c, { ...made, servers: [{ url: mountedAt || '/' }] });
    },
  };
  return route;
}
