import { asFields, asText } from './fields.js';
import type { PayoutView } from './payout.js';
import { readPayout } from './read.js';

/** What is known after a request that did not end well. */
export interface BffProblem {
  /** The backend's stable code, or `offline` / `network` / `timeout` / `unreadable` when it gave none. */
  readonly code: string;
  /** HTTP status, 0 when there was no answer. */
  readonly status: number;
  /** The request may have had its effect although no clear answer came. */
  readonly unsure: boolean;
  /** How long the backend asks to be left alone, in milliseconds, where it says so. */
  readonly retryAfter?: number | null;
  /** The payout that stands in the way, where the backend tells it (409). */
  readonly payout?: PayoutView | null;
}

/** A request to the backend-for-frontend that did not end well. The message holds no secret. */
export class BffError extends Error {
  override readonly name = 'BffError';
  readonly code: string;
  readonly status: number;
  readonly unsure: boolean;
  readonly retryAfter: number | null;
  readonly payout: PayoutView | null;

  constructor(problem: BffProblem, options?: ErrorOptions) {
    super(`The payout backend answered ${problem.code} (HTTP ${problem.status})`, options);
    this.code = problem.code;
    this.status = problem.status;
    this.unsure = problem.unsure;
    this.retryAfter = problem.retryAfter ?? null;
    this.payout = problem.payout ?? null;
  }
}

/** Codes after which a payout may have been recorded all the same: what failed may have failed behind the record. */
const unsureCodes: ReadonlySet<string> = new Set(['internal_error', 'store_unavailable']);

/** The error for an answer that is not 2xx: problem+json, or whatever a proxy put in its place. */
export async function readProblem(response: Response): Promise<BffError> {
  const { status } = response;
  const body: unknown = await response.json().catch(() => null);
  const fields = asFields(body);
  const code = asText(fields?.code);
  const retryAfter = readRetryAfter(response);
  if (code === null) return new BffError({ code: 'unreadable', status, unsure: status >= 500, retryAfter });
  const unsure = unsureCodes.has(code);
  return new BffError({ code, status, unsure, retryAfter, payout: readPayout(fields?.payout) });
}

/** In milliseconds; a date is not what our backend sends. */
function readRetryAfter({ headers }: Response): number | null {
  const seconds = Number(headers.get('retry-after') ?? Number.NaN);
  return seconds >= 0 ? seconds * 1000 : null;
}

/** The error for a request without an answer. */
export function noAnswer(cause: unknown, timedOut: boolean): BffError {
  const offline = globalThis.navigator?.onLine === false;
  const code = offline ? 'offline' : timedOut ? 'timeout' : 'network';
  return new BffError({ code, status: 0, unsure: true }, { cause });
}
