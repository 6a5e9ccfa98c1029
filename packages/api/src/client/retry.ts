import { BankError } from '../errors/bank-error.js';
import { ResponseError } from '../errors/response-error.js';
import { TransportError } from '../errors/transport-error.js';

/** How calls that cannot move money are repeated: exponential backoff with full jitter, `Retry-After` on top. */
export interface RetryOptions {
  /** Tries in all, the first included; 1: never repeat. Default 3. */
  attempts: number;
  /** Milliseconds before the first repetition at most; doubles each time. Default 250. */
  baseDelay: number;
  /** Milliseconds the backoff grows to at most. Default 5000. */
  maxDelay: number;
  /** Milliseconds of `Retry-After` waited for at most; asked to wait longer, the call fails at once. Default 30000. */
  maxRetryAfter: number;
  /** From 0 up to 1. Default `Math.random`. */
  random: () => number;
  /** Waits so many milliseconds, or until the signal aborts. Default a timer. */
  sleep: (milliseconds: number, signal?: AbortSignal) => Promise<void>;
}

/** What holds unless the client is told otherwise. */
export const defaultRetry: RetryOptions = {
  attempts: 3,
  baseDelay: 250,
  maxDelay: 5000,
  maxRetryAfter: 30_000,
  random: Math.random,
  sleep,
};

/** Runs `attempt(1)`, `attempt(2)`, … until one succeeds, fails for good, or there are no tries left. */
export async function withRetries<T>(
  options: RetryOptions,
  method: string,
  signal: AbortSignal | undefined,
  attempt: (count: number) => Promise<T>,
): Promise<T> {
  for (let count = 1; ; count += 1) {
    try {
      return await attempt(count);
    } catch (error) {
      const delay = count < options.attempts ? delayAfter(error, count, options) : undefined;
      if (delay === undefined) throw error;
      await options.sleep(delay, signal);
      if (signal?.aborted) throw new TransportError(method, 'unknown', 'aborted');
    }
  }
}

function delayAfter(error: unknown, count: number, options: RetryOptions): number | undefined {
  if (!isPassing(error)) return undefined;
  const jitter = options.random() * Math.min(options.maxDelay, options.baseDelay * 2 ** (count - 1));
  const asked = error instanceof TransportError ? 0 : (error.retryAfter ?? 0);
  return asked > options.maxRetryAfter ? undefined : asked + jitter;
}

/** Whether the same request may well succeed a little later. */
function isPassing(error: unknown): error is TransportError | ResponseError | BankError {
  if (error instanceof TransportError) return error.reason !== 'aborted';
  if (error instanceof ResponseError) return error.httpStatus === 429 || error.httpStatus >= 500;
  return error instanceof BankError && error.advice === 'retry-later';
}

function sleep(milliseconds: number, signal?: AbortSignal): Promise<void> {
  return new Promise((resolve) => {
    if (signal?.aborted) return resolve();
    const finish = () => {
      clearTimeout(timer);
      signal?.removeEventListener('abort', finish);
      resolve();
    };
    const timer = setTimeout(finish, milliseconds);
    signal?.addEventListener('abort', finish, { once: true });
  });
}
