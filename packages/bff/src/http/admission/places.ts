/**
 * Counts what is under way. A place that is not given back is taken back after a time: an edge runtime ends what
 * belongs to a request with it, and then nobody is left to give it back.
 */
export interface Places {
  /** How many are taken, of that key or of all. */
  taken(key?: string): number;
  /** Takes one; the answer gives it back, once. */
  take(key?: string): () => void;
}

/** @param longest milliseconds after which a place is taken back */
export function createPlaces(longest: number, clock: { now(): number }): Places {
  // In the order of their taking, so the oldest are found first.
  const held = new Map<symbol, { key: string; until: number }>();
  const counts = new Map<string, number>();

  function give(place: symbol): void {
    const one = held.get(place);
    if (!one) return;
    held.delete(place);
    const left = (counts.get(one.key) ?? 1) - 1;
    if (left === 0) counts.delete(one.key);
    else counts.set(one.key, left);
  }

  function takeBack(): void {
    const now = clock.now();
    for (const [place, { until }] of held) {
      if (until > now) return;
      give(place);
    }
  }

  return {
    taken(key) {
      takeBack();
      return key === undefined ? held.size : (counts.get(key) ?? 0);
    },
    take(key = '') {
      const place = Symbol();
      held.set(place, { key, until: clock.now() + longest });
      counts.set(key, (counts.get(key) ?? 0) + 1);
      return () => give(place);
    },
  };
}
