/** Who works on something, and until when the others leave it alone. */
export interface Lease {
  owner: string;
  until: number;
}

/** Something that may be due. */
export interface Dueable {
  /** In which order it came: the first of two that are due at the same moment. */
  readonly order: number;
  lease: Lease | null;
}

/** Finds what is due first without looking at the rest. */
export interface DueIndex<T extends Dueable> {
  /** To be called whenever a row is new or its time has changed. */
  moved(row: T): void;
  /** Leases what is due and free, earliest first. */
  take(now: number, limit: number, lease: Lease): T[];
  /** Leases one row if it is due and free. */
  takeOne(row: T, now: number, lease: Lease): T[];
  /** The earliest time of a free row, or the end of a lease if that comes first. */
  next(now: number): number | null;
}

interface Entry<T> {
  at: number;
  row: T;
}

/**
 * A heap by time. A row that moves leaves its old entry behind, which is dropped when its turn comes.
 *
 * @param dueAt when a row is due now; null: it is not in this index, or never due
 */
export function createDueIndex<T extends Dueable>(dueAt: (row: T) => number | null): DueIndex<T> {
  const heap: Entry<T>[] = [];
  const listed = new Map<T, number>();
  const leased = new Set<T>();

  const isBefore = (a: Entry<T>, b: Entry<T>) => (a.at !== b.at ? a.at < b.at : a.row.order < b.row.order);

  function push(entry: Entry<T>): void {
    let at = heap.length;
    heap.push(entry);
    while (at > 0) {
      const above = (at - 1) >> 1;
      const parent = heap[above];
      if (parent === undefined || !isBefore(entry, parent)) break;
      heap[at] = parent;
      at = above;
    }
    heap[at] = entry;
  }

  function pop(): void {
    const last = heap.pop();
    if (last === undefined || heap.length === 0) return;
    let at = 0;
    for (;;) {
      const left = 2 * at + 1;
      const [one, other] = [heap[left], heap[left + 1]];
      if (one === undefined) break;
      const isOther = other !== undefined && isBefore(other, one);
      const child = isOther ? other : one;
      if (!isBefore(child, last)) break;
      heap[at] = child;
      at = isOther ? left + 1 : left;
    }
    heap[at] = last;
  }

  /** Drops what is at the top and no longer true; the earliest entry that is. */
  function first(): Entry<T> | null {
    for (let top = heap[0]; top !== undefined; top = heap[0]) {
      if (dueAt(top.row) === top.at && listed.get(top.row) === top.at) return top;
      pop();
      if (listed.get(top.row) === top.at) listed.delete(top.row);
    }
    return null;
  }

  /** Looks at entries from the earliest on, for as long as it is told to; they stay. */
  function walk(look: (entry: Entry<T>) => 'on' | 'stop'): void {
    const seen: Entry<T>[] = [];
    for (let entry = first(); entry !== null; entry = first()) {
      if (look(entry) === 'stop') break;
      seen.push(entry);
      pop();
    }
    for (const entry of seen) push(entry);
  }

  function isFree({ lease }: T, now: number): boolean {
    return lease === null || lease.until <= now;
  }

  function takeOne(row: T, now: number, lease: Lease): T[] {
    if ((dueAt(row) ?? Number.POSITIVE_INFINITY) > now || !isFree(row, now)) return [];
    row.lease = { ...lease };
    leased.add(row);
    return [row];
  }

  return {
    moved(row) {
      const at = dueAt(row);
      if (at === null || listed.get(row) === at) return;
      listed.set(row, at);
      push({ at, row });
    },
    take(now, limit, lease) {
      const taken: T[] = [];
      walk(({ at, row }) => {
        if (at > now || taken.length >= limit) return 'stop';
        taken.push(...takeOne(row, now, lease));
        return 'on';
      });
      return taken;
    },
    takeOne,
    next(now) {
      let earliest: number | null = null;
      for (const row of leased) {
        if (isFree(row, now)) leased.delete(row);
        else earliest = Math.min(earliest ?? Number.POSITIVE_INFINITY, row.lease?.until ?? now);
      }
      walk(({ at, row }) => {
        if (!isFree(row, now)) return 'on';
        earliest = Math.min(earliest ?? at, at);
        return 'stop';
      });
      return earliest;
    },
  };
}
