import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { DatabaseSync } from 'node:sqlite';
import { sqliteStore } from '@b131/bff/node';
import { type Databases, scope } from './databases.ts';
import { seedSqlite } from './seed.ts';

/** SQLite files, each of its size. */
export async function sqliteDatabases(): Promise<Databases> {
  const folder = await mkdtemp(join(tmpdir(), 'b131-growth-'));
  const asked = noteStatements();
  return {
    name: 'SQLite',
    async open(size) {
      const path = join(folder, `${size}.db`);
      const store = sqliteStore({ path });
      const own = new DatabaseSync(path);
      own.exec('PRAGMA synchronous = OFF; PRAGMA cache_size = -400000; PRAGMA foreign_keys = OFF; BEGIN');
      for (const sql of seedSqlite({ from: 0, to: size, scope, now: Date.now() })) own.exec(sql);
      own.exec('COMMIT; PRAGMA wal_checkpoint(TRUNCATE)');
      return {
        ...{ size, store },
        cpu: async () => 0,
        // It counts none. Its plans tell whether it looks at more than it needs.
        rows: async () => null,
        scans: async () => [...asked].filter((sql) => readsWholeTable(own, sql)),
        async close() {
          own.close();
          await store.close();
        },
      };
    },
    close: () => rm(folder, { recursive: true, force: true }),
  };
}

/** Every question and change that is prepared from now on, by whomever. */
function noteStatements(): Set<string> {
  const asked = new Set<string>();
  const { prepare } = DatabaseSync.prototype;
  DatabaseSync.prototype.prepare = function noting(sql) {
    if (/^\s*(SELECT|UPDATE|DELETE|WITH)/.test(sql)) asked.add(sql);
    return prepare.call(this, sql);
  };
  return asked;
}

function readsWholeTable(database: DatabaseSync, sql: string): boolean {
  const nothing = Array.from(sql.matchAll(/\?/g), () => 0);
  const plan = database.prepare(`EXPLAIN QUERY PLAN ${sql}`).all(...nothing);
  return plan.some(({ detail }) => /^SCAN b131_/.test(String(detail)));
}
