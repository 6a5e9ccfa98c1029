import type { Context } from 'hono';
import type { ContentfulStatusCode } from 'hono/utils/http-status';

const texts = new WeakMap<Response, string>();

/** An answer of JSON. */
export function json(
  c: Context,
  value: unknown,
  status: ContentfulStatusCode = 200,
  headers: Record<string, string> = {},
): Response {
  const text = JSON.stringify(value);
  return madeOf(text, c.body(text, status, { 'content-type': 'application/json', ...headers }));
}

/** Remembers of which text an answer was made. */
export function madeOf(text: string, response: Response): Response {
  texts.set(response, text);
  return response;
}

/**
 * The text an answer was made of: a server of Node then need not read it back out of the answer's stream, which costs
 * more than the rest of the answer.
 */
export function textOf(response: Response): string | undefined {
  return response.bodyUsed ? undefined : texts.get(response);
}
