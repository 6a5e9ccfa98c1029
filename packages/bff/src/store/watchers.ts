import type { Statement } from './store.js';

/** Who in this process wants to know of changes. */
export interface Watchers {
  /** Calls back with the id of each payout that changed; gives back the way to stop that. */
  watch(listener: (payoutId: string) => void): () => void;
  /** Tells of a batch that was committed. */
  tell(statements: readonly Statement[]): void;
  /** Tells of one payout, whoever changed it. */
  tellOf(payoutId: string): void;
}

/** Tells listeners of this process which payouts a committed batch changed. */
export function createWatchers(): Watchers {
  const listeners = new Set<(payoutId: string) => void>();
  const tellOf = (payoutId: string) => {
    for (const listener of [...listeners]) listener(payoutId);
  };
  return {
    watch(listener) {
      listeners.add(listener);
      return () => listeners.delete(listener);
    },
    tell: (statements) => changedBy(statements).forEach(tellOf),
    tellOf,
  };
}

/** The payouts that a batch moves on. */
export function changedBy(statements: readonly Statement[]): string[] {
  return statements.flatMap((statement) => (statement.do === 'append' ? [statement.entry.payoutId] : []));
}
