import type { Payout, PayoutRecord } from '../../payout/payout.js';
import type { NoticeState } from '../notice.js';
import {
  type BatchResult,
  type LeaseRequest,
  type ListRequest,
  type NoticeListRequest,
  type Place,
  type Statement,
  type Store,
  StoreError,
} from '../store.js';
import { createWatchers, type Watchers } from '../watchers.js';
import { verdictOf } from './failure.js';
import { patiently } from './patience.js';
import type { Cell } from './rows.js';
import { readAttempt, readFlip, readJournal, readNotice, readPayout, readPersonal } from './rows.js';
import { type Sql, toSql } from './statements.js';

/**
 * What a database must bring to be a store: everything else is the same SQL. What it throws is a `SqlFailure`, which
 * says what became of the work.
 */
export interface SqlDriver {
  /** Runs the statements in one transaction: all of them or none. */
  write(statements: readonly Sql[]): Promise<void>;
  /** Runs one statement by itself and gives its rows back. */
  query(statement: Sql): Promise<readonly unknown[]>;
  /** Runs one statement that leases, as `query` does; a crash of the machine may undo it, since a lease is courtesy. */
  lease?(statement: Sql): Promise<readonly unknown[]>;
  /** The database's own time, in milliseconds since the epoch, as an SQL expression. */
  now(): Sql;
  /** What a lease adds to its select so that workers do not wait for each other; empty where writers queue anyway. */
  skipLocked: string;
  /** How many parameters one statement may have. */
  maxParameters: number;
  /** How long work that failed for a passing reason is tried again, in milliseconds. */
  patience: number;
  close(): Promise<void>;
}

/** The time as the database sees it; a test that has its own gives it as a parameter. */
export function nowSql(expression: string, clock: { now(): number } | undefined): () => Sql {
  const fromDatabase: Sql = { sql: expression, parameters: [] };
  return () => (clock ? { sql: 'CAST(? AS BIGINT)', parameters: [clock.now()] } : fromDatabase);
}

