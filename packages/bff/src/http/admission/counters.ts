/** Counts what happens under each key within one window of time, in bounded memory. */
export interface Counters {
  /** Counts one more and says how many that makes; 0 when there are too many keys to count this one as well. */
  hit(key: string): number;
  /** Milliseconds until the counting begins anew. */
  remaining(): number;
  /** When the window began, in milliseconds since the epoch. */
  since(): number;
}

/** Makes counters that begin anew with every window. */
export function createCounters(window: number, mostKeys: number, clock: { now(): number }): Counters {
  let counts = new Map<string, number>();
  let began = 0;

  function since(): number {
    const start = Math.floor(clock.now() / window) * window;
    if (start !== began) {
      began = start;
      counts = new Map();
    }
    return began;
  }

  return {
    since,
    remaining: () => since() + window - clock.now(),
    hit(key) {
      since();
      const count = counts.get(key);
      if (count === undefined && counts.size >= mostKeys) return 0;
      counts.set(key, (count ?? 0) + 1);
      return (count ?? 0) + 1;
    },
  };
}
