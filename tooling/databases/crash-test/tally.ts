/** What was done to the world, by name; and whether anything still is. */
export interface Tally {
  /** False once the world is calm: whoever makes faults asks before each. */
  readonly stormy: boolean;
  calmDown(): void;
  /** Resolves when the world has calmed down. */
  readonly calm: Promise<void>;
  count(fault: string): void;
  readonly total: number;
  /** Such as `bank answer lost 12, webhook lost 4`. */
  inWords(): string;
}

export function createTally(): Tally {
  const counts = new Map<string, number>();
  const calm = Promise.withResolvers<void>();
  let stormy = true;
  return {
    get stormy() {
      return stormy;
    },
    calmDown() {
      stormy = false;
      calm.resolve();
    },
    calm: calm.promise,
    count: (fault) => void counts.set(fault, (counts.get(fault) ?? 0) + 1),
    get total() {
      return [...counts.values()].reduce((sum, count) => sum + count, 0);
    },
    inWords: () => [...counts].map(([fault, count]) => `${fault} ${count}`).join(', ') || 'none',
  };
}
