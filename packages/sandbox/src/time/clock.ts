/** Where the bank takes its time from. A simulator passes a virtual one: see `virtualClock`. */
export interface Clock {
  /** Milliseconds since 1970, UTC. */
  now(): number;
  /** Calls `fn` once, `ms` milliseconds from now. The answer is only ever given back to `clearTimeout`. */
  setTimeout(fn: () => void, ms: number): unknown;
  clearTimeout(handle: unknown): void;
}

/** The machine's own clock. Its timers never keep a Node process alive by themselves. */
export function systemClock(): Clock {
  const timers = new Map<number, ReturnType<typeof setTimeout>>();
  let last = 0;
  return {
    now: () => Date.now(),
    setTimeout(fn, ms) {
      const handle = ++last;
      const timer = setTimeout(() => {
        timers.delete(handle);
        fn();
      }, ms);
      if (typeof timer === 'object') timer.unref();
      timers.set(handle, timer);
      return handle;
    },
    clearTimeout(handle) {
      if (typeof handle !== 'number') return;
      clearTimeout(timers.get(handle));
      timers.delete(handle);
    },
  };
}
