import type { BadRequest } from './requests.ts';

export interface Answer {
  status: number;
  headers: string;
  text: string;
}

/** Statuses of Node's own, for what never becomes a request; and of a route that is not the one aimed at. */
const anywhere = new Set([204, 400, 403, 404, 405, 414, 431]);

/** What is wrong with an answer, in words; null when nothing is. */
export function wrongWith(request: BadRequest, answer: Answer, hidden: readonly string[]): string | null {
  const { status, headers, text } = answer;
  const told = `${headers}\n${text}`;
  if (hidden.some((word) => told.includes(word))) return 'the answer holds a secret';
  if (/\bat .*\.(js|ts):\d+/.test(text)) return 'the answer holds a stack trace';
  if (status >= 500) return wrongFailure(request, answer);
  const isKnown = anywhere.has(status) || request.route.statuses.has(status);
  const isAimed = request.method === request.route.method;
  // Another method or address may be another route, with answers of its own.
  return isKnown || !isAimed || leadsElsewhere(request)
    ? null
    : `HTTP ${status} is not documented for this route`;
}

function wrongFailure({ route }: BadRequest, { status, text }: Answer): string | null {
  const code = /"code":"([a-z_]+)"/.exec(text)?.[1] ?? 'no code';
  const isDocumented = status !== 500 && route.failures.has(code);
  return isDocumented ? null : `HTTP ${status} (${code})`;
}

function leadsElsewhere({ route, path }: BadRequest): boolean {
  const pattern = route.path.replace(/[.*+?^$()|[\]\\]/g, '\\$&').replace('{id}', '[^/?#]+');
  const isDots = /\/(\.|%2e){1,2}(\/|$|\?)/i.test(path);
  return isDots || /\/current(\/|$|\?)/.test(path) || !new RegExp(`^${pattern}(\\?|$|#)`).test(path);
}
