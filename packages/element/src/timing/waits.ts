/** How waits grow: full jitter over an exponentially growing ceiling, all in milliseconds. */
export interface Waits {
  readonly first: number;
  readonly longest: number;
}

/** The wait before try number `tries` (0 = the first repetition), never less than a third of its ceiling. */
export function waitBefore(tries: number, { first, longest }: Waits): number {
  const ceiling = Math.min(longest, first * 2 ** tries);
  return ceiling / 3 + Math.random() * ceiling * (2 / 3);
}

/** Resolves after `ms`; rejects with the signal's reason when it is aborted first. */
export function sleep(ms: number, signal: AbortSignal): Promise<void> {
  return new Promise((resolve, reject) => {
    if (signal.aborted) {
      reject(signal.reason);
      return;
    }
    const stop = (): void => {
      clearTimeout(timer);
      reject(signal.reason);
    };
    const timer = setTimeout(() => {
      signal.removeEventListener('abort', stop);
      resolve();
    }, ms);
    signal.addEventListener('abort', stop, { once: true });
  });
}

/** The promise, or the signal's reason as soon as it is aborted. */
export function unlessAborted<T>(promise: Promise<T>, signal: AbortSignal): Promise<T> {
  return new Promise((resolve, reject) => {
    const stop = (): void => reject(signal.reason);
    if (signal.aborted) return stop();
    signal.addEventListener('abort', stop, { once: true });
    promise.then(resolve, reject).finally(() => signal.removeEventListener('abort', stop));
  });
}
