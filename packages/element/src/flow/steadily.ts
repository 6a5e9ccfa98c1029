import { BffError } from '../bff/problem.js';
import { sleep, waitBefore } from '../timing/waits.js';

const waits = { first: 300, longest: 2_000 };
const attempts = 3;

/** Repeats a request that moves no money when the network fails it; any answer is final. */
export async function steadily<T>(work: () => Promise<T>, signal: AbortSignal): Promise<T> {
  for (let tries = 0; ; tries++) {
    try {
      return await work();
    } catch (error) {
      const passing = error instanceof BffError && error.code === 'network';
      if (!passing || tries + 1 >= attempts) throw error;
      await sleep(waitBefore(tries, waits), signal);
    }
  }
}
