import { migrations } from '../store/sql/schema.js';

/** One migration as a file for `wrangler d1 migrations apply`. */
export interface MigrationFile {
  /** `0001_b131.sql`. */
  name: string;
  sql: string;
}

/**
 * The statements that take a database from version n to n + 1, stamp included. Whoever comes second finds the stamp
 * taken, and a batch of them then does nothing.
 */
export function migrationSteps(version: number): string[] {
  return [
    'CREATE TABLE IF NOT EXISTS b131_schema (version INTEGER PRIMARY KEY, migrated_at INTEGER NOT NULL)',
    `INSERT INTO b131_schema VALUES (${version + 1}, CAST(unixepoch('subsec') * 1000 AS INTEGER))`,
    ...(migrations[version] ?? []),
  ];
}

/**
 * The schema as files, for those who let wrangler migrate: write them into the `migrations` folder. Without them
 * `d1Store` makes its tables itself.
 */
export const migrationFiles: readonly MigrationFile[] = migrations.map((_, version) => ({
  name: `${String(version + 1).padStart(4, '0')}_b131.sql`,
  sql: `${migrationSteps(version).join(';\n\n')};\n`,
}));
