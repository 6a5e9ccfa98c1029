import { asFields, asText } from './fields.js';
import { json, request, unreadable } from './request.js';

/** How a public token is asked for. */
export interface TokenRequest {
  readonly ticket: string;
  readonly signal: AbortSignal;
  readonly credentials?: RequestCredentials;
}

/**
 * A fresh public token for one use of the bank's widget, from the backend mounted at `base`.
 *
 * @throws BffError
 */
export async function issuePublicToken(base: string, { ticket, ...more }: TokenRequest): Promise<string> {
  const call = { method: 'POST', path: '/public-tokens', bearer: ticket, body: {} } as const;
  const response = await request(base, { ...call, ...more });
  const token = asText(asFields(await json(response))?.publicToken);
  if (token === null) throw unreadable(response);
  return token;
}
