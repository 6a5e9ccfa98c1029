import { sleep, waitBefore } from '../timing/waits.js';
import { LoadError } from './errors.js';
import type { LoadOptions } from './options.js';

const waits = { first: 300, longest: 3_000 };
const hopeless: ReadonlySet<LoadError['code']> = new Set(['blocked', 'offline', 'bad-script']);

/**
 * Tries `once(attempt, timeLeft)` until it succeeds, the tries are used up, the deadline has passed, or trying
 * again cannot help. Rejects with the last {@link LoadError}.
 */
export async function withAttempts(
  { deadline = 15_000, attempts = 3 }: LoadOptions,
  first: number,
  once: (attempt: number, timeLeft: number) => Promise<void>,
): Promise<void> {
  const end = performance.now() + deadline;
  const never = new AbortController().signal;
  for (let tries = 0; ; tries++) {
    const left = end - performance.now();
    // A try that hangs must leave time for the next one.
    const share = tries + 1 < attempts ? Math.max(left / 2, Math.min(left, 1_000)) : left;
    try {
      return await once(first + tries, Math.max(share, 1));
    } catch (error) {
      const wait = waitBefore(tries, waits);
      const over = tries + 1 >= attempts || performance.now() + wait >= end;
      if (over || !(error instanceof LoadError) || hopeless.has(error.code)) throw error;
      await sleep(wait, never);
    }
  }
}
