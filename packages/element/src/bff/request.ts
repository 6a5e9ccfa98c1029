import { BffError, noAnswer, readProblem } from './problem.js';

/** One request to the backend. */
export interface Call {
  readonly method: 'GET' | 'POST';
  readonly path: string;
  readonly bearer: string;
  readonly signal: AbortSignal;
  readonly body?: Readonly<Record<string, string | number>>;
  readonly headers?: Readonly<Record<string, string>>;
  /** Default: none. */
  readonly credentials?: RequestCredentials;
}

/** Longest wait for one answer of the backend, in milliseconds. */
const patience = 25_000;

/**
 * Sends a request to the backend mounted at `base`. The deadline covers the time to the headers: a stream's body may
 * last as long as it likes.
 *
 * @throws BffError
 */
export async function request(base: string, call: Call): Promise<Response> {
  const deadline = new AbortController();
  const timer = setTimeout(() => deadline.abort(), patience);
  try {
    const response = await fetch(base + call.path, {
      method: call.method,
      headers: headersOf(call),
      ...(call.body ? { body: JSON.stringify(call.body) } : {}),
      credentials: call.credentials ?? 'omit',
      cache: 'no-store',
      redirect: 'error',
      referrerPolicy: 'no-referrer',
      signal: AbortSignal.any([call.signal, deadline.signal]),
    });
    if (!response.ok) throw await readProblem(response);
    return response;
  } catch (error) {
    if (error instanceof BffError) throw error;
    call.signal.throwIfAborted();
    throw noAnswer(error, deadline.signal.aborted);
  } finally {
    clearTimeout(timer);
  }
}

function headersOf(call: Call): Record<string, string> {
  return {
    accept: 'application/json',
    authorization: `Bearer ${call.bearer}`,
    ...(call.body ? { 'content-type': 'application/json' } : {}),
    ...call.headers,
  };
}

/** The body as JSON; a body that breaks off half-way is an answer that was lost. */
export async function json(response: Response): Promise<unknown> {
  try {
    return await response.json();
  } catch (error) {
    throw new BffError({ code: 'unreadable', status: response.status, unsure: true }, { cause: error });
  }
}

/** The error for an answer that is not the backend's. */
export function unreadable(response: Response): BffError {
  return new BffError({ code: 'unreadable', status: response.status, unsure: true });
}
