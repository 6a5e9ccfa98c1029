import { migrations } from '../store/sql/schema.js';
import type { Sql } from '../store/sql/statements.js';
import { StoreError } from '../store/store.js';
import type { Connections, Run } from './connections.js';

/** Any number, as long as it stays the same: who migrates holds the advisory lock of this name. */
const lock = 131_131_131;
const now = 'extract(epoch FROM clock_timestamp()) * 1000';
const versions =
  'CREATE TABLE IF NOT EXISTS b131_schema (version BIGINT PRIMARY KEY, migrated_at BIGINT NOT NULL)';
const sql = (text: string): Sql => ({ sql: text, parameters: [] });

/**
 * Brings the schema to this version of the kit, once, whoever else tries at the same moment: in one transaction, behind
 * an advisory lock. A schema that is newer than this kit is refused; processes that were running when it became newer
 * go on, which is why a migration only ever adds.
 *
 * @throws {StoreError} `newer_schema`
 */
export async function migrate({ run, transaction, name }: Connections): Promise<void> {
  // Read without a lock first: a start must not wait for anybody, and may lack the right to make tables.
  const [table] = await run(sql("SELECT CAST(to_regclass('b131_schema') AS TEXT) AS name"));
  if (table?.name && (await versionOf(run, name)) === migrations.length) return;
  await transaction(async (inLock) => {
    await inLock(sql(`SELECT pg_advisory_xact_lock(${lock})`));
    await inLock(sql(versions));
    const version = await versionOf(inLock, name);
    for (const [index, statements] of migrations.entries()) {
      if (index < version) continue;
      for (const statement of statements) await inLock(sql(inPostgres(statement)));
      await inLock(sql(`INSERT INTO b131_schema VALUES (${index + 1}, ${now})`));
    }
  });
}

async function versionOf(run: Run, name: string): Promise<number> {
  const [row] = await run(sql('SELECT MAX(version) AS version FROM b131_schema'));
  const version = Number(row?.version ?? 0);
  if (version <= migrations.length) return version;
  throw new StoreError(
    'newer_schema',
    `postgresStore: ${name} was migrated by a newer version of the kit (schema ${version}, this one knows ${migrations.length}). Upgrade @b131/bff, or use the database it belongs to.`,
  );
}

/**
 * INTEGER of SQLite holds 64 bits. Text is ordered by its bytes: pages of a list then follow each other the same way in
 * every database, and no upgrade of the system's locales can make an index wrong.
 */
function inPostgres(statement: string): string {
  return statement.replaceAll(/\bINTEGER\b/g, 'BIGINT').replaceAll(/\bTEXT\b/g, 'TEXT COLLATE "C"');
}
