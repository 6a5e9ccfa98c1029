import { BffError } from '../bff/problem.js';
import { sleep, waitBefore } from '../timing/waits.js';

const waits = { first: 300, longest: 2_000 };
const attempts = 3;
/** A backend that wants to be left alone for longer is tried again by the recipient, in milliseconds. */
const longestSilence = 10_000;
/** Refusals for the load alone: nothing was begun. */
const loadCodes: ReadonlySet<string> = new Set(['busy', 'rate_limited']);

/** Repeats a request that moves no money when the network or the load fails it; any other answer is final. */
export async function steadily<T>(work: () => Promise<T>, signal: AbortSignal): Promise<T> {
  for (let tries = 0; ; tries++) {
    try {
      return await work();
    } catch (error) {
      const lost = error instanceof BffError && error.code === 'network';
      const wait = lost ? waitBefore(tries, waits) : waitForLoad(error, tries);
      if (wait === null || tries + 1 >= attempts) throw error;
      await sleep(wait, signal);
    }
  }
}

/**
 * How long to wait before a request is repeated that was refused for the load, in milliseconds: as long as the backend
 * asks for and a little more, so that not all come back at once. Null for every other error, and for too long a wait.
 */
export function waitForLoad(error: unknown, tries: number): number | null {
  if (!(error instanceof BffError) || !loadCodes.has(error.code)) return null;
  const asked = error.retryAfter ?? 0;
  return asked > longestSilence ? null : asked + waitBefore(tries, waits);
}
