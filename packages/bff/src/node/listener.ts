import { type IncomingMessage, ServerResponse } from 'node:http';
import { getRequestListener } from '@hono/node-server';
import { RESPONSE_ALREADY_SENT } from '@hono/node-server/utils/response';
import { textOf } from '../http/route/text-answer.js';

/** What answers a request. */
export type Answer = (request: Request, env: object) => Response | Promise<Response>;

/** A listener of `node:http` for whatever answers requests as `fetch` does. */
export function listenerOf(
  answer: Answer,
): (request: IncomingMessage, response: ServerResponse) => Promise<void> {
  // A server is no reason to change what Request and Response are for the rest of the process.
  const listener = getRequestListener(
    async (request, env) => {
      const response = await answer(request, env);
      const text = textOf(response);
      return text !== undefined && sendAtOnce(env.outgoing, response, text)
        ? RESPONSE_ALREADY_SENT
        : response;
    },
    { overrideGlobalObjects: false },
  );
  return async (request, response) => {
    await listener(request, response);
  };
}

function sendAtOnce(outgoing: object, answer: Response, text: string): boolean {
  if (!(outgoing instanceof ServerResponse) || outgoing.headersSent || outgoing.destroyed) return false;
  outgoing.statusCode = answer.status;
  outgoing.setHeaders(answer.headers);
  outgoing.end(text);
  return true;
}
