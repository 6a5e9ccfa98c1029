import { accessSync, constants, existsSync, mkdirSync, statSync } from 'node:fs';
import { dirname, resolve } from 'node:path';
import { DatabaseSync, type StatementSync } from 'node:sqlite';
import { verdictOf } from '../store/sql/failure.js';
import { migrations } from '../store/sql/schema.js';
import { nowSql, type SqlDriver, sqlStore } from '../store/sql/sql-store.js';
import type { Sql } from '../store/sql/statements.js';
import type { Store } from '../store/store.js';
import { StoreError } from '../store/store.js';
import { createGroupCommit, transaction } from './group-commit.js';
import { toStoreError } from './sqlite-errors.js';

export interface SqliteStoreOptions {
  /** The database file; made, with its folder, if missing. `:memory:` for a store that ends with the process. */
  path: string;
  /** How long opening, and each write, waits for other processes on the same file, in milliseconds; default 5000. */
  busyTimeout?: number;
  /** For tests: what plays the database's clock. */
  clock?: { now(): number };
}

/**
 * Keeps payouts in one SQLite file (`node:sqlite`), durable at every commit: WAL with full sync. Batches that come at once
 * share a commit; only leases, which permit nothing, are not waited for. Several processes on one machine may share the file.
 *
 * @throws {StoreError} when the path cannot be written, is no database, or comes from a newer version of the kit.
 */
export function sqliteStore(options: SqliteStoreOptions): Store {
  return sqlStore(sqliteDriver(options));
}

function sqliteDriver({ path, busyTimeout = 5000, clock }: SqliteStoreOptions): SqlDriver {
  const database = open(path, busyTimeout);
  const prepared = new Map<string, StatementSync>();

  function prepare(sql: string): StatementSync {
    const known = prepared.get(sql) ?? database.prepare(sql);
    prepared.set(sql, known);
    return known;
  }

  const run = ({ sql, parameters }: Sql) => void prepare(sql).run(...parameters);
  // In memory there is no disk to share a sync of.
  const { write, flush } = createGroupCommit(database, run, path === ':memory:' ? (now) => now() : undefined);

  async function attempt<T>(work: () => T | Promise<T>): Promise<T> {
    try {
      return await work();
    } catch (error) {
      throw toStoreError(error, path);
    }
  }

  return {
    write: (statements) => attempt(() => write(statements)),
    query: ({ sql, parameters }) => attempt(() => prepare(sql).all(...parameters)),
    // The next commit syncs what this one wrote; until then only a loss of power could undo it.
    lease: ({ sql, parameters }) =>
      attempt(() => {
        // Not prepared: this pragma acts when it is compiled, so a statement that is kept acts but once.
        database.exec('PRAGMA synchronous = NORMAL');
        try {
          return prepare(sql).all(...parameters);
        } finally {
          database.exec('PRAGMA synchronous = FULL');
        }
      }),
    now: nowSql("CAST(unixepoch('subsec') * 1000 AS INTEGER)", clock),
    skipLocked: '',
    maxParameters: 1000,
    patience: busyTimeout,
    async close() {
      if (!database.isOpen) return;
      flush();
      prepared.clear();
      database.close();
    },
  };
}

/**
 * SQLite itself does not wait everywhere: not while another process makes the file a WAL one, and not while the last one
 * to leave tidies it up. Replicas that start at the same moment would turn each other away.
 */
function open(path: string, patience: number): DatabaseSync {
  const giveUpAt = performance.now() + patience;
  for (;;) {
    try {
      return openOnce(path);
    } catch (error) {
      const failure = toStoreError(error, path);
      if (verdictOf(failure) !== 'again' || performance.now() > giveUpAt) throw failure;
    }
    // Nothing is being served yet, so the process may stand still.
    Atomics.wait(new Int32Array(new SharedArrayBuffer(4)), 0, 0, 5 + Math.random() * 20);
  }
}

function openOnce(path: string): DatabaseSync {
  if (path !== ':memory:') assertWritable(resolve(path));
  const database = new DatabaseSync(path, { timeout: 2000 });
  try {
    database.exec('PRAGMA journal_mode = WAL; PRAGMA synchronous = FULL; PRAGMA foreign_keys = ON');
    migrate(database, path);
    // From here on waiting is asynchronous: a busy file must not hold up the whole process.
    database.exec('PRAGMA busy_timeout = 0');
    return database;
  } catch (error) {
    database.close();
    throw error;
  }
}

function assertWritable(file: string): void {
  try {
    makeFolder(dirname(file));
    // A file that is there and cannot be written is for SQLite to judge: its words are clearer.
    if (!existsSync(file)) accessSync(dirname(file), constants.W_OK);
  } catch (cause) {
    throw new StoreError(
      'unwritable_path',
      `sqliteStore: ${file} cannot be written. Give a path in a folder that this process may write to.`,
      { cause },
    );
  }
}

/** Node's own `recursive` never comes back from a folder in which nobody can make one, such as /proc. */
function makeFolder(folder: string): void {
  if (isFolder(folder)) return;
  makeFolder(dirname(folder));
  try {
    mkdirSync(folder);
  } catch (error) {
    // Another process that starts at the same moment may have been faster.
    if (!isFolder(folder)) throw error;
  }
}

function isFolder(path: string): boolean {
  return statSync(path, { throwIfNoEntry: false })?.isDirectory() ?? false;
}

function migrate(database: DatabaseSync, path: string): void {
  // Read without a lock first: a start must not wait for whoever writes just now.
  if (versionOf(database) === migrations.length) return;
  transaction(
    database,
    ({ sql }) => database.exec(sql),
    () => {
      const version = versionOf(database);
      if (version > migrations.length) {
        throw new StoreError(
          'newer_schema',
          `sqliteStore: ${path} was written by a newer version of the kit (schema ${version}, this one knows ${migrations.length}). Upgrade @b131/bff, or use the database it belongs to.`,
        );
      }
      for (const sql of migrations.slice(version).flat()) database.exec(sql);
      database.exec(`PRAGMA user_version = ${migrations.length}`);
    },
  );
}

function versionOf(database: DatabaseSync): number {
  return Number(database.prepare('PRAGMA user_version').get()?.user_version ?? 0);
}
