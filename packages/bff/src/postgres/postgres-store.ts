import type { Options } from 'postgres';
import { ConfigurationError } from '../secrets/configuration-error.js';
import { nowSql, type SqlDriver, sqlStore } from '../store/sql/sql-store.js';
import type { Store } from '../store/store.js';
import { createWatchers } from '../store/watchers.js';
import { createChangeNotices } from './change-notices.js';
import { type Connections, createConnections } from './connections.js';
import { migrate } from './migrate.js';

export interface PostgresStoreOptions {
  /**
   * `postgres://user:password@host:5432/database`. The tables are called `b131_…` and stand in the first schema of the
   * search path; `?search_path=payouts` names another one that exists.
   */
  url: string;
  /** What postgres.js takes besides: `ssl`, a `password` that is a function, `connect_timeout`, `prepare: false`. */
  connection?: Pick<
    Options<Record<string, never>>,
    'ssl' | 'password' | 'user' | 'connect_timeout' | 'keep_alive' | 'prepare' | 'target_session_attrs'
  >;
  /** Connections at most, default 10; one more hears of changes once somebody watches a payout. */
  max?: number;
  /** How long work is tried again while Postgres cannot be reached or is busy, in milliseconds; default 5000. */
  patience?: number;
  /** How long Postgres may take for one transaction, in milliseconds; default 10000. */
  timeout?: number;
  /** For tests: what plays the database's clock. */
  clock?: { now(): number };
}

/**
 * Keeps payouts in Postgres (12 or newer), for any number of replicas. It connects and makes its tables on first use,
 * so that it can be made while the database is away.
 *
 * @throws {ConfigurationError} when the url is none.
 */
export function postgresStore(options: PostgresStoreOptions): Store {
  if (!URL.canParse(options.url)) {
    throw new ConfigurationError(
      'url',
      'is no address of a Postgres; write it as postgres://user:password@host:5432/database, with %40 for an @ in the password',
    );
  }
  const connections = createConnections(options);
  const watchers = createWatchers();
  const notices = createChangeNotices(connections, watchers);
  return sqlStore(postgresDriver(connections, options), {
    ...watchers,
    watch(listener) {
      notices.listen();
      return watchers.watch(listener);
    },
    tell(statements) {
      watchers.tell(statements);
      notices.send(statements);
    },
  });
}

function postgresDriver(
  connections: Connections,
  { patience = 5000, clock }: PostgresStoreOptions,
): SqlDriver {
  let migrated: Promise<void> | null = null;

  /** Once; after a failure once more, when somebody needs it again. */
  function ready(): Promise<void> {
    migrated ??= migrate(connections).catch((error) => {
      migrated = null;
      throw error;
    });
    return migrated;
  }

  return {
    async write(statements) {
      await ready();
      await connections.transaction((run) => Promise.all(statements.map(run)));
    },
    async query(statement) {
      await ready();
      return connections.run(statement);
    },
    now: nowSql('(extract(epoch FROM clock_timestamp()) * 1000)::bigint', clock),
    skipLocked: 'FOR UPDATE SKIP LOCKED',
    maxParameters: 1000,
    patience,
    close: () => connections.close(),
  };
}
