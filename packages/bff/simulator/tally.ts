/** Counts of what happened, by name: `fault: …`, `cell: …`, `intent: …`. Shows that the worlds are rich. */
export interface Tally {
  add(name: string, count?: number): void;
  addAll(counts: Iterable<readonly [string, number]>): void;
  readonly counts: ReadonlyMap<string, number>;
  /** Sum of all whose name begins so. */
  sum(prefix: string): number;
}

export function createTally(): Tally {
  const counts = new Map<string, number>();
  const add = (name: string, count = 1) => counts.set(name, (counts.get(name) ?? 0) + count);
  return {
    add,
    addAll(more) {
      for (const [name, count] of more) add(name, count);
    },
    counts,
    sum: (prefix) =>
      [...counts].reduce((sum, [name, count]) => (name.startsWith(prefix) ? sum + count : sum), 0),
  };
}
