/** A limit on how long something may take, set by the clock and by the caller. */
export interface Deadline {
  /** Aborts when the limit is reached. */
  readonly signal: AbortSignal;
  /** Which limit was reached, if any. */
  reached(): 'timeout' | 'aborted' | undefined;
  /** Waits for the work, but not beyond the limit, even if the work does not listen to the signal. */
  race<T>(work: Promise<T>): Promise<T>;
  /** Call when done: stops the clock. */
  clear(): void;
}

/** Starts the clock. `Infinity` milliseconds: only the caller's signal counts. */
export function startDeadline(milliseconds: number, callerSignal: AbortSignal | undefined): Deadline {
  const controller = new AbortController();
  let reached: 'timeout' | 'aborted' | undefined;
  const stop = (by: 'timeout' | 'aborted') => {
    reached ??= by;
    controller.abort();
  };
  const onAbort = () => stop('aborted');
  const timer = milliseconds <= longestTimer ? setTimeout(() => stop('timeout'), milliseconds) : undefined;
  callerSignal?.addEventListener('abort', onAbort, { once: true });
  if (callerSignal?.aborted) onAbort();

  return {
    signal: controller.signal,
    reached: () => reached,
    race: (work) => raceSignal(work, controller.signal),
    clear() {
      clearTimeout(timer);
      callerSignal?.removeEventListener('abort', onAbort);
    },
  };
}

/** What timers can hold, about 24 days; longer is without limit. */
const longestTimer = 2 ** 31 - 1;

function raceSignal<T>(work: Promise<T>, signal: AbortSignal): Promise<T> {
  return new Promise<T>((resolve, reject) => {
    const onAbort = () => reject(new Error('aborted'));
    if (signal.aborted) onAbort();
    signal.addEventListener('abort', onAbort, { once: true });
    work.then(resolve, reject).finally(() => signal.removeEventListener('abort', onAbort));
  });
}
