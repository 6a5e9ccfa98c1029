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
