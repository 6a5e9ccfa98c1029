import type { IncomingMessage, ServerResponse } from 'node:http';
import { Hono } from 'hono';
import { ConfigurationError } from '../secrets/configuration-error.js';
import { listenerOf } from './listener.js';

export interface NodeHandlerOptions {
  /** Prefix that the framework leaves in the URL, e.g. `/b131`; default none. Express takes it off itself. */
  path?: string;
}

/** Answers one request of `node:http`. */
export type NodeHandler = (request: IncomingMessage, response: ServerResponse) => void;

/**
 * A BFF as a handler of `node:http`, to stand behind Express, Fastify or any server of Node; see `docs/mounting.md`. It
 * answers everything below its prefix. It runs no engine: call `runLoop` as well.
 *
 * The handler throws {@link ConfigurationError} when something before it has read the body: signatures are of the
 * bytes as they came, and those are gone.
 */
export function nodeHandler(bff: { app: Hono }, { path = '' }: NodeHandlerOptions = {}): NodeHandler {
  const app = path === '' || path === '/' ? bff.app : new Hono().route(path, bff.app);
  const listener = listenerOf((request, env) => app.fetch(request, env));
  return (request, response) => {
    if (request.readableDidRead) {
      throw new ConfigurationError(
        'nodeHandler',
        'must come before whatever reads bodies, such as express.json(), because signatures are checked over the bytes as they came',
      );
    }
    void listener(request, response);
  };
}
