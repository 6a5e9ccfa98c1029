import type { Context } from 'hono';
import { Problem } from '../refusal/problem.js';
import { isSafe } from '../request/methods.js';

/** A person who runs payouts, as the host knows them. */
export interface Operator {
  /** Written into the journal of whatever they do, for ever: a name of an account, such as `anna@ops`. */
  name: string;
  /** They may look and change nothing. */
  readOnly?: boolean;
}

/** Tells who sends a request, by the host's own session, key or proxy; null for nobody who may be here. */
export type WhoIsOperator = (c: Context) => Operator | null | Promise<Operator | null>;

/**
 * The operator of the request.
 *
 * @throws {Problem} when there is none, when theirs is to look only, or when another site's page sends what acts: the
 *   host may know operators by a cookie, and browsers add that to every page's requests.
 */
export async function requireOperator(c: Context, who: WhoIsOperator): Promise<Operator> {
  const acts = !isSafe(c.req.method);
  if (acts) requireOwnPage(c);
  const operator = await who(c);
  if (!operator) throw new Problem('operator_unknown');
  if (acts && operator.readOnly) throw new Problem('operator_read_only');
  if (!isName.test(operator.name)) {
    throw new TypeError('the option `operator` must answer with a `name` of 1 to 200 printable characters');
  }
  return operator;
}

const isName = /^[^\p{Cc}]{1,200}$/u;
const ownPageOnly =
  "Operators act from pages of the BFF's own origin, or from a server: serve your console beside it.";

function requireOwnPage(c: Context): void {
  const site = c.req.header('sec-fetch-site');
  const origin = c.req.header('origin');
  // A proxy may change the host we see, but no page can change what the browser says of it.
  const isOwn =
    site === undefined ? origin === undefined || isSameHost(origin, c.req.url) : site === 'same-origin';
  if (!isOwn) throw new Problem('origin_not_allowed', { detail: ownPageOnly });
}

function isSameHost(origin: string, url: string): boolean {
  return URL.canParse(origin) && new URL(origin).host === new URL(url).host;
}
