import type { Clock } from '../time/clock.js';
import type { Strike } from './faults.js';

/** The connection ended without an answer. Looks to a client like what the platform's `fetch` throws then. */
export class ConnectionLost extends TypeError {
  override readonly name = 'TypeError';

  constructor() {
    super('fetch failed', { cause: Object.assign(new Error('read ECONNRESET'), { code: 'ECONNRESET' }) });
  }
}

/** The call does not reach the bank. */
export function staysOutside({ kind }: Strike): boolean {
  return kind.endsWith('_before');
}

/** What a strike makes of the answer; `unanswered`: nothing comes back, after `ms`. */
export type Spoilt =
  | { readonly unanswered: true; readonly ms: number }
  | { readonly unanswered: false; readonly ms: number; readonly httpStatus: number; readonly body: string };

const INTERNAL_ERROR = { status: 'error', error: { code: 'internal_error', description: 'Internal error' } };

/** `answer`: what the bank would have said. */
export function spoilt({ kind, ms, status }: Strike, answer: { httpStatus: number; body: string }): Spoilt {
  if (kind.startsWith('timeout') || kind.startsWith('reset')) return { unanswered: true, ms };
  if (kind.startsWith('error'))
    return { unanswered: false, ms, httpStatus: status, body: JSON.stringify(INTERNAL_ERROR) };
  if (kind.startsWith('html')) return { unanswered: false, ms, httpStatus: status, body: proxyPage(status) };
  const body = kind === 'truncated' ? answer.body.slice(0, Math.floor(answer.body.length / 2)) : answer.body;
  return { unanswered: false, ms, httpStatus: answer.httpStatus, body };
}

/** What a proxy in front of a bank says when the answer got lost behind it. */
export function proxyPage(httpStatus: number): string {
  const title = `${httpStatus} ${REASONS.get(httpStatus) ?? 'Server Error'}`;
  return `<html><head><title>${title}</title></head><body><center><h1>${title}</h1></center></body></html>\n`;
}

const REASONS = new Map([
  [500, 'Internal Server Error'],
  [502, 'Bad Gateway'],
  [503, 'Service Unavailable'],
  [504, 'Gateway Time-out'],
]);

/** Waits, by the sandbox's clock; no longer than the caller does. */
export function waitFor(clock: Clock, ms: number, signal: AbortSignal): Promise<void> {
  return new Promise((resolve) => {
    const end = () => {
      clock.clearTimeout(timer);
      signal.removeEventListener('abort', end);
      resolve();
    };
    const timer = clock.setTimeout(end, ms);
    signal.addEventListener('abort', end, { once: true });
    if (signal.aborted) end();
  });
}
