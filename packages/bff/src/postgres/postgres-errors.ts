import postgres from 'postgres';
import { SqlFailure, type Verdict } from '../store/sql/failure.js';
import { StoreError } from '../store/store.js';

/** How far the work was when it failed: `alone` is one statement that commits itself. */
export type Phase = 'before' | 'commit' | 'alone';

/** Postgres did not answer in time; what it still does is not known. */
export class TimeoutError extends Error {
  constructor(ms: number) {
    super(`no answer within ${ms} ms`);
  }
}

/** The store was closed. */
export class ClosedError extends Error {}

type Reason = [verdict: Verdict, reason: StoreError['reason'], problem: string];

// By SQLSTATE, as appendix A of the manual of Postgres lists them: an answer of Postgres, so nothing is in doubt.
const refusals: { readonly [code: string]: Reason } = {
  '23505': ['taken', 'unavailable', 'has that row already'],
  '23514': ['limit', 'unavailable', 'keeps totals below their ceiling'],
  '40001': ['again', 'busy', 'could not serialize the transactions that run at once'],
  '40P01': ['again', 'busy', 'was in a deadlock'],
  '55P03': ['again', 'busy', 'is held by another transaction for too long'],
  '57014': ['again', 'busy', 'took longer than its statement_timeout allows'],
  '25006': ['again', 'read_only', 'is read-only: give the address of the primary'],
  '53100': ['failed', 'full', 'has no room left on its disk'],
  '53200': ['again', 'unavailable', 'is out of memory'],
  XX001: ['failed', 'corrupt', 'reports corrupt data: stop, keep a copy, and restore the last good backup'],
  XX002: ['failed', 'corrupt', 'reports a corrupt index: rebuild it with REINDEX'],
  '42501': ['failed', 'unavailable', 'does not let this user do that: grant it the rights to its tables'],
  '3F000': ['failed', 'unavailable', 'has no schema for the tables: create the one that search_path names'],
};

// Before a connection is there: nothing was sent.
const unreached: { readonly [code: string]: Reason } = {
  '28P01': ['failed', 'unavailable', 'refuses the password'],
  '28000': ['failed', 'unavailable', 'refuses the user'],
  '3D000': ['failed', 'unavailable', 'does not exist: create the database'],
  '53300': [
    'again',
    'unavailable',
    'has no connection left: raise max_connections, or give the store a lower max',
  ],
  '57P03': ['again', 'unavailable', 'is starting up or shutting down'],
  ECONNREFUSED: ['again', 'unavailable', 'refuses connections: see that it runs and listens'],
  ENOTFOUND: ['again', 'unavailable', 'is a host that nobody knows'],
  EAI_AGAIN: ['again', 'unavailable', 'is a host that cannot be looked up now'],
  CONNECT_TIMEOUT: ['again', 'unavailable', 'does not answer'],
};

/** True when there is no connection any more, or none that answers. */
export function isLost(error: unknown): boolean {
  if (error instanceof postgres.PostgresError) return error.severity !== 'ERROR';
  return error instanceof TimeoutError || (error instanceof Error && 'errno' in error);
}

/** True when the connection leads to a server that takes no writes: the next one may lead to another. */
export function isStandby(error: unknown): boolean {
  return error instanceof postgres.PostgresError && error.code === '25006';
}

/** The error callers see: which database, what is wrong, the way out. Never a password, never a row's content. */
export function toFailure(error: unknown, phase: Phase, database: string): StoreError {
  if (error instanceof StoreError) return error;
  const code = codeOf(error);
  const [verdict, reason, problem] = judge(error, code, phase);
  const cause = new Error([code, wordsOf(error, code)].filter((part) => part !== null).join(': '));
  return new SqlFailure(verdict, reason, `postgresStore: ${database} ${problem}.`, { cause });
}

function judge(error: unknown, code: string | null, phase: Phase): Reason {
  if (error instanceof ClosedError) return ['failed', 'unavailable', 'was closed by this process'];
  if (error instanceof TimeoutError) return ['unknown', 'unavailable', `gives no answer (${error.message})`];
  if (error instanceof postgres.PostgresError && error.severity === 'ERROR')
    return (
      refusals[error.code] ?? ['failed', 'unavailable', `refuses what was asked (SQLSTATE ${error.code})`]
    );
  const early = code === null ? undefined : unreached[code];
  if (early) return early;
  const verdict = phase === 'before' ? 'again' : 'unknown';
  return [verdict, 'unavailable', `was lost in the middle of work (${code ?? 'unexpected error'})`];
}

function codeOf(error: unknown): string | null {
  if (!(error instanceof Error) || !('code' in error)) return null;
  return typeof error.code === 'string' ? error.code : null;
}

/** Not the error itself, which carries the row and the parameters; and of class 22 (data) not even the message. */
function wordsOf(error: unknown, code: string | null): string | null {
  return error instanceof Error && !code?.startsWith('22') ? error.message : null;
}