/** A store over any database that takes the kit's SQL. */
export function sqlStore(driver: SqlDriver, watchers: Watchers | null = createWatchers()): Store {
  /** A question may be asked again whatever became of it. */
  const query = (sql: string, ...parameters: readonly Cell[]) =>
    patiently(driver.patience, () => driver.query({ sql, parameters }), mayHelp);

  /** A lease by one statement; unlike a question it is not made twice. */
  const change = (sql: string, ...parameters: readonly Cell[]) =>
    patiently(
      driver.patience,
      () => (driver.lease ? driver.lease({ sql, parameters }) : driver.query({ sql, parameters })),
      (error) => verdictOf(error) === 'again',
    );

  async function one<T>(
    read: (row: unknown) => T,
    sql: string,
    ...parameters: readonly Cell[]
  ): Promise<T | null> {
    const [row] = await query(sql, ...parameters);
    return row === undefined ? null : read(row);
  }

  /** A reader may see attempts a moment newer than their payout: whatever is decided on that loses by its version. */
  async function withAttempts(payouts: readonly Payout[]): Promise<PayoutRecord[]> {
    const records: PayoutRecord[] = [];
    for (let from = 0; from < payouts.length; from += driver.maxParameters) {
      const some = payouts.slice(from, from + driver.maxParameters);
      const marks = some.map(() => '?').join(', ');
      const sql = `SELECT * FROM b131_attempts WHERE payout_id IN (${marks}) ORDER BY payout_id, number`;
      const attempts = (await query(sql, ...some.map(({ id }) => id))).map(readAttempt);
      for (const payout of some)
        records.push({ payout, attempts: attempts.filter(({ payoutId }) => payoutId === payout.id) });
    }
    return records;
  }

  async function record(sql: string, ...parameters: readonly Cell[]): Promise<PayoutRecord | null> {
    const payout = await one(readPayout, sql, ...parameters);
    const [found] = payout ? await withAttempts([payout]) : [];
    return found ?? null;
  }

  /**
   * An answer that was lost says nothing about the batch. The batch is then simply written again: if it had been
   * committed, or still is being, its own journal entry refuses the second writing, and that entry tells whose it is.
   * Without a journal entry nothing could tell, so such a batch is not written again.
   */
  async function batch(statements: readonly Statement[]): Promise<BatchResult> {
    const id = crypto.randomUUID();
    const sql = statements.flatMap((statement) => toSql(statement, id));
    const proof = statements.find((statement) => statement.do === 'append')?.entry;
    let inDoubt = false;

    async function write(): Promise<BatchResult> {
      try {
        await driver.write(sql);
        return { committed: true };
      } catch (error) {
        const verdict = verdictOf(error);
        if (verdict === 'unknown') inDoubt = true;
        if (verdict !== 'taken' && verdict !== 'limit') throw error;
        const ours = inDoubt && proof !== undefined && (await batchOf(proof)) === id;
        return ours ? { committed: true } : { committed: false, because: verdict };
      }
    }

    try {
      const again = (error: unknown) => (inDoubt && !proof ? false : mayHelp(error));
      const result = await patiently(driver.patience, write, again);
      if (result.committed) watchers?.tell(statements);
      return result;
    } catch (error) {
      throw inDoubt ? outcomeUnknown(error) : error;
    }
  }

  /** Which batch wrote a journal entry. */
  async function batchOf({ payoutId, version }: { payoutId: string; version: number }) {
    const sql = 'SELECT batch FROM b131_journal WHERE payout_id = ? AND version = ?';
    return one(readText('batch'), sql, payoutId, version);
  }

  /** One statement finds and takes: two workers can never take the same row. */
  function takeDue(
    table: 'b131_payouts' | 'b131_notices',
    request: LeaseRequest,
  ): Promise<readonly unknown[]> {
    const { scope, owner, ttl, limit, payoutId } = request;
    const now = driver.now();
    const only = payoutId === undefined ? '' : 'AND id = ?';
    // Materialized: a planner that ran the select once for each row of the table would take more than the limit.
    const sql = `WITH due AS MATERIALIZED (
        SELECT id FROM ${table} WHERE scope = ? AND due_at <= ${now.sql}
          AND (lease_until IS NULL OR lease_until <= ${now.sql}) ${only}
        ORDER BY due_at LIMIT ? ${driver.skipLocked})
      UPDATE ${table} SET lease_owner = ?, lease_until = ${now.sql} + ?
      WHERE id IN (SELECT id FROM due) RETURNING *`;
    const which = [
      scope,
      ...now.parameters,
      ...now.parameters,
      ...(payoutId === undefined ? [] : [payoutId]),
    ];
    return change(sql, ...which, limit, owner, ...now.parameters, ttl);
  }

  return {
    batch,
    load: (id) => record('SELECT * FROM b131_payouts WHERE id = ?', id),
    loadByRef: (scope, ref) => record('SELECT * FROM b131_payouts WHERE scope = ? AND ref = ?', scope, ref),
    loadBySession: (scope, sessionId) =>
      record(
        `SELECT b131_payouts.* FROM b131_payouts JOIN b131_attempts ON b131_attempts.payout_id = b131_payouts.id
         WHERE b131_attempts.session_id = ? AND b131_payouts.scope = ?`,
        ...[sessionId, scope],
      ),
    personal: (payoutId) => one(readPersonal, 'SELECT * FROM b131_personal WHERE payout_id = ?', payoutId),
    async journal(payoutId, after, limit) {
      const sql = 'SELECT * FROM b131_journal WHERE payout_id = ? AND version > ? ORDER BY version LIMIT ?';
      return (await query(sql, payoutId, after, limit)).map(readJournal);
    },
    async lease(request) {
      const payouts = (await takeDue('b131_payouts', request)).map(readPayout);
      return withAttempts(payouts.sort((a, b) => (a.dueAt ?? 0) - (b.dueAt ?? 0)));
    },
    async renew(payoutId, owner, ttl) {
      const now = driver.now();
      const sql = `UPDATE b131_payouts SET lease_until = ${now.sql} + ? WHERE id = ? AND lease_owner = ? RETURNING id`;
      return (await change(sql, ...now.parameters, ttl, payoutId, owner)).length > 0;
    },
    async leaseNotices(request) {
      const notices = (await takeDue('b131_notices', request)).map(readNotice);
      return notices.sort((a, b) => (a.dueAt ?? 0) - (b.dueAt ?? 0));
    },
    nextDue(scope) {
      const { sql, parameters } = nextDueSql(driver.now(), scope);
      return one(readTime, sql, ...parameters);
    },
    async list(request) {
      const { sql, parameters } = listSql(request);
      return (await query(sql, ...parameters)).map(readPayout);
    },
    async notices(payoutId) {
      const sql = 'SELECT * FROM b131_notices WHERE payout_id = ? ORDER BY version';
      return (await query(sql, payoutId)).map(readNotice);
    },
    async listNotices(request) {
      const { sql, parameters } = noticeListSql(request);
      return (await query(sql, ...parameters)).map(readNotice);
    },
    async switchLog(scope, name, limit) {
      const sql =
        'SELECT * FROM b131_switches WHERE scope = ? AND name = ? ORDER BY at DESC, id DESC LIMIT ?';
      return (await query(sql, scope, name, limit)).map(readFlip);
    },
    ...(watchers ? { watch: watchers.watch } : {}),
    async ready() {
      const touch = 'UPDATE b131_payouts SET version = version WHERE id = ?';
      await patiently(driver.patience, () => driver.write([{ sql: touch, parameters: [''] }]), mayHelp);
    },
    close: () => driver.close(),
  };
}

