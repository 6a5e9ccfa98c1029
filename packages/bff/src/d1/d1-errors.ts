import { SqlFailure, type Verdict } from '../store/sql/failure.js';
import { StoreError } from '../store/store.js';

type Reason = [verdict: Verdict, reason: StoreError['reason'], problem: string];

/**
 * D1 gives no codes: its messages are `D1_ERROR: ` and what SQLite said, with `SQLITE_…` behind it, or what became of
 * the database's object. The first that fits counts.
 */
const messages: readonly [RegExp, ...Reason][] = [
  [/UNIQUE constraint failed/, 'taken', 'unavailable', 'has that row already'],
  [/CHECK constraint failed/, 'limit', 'unavailable', 'keeps totals below their ceiling'],
  [/SQLITE_FULL|maximum DB size/i, 'failed', 'full', 'is as large as a D1 database may be'],
  [/SQLITE_CORRUPT|SQLITE_NOTADB/, 'failed', 'corrupt', 'is corrupt: restore it with Time Travel'],
  [/SQLITE_BUSY|SQLITE_LOCKED/, 'again', 'busy', 'is held by another query for too long'],
  [/no such table/, 'failed', 'unavailable', 'lacks a table of the kit: apply the migrations'],
  [
    /too many (API |sub)?requests by single worker/i,
    'failed',
    'busy',
    'may be asked no more by this request',
  ],
  [/SQLITE_/, 'failed', 'unavailable', 'refuses what was asked'],
  [/overloaded|too many requests queued/i, 'again', 'busy', 'has more to do than it can'],
];

/** Everything else is the way to the database, or the database's object while it was at work. */
const lost: Reason = ['unknown', 'unavailable', 'gave no answer'];

/** The error callers see: what is wrong and the way out. Never a row's content. */
export function toFailure(error: unknown): StoreError {
  if (error instanceof StoreError) return error;
  const text = error instanceof Error ? error.message : '';
  const [, ...reason] = messages.find(([pattern]) => pattern.test(text)) ?? [null, ...lost];
  const [verdict, kind, problem] = reason;
  return new SqlFailure(verdict, kind, `d1Store: the database ${problem}.`, { cause: error });
}
