import type { DatabaseSync } from 'node:sqlite';
import type { Sql } from '../store/sql/statements.js';

export interface GroupCommit {
  /** Resolves once the statements are committed, all of them; rejects when none is. */
  write(statements: readonly Sql[]): Promise<void>;
  /** Commits what waits, now. */
  flush(): void;
}

/** A batch, and who waits for it. */
interface Batch {
  statements: readonly Sql[];
  resolve: () => void;
  reject: (error: unknown) => void;
}

/**
 * Commits the batches of one turn of the event loop together. A commit costs a sync of the disk, and while that lasts,
 * batches of other payouts gather: they share the next one. Each is all or nothing by itself, as if it were alone, and
 * nobody is answered before the sync.
 *
 * @param later when to commit: by default at the end of the turn
 */
export function createGroupCommit(
  database: DatabaseSync,
  run: (statement: Sql) => void,
  later: (flush: () => void) => void = setImmediate,
): GroupCommit {
  let waiting: Batch[] = [];

  function flush(): void {
    const batches = waiting;
    waiting = [];
    if (batches.length === 0) return;
    try {
      const refusals = transaction(database, run, () => batches.map(attempt));
      for (const [index, { resolve, reject }] of batches.entries()) {
        const refusal = refusals[index];
        if (refusal) reject(refusal.error);
        else resolve();
      }
    } catch (error) {
      for (const { reject } of batches) reject(error);
    }
  }

  /** Why a batch is not written, the others being none the worse for it; null when it is. */
  function attempt({ statements }: Batch): { error: unknown } | null {
    run(savepoint);
    try {
      for (const statement of statements) run(statement);
      run(release);
      return null;
    } catch (error) {
      // Some errors have rolled everything back already: then nobody's batch is written.
      if (!database.isTransaction) throw error;
      run(undo);
      run(release);
      return { error };
    }
  }

  return {
    write: (statements) =>
      new Promise((resolve, reject) => {
        waiting.push({ statements, resolve, reject });
        if (waiting.length === 1) later(flush);
      }),
    flush,
  };
}

const word = (sql: string): Sql => ({ sql, parameters: [] });
const savepoint = word('SAVEPOINT batch');
const release = word('RELEASE batch');
const undo = word('ROLLBACK TO batch');

/** Runs the work in one transaction: all of it or nothing. */
export function transaction<T>(database: DatabaseSync, run: (statement: Sql) => void, work: () => T): T {
  run(word('BEGIN IMMEDIATE'));
  try {
    const result = work();
    run(word('COMMIT'));
    return result;
  } catch (error) {
    // Some errors have rolled back already.
    if (database.isTransaction) run(word('ROLLBACK'));
    throw error;
  }
}
