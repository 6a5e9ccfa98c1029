import { verdictOf } from '../store/sql/failure.js';
import { migrations } from '../store/sql/schema.js';
import { nowSql, type SqlDriver, sqlStore } from '../store/sql/sql-store.js';
import type { Sql } from '../store/sql/statements.js';
import { type Store, StoreError } from '../store/store.js';
import type { D1Binding, D1Prepared } from './d1-binding.js';
import { toFailure } from './d1-errors.js';
import { migrationSteps } from './migrations.js';

export interface D1StoreOptions {
  /** The binding itself, e.g. `env.DB`: not a session, which may read from a replica that lags behind. */
  db: D1Binding;
  /** How long work is tried again while D1 is busy or does not answer, in milliseconds; default 5000. */
  patience?: number;
  /** For tests: what plays the database's clock. */
  clock?: { now(): number };
}

/** Keeps payouts in Cloudflare D1. It makes its tables on first use, unless wrangler did; see `migrationFiles`. */
export function d1Store(options: D1StoreOptions): Store {
  // In a Worker a request cannot be woken by another one; what waited so would be lost with it, and stay in the list.
  return sqlStore(d1Driver(options), null);
}

function d1Driver({ db, patience = 5000, clock }: D1StoreOptions): SqlDriver {
  let migrated = false;

  /**
   * Once. That it is done is remembered, never the promise: a Worker may not wait for what another request has begun,
   * for it never ends when that request is cut off.
   */
  async function ready(): Promise<void> {
    if (migrated) return;
    await migrate(db);
    migrated = true;
  }

  return {
    write: (statements) =>
      orFailure(async () => {
        await ready();
        await db.batch(statements.map((statement) => prepared(db, statement)));
      }),
    query: (statement) =>
      orFailure(async () => {
        await ready();
        return (await prepared(db, statement).all()).results;
      }),
    now: nowSql("CAST(unixepoch('subsec') * 1000 AS INTEGER)", clock),
    // A D1 database does one thing at a time.
    skipLocked: '',
    maxParameters: 100,
    patience,
    async close() {},
  };
}

function prepared(db: D1Binding, { sql, parameters }: Sql): D1Prepared {
  const statement = db.prepare(sql);
  return parameters.length > 0 ? statement.bind(...parameters) : statement;
}

async function orFailure<T>(work: () => Promise<T>): Promise<T> {
  try {
    return await work();
  } catch (error) {
    throw toFailure(error);
  }
}

/**
 * Brings the schema to this version of the kit, one batch a version: if somebody else was faster, the stamp is taken
 * and the batch does nothing. A schema that is newer than this kit is refused.
 */
async function migrate(db: D1Binding): Promise<void> {
  for (let version = await versionOf(db); version < migrations.length; version = await versionOf(db)) {
    const steps = migrationSteps(version).map((sql) => db.prepare(sql));
    try {
      await db.batch(steps);
    } catch (error) {
      if (verdictOf(toFailure(error)) !== 'taken') throw error;
    }
  }
}

async function versionOf(db: D1Binding): Promise<number> {
  const table = await db.prepare("SELECT name FROM sqlite_master WHERE name = 'b131_schema'").all();
  if (table.results.length === 0) return 0;
  const { results } = await db.prepare('SELECT MAX(version) AS version FROM b131_schema').all();
  const version = readVersion(results[0]);
  if (version > migrations.length) {
    throw new StoreError(
      'newer_schema',
      `d1Store: the database was migrated by a newer version of the kit (schema ${version}, this one knows ${migrations.length}). Upgrade @b131/bff, or bind the database it belongs to.`,
    );
  }
  return version;
}

function readVersion(row: unknown): number {
  if (typeof row !== 'object' || row === null || !('version' in row)) return 0;
  return typeof row.version === 'number' ? row.version : 0;
}