function mayHelp(error: unknown): boolean {
  const verdict = verdictOf(error);
  return verdict === 'again' || verdict === 'unknown';
}

function outcomeUnknown(error: unknown): StoreError {
  const what = error instanceof Error ? error.message : 'The store did not answer.';
  return new StoreError(
    'unavailable',
    `${what} Whether the last batch was committed is not known: read before deciding anything.`,
    { cause: error },
  );
}

/** The first due row nobody works on, or the end of the first lease: both are found in an index. */
function nextDueSql(now: Sql, scope: string): Sql {
  const parts = ['b131_payouts', 'b131_notices'].flatMap((table) => [
    `SELECT MIN(due_at) AS at FROM ${table} WHERE scope = ? AND due_at IS NOT NULL
      AND (lease_until IS NULL OR lease_until <= ${now.sql})`,
    `SELECT MIN(lease_until) AS at FROM ${table} WHERE scope = ? AND lease_until > ${now.sql}`,
  ]);
  return {
    sql: `SELECT MIN(at) AS at FROM (${parts.join(' UNION ALL ')}) AS chances`,
    parameters: parts.flatMap(() => [scope, ...now.parameters]),
  };
}

function readTime(row: unknown): number | null {
  if (typeof row !== 'object' || row === null || !('at' in row)) return null;
  return typeof row.at === 'number' ? row.at : null;
}

function readText(column: string): (row: unknown) => string | null {
  return (row) => {
    const cell =
      typeof row === 'object' && row !== null ? Object.entries(row).find(([name]) => name === column) : null;
    return typeof cell?.[1] === 'string' ? cell[1] : null;
  };
}

/** A condition and its parameter. */
type Condition = readonly [string, Cell];

function listSql({ scope, from, until, limit, after, ...exact }: ListRequest): Sql {
  const { status, attention, subject, ref } = exact;
  const conditions: Condition[] = [['scope = ?', scope]];
  if (status !== undefined) conditions.push(['status = ?', status]);
  if (attention !== undefined) conditions.push(['attention = ?', attention]);
  if (subject !== undefined) conditions.push(['subject = ?', subject]);
  if (ref !== undefined) conditions.push(['ref = ?', ref]);
  if (from !== undefined) conditions.push(['created_at >= ?', from]);
  if (until !== undefined) conditions.push(['created_at < ?', until]);
  return newestFirst('b131_payouts', conditions, after, limit);
}

const inState: Readonly<Record<NoticeState, string>> = {
  pending: 'due_at IS NOT NULL',
  delivered: 'due_at IS NULL AND delivered_at IS NOT NULL',
  given_up: 'due_at IS NULL AND delivered_at IS NULL',
};

function noticeListSql({ scope, id, payoutId, state, limit, after }: NoticeListRequest): Sql {
  const conditions: Condition[] = [
    [`scope = ?${state === undefined ? '' : ` AND ${inState[state]}`}`, scope],
  ];
  if (id !== undefined) conditions.push(['id = ?', id]);
  if (payoutId !== undefined) conditions.push(['payout_id = ?', payoutId]);
  return newestFirst('b131_notices', conditions, after, limit);
}

function newestFirst(
  table: 'b131_payouts' | 'b131_notices',
  conditions: readonly Condition[],
  after: Place | undefined,
  limit: number,
): Sql {
  const where = conditions.map(([condition]) => condition);
  const parameters = conditions.map(([, cell]) => cell);
  if (after) {
    where.push('(created_at < ? OR (created_at = ? AND id < ?))');
    parameters.push(after.createdAt, after.createdAt, after.id);
  }
  return {
    sql: `SELECT * FROM ${table} WHERE ${where.join(' AND ')} ORDER BY created_at DESC, id DESC LIMIT ?`,
    parameters: [...parameters, limit],
  };
}
