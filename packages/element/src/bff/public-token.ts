import { asFields, asText } from './read.js';
import { json, request, unreadable } from './request.js';

/**
 * A fresh public token for one use of the bank's widget, from the backend mounted at `base`.
 *
 * @throws BffError
 */
export async function issuePublicToken(base: string, ticket: string, signal: AbortSignal): Promise<string> {
  const response = await request(base, {
    method: 'POST',
    path: '/public-tokens',
    bearer: ticket,
    signal,
    body: {},
  });
  const token = asText(asFields(await json(response))?.publicToken);
  if (token === null) throw unreadable(response);
  return token;
}
