import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { DatabaseSync } from 'node:sqlite';
import { afterAll, beforeEach, describe, expect, test } from 'vitest';
import { createGroupCommit } from '../src/node/group-commit.js';
import type { Sql } from '../src/store/sql/statements.js';

const folder = mkdtempSync(join(tmpdir(), 'b131-group-commit-'));
afterAll(() => rmSync(folder, { recursive: true, force: true }));

let files = 0;
let path: string;
let database: DatabaseSync;
let commit: ReturnType<typeof createGroupCommit>;

beforeEach(() => {
  files += 1;
  path = join(folder, `${files}.db`);
  database = new DatabaseSync(path, { timeout: 0 });
  database.exec('PRAGMA journal_mode = WAL; PRAGMA synchronous = FULL; PRAGMA wal_autocheckpoint = 0');
  database.exec("CREATE TABLE kept (name TEXT PRIMARY KEY, bytes TEXT, CHECK (bytes <> 'never'))");
  commit = createGroupCommit(
    database,
    ({ sql, parameters }) => void database.prepare(sql).run(...parameters),
  );
});

const keep = (name: string, bytes = ''): Sql => ({
  sql: 'INSERT INTO kept VALUES (?, ?)',
  parameters: [name, bytes],
});

/** What anybody else reads in the file. */
function kept(): unknown[] {
  const reader = new DatabaseSync(path, { readOnly: true });
  const names = reader.prepare('SELECT name FROM kept ORDER BY name').all();
  reader.close();
  return names.map(({ name }) => name);
}

/** Commits in the log, as SQLite's file format has it: the last page of each tells how large the database is then. */
function commits(): number {
  const log = readFileSync(`${path}-wal`);
  const frame = 24 + log.readUInt32BE(8);
  let count = 0;
  for (let at = 32; at < log.length; at += frame) if (log.readUInt32BE(at + 4) > 0) count += 1;
  return count;
}

describe('batches that come in one turn', () => {
  test('share one commit, and are in the file when they are answered', async () => {
    const before = commits();
    const names = ['a', 'b', 'c', 'd', 'e'];
    await Promise.all(
      names.map(async (name) => {
        await commit.write([keep(name), keep(`${name}2`)]);
        expect(kept()).toContain(`${name}2`);
      }),
    );
    expect(commits() - before).toBe(1);
    await commit.write([keep('later')]);
    expect(commits() - before).toBe(2);
    database.close();
  });

  test('are all or nothing each: a refused one leaves nothing, and harms no other', async () => {
    const outcomes = await Promise.allSettled([
      commit.write([keep('a')]),
      commit.write([keep('b'), keep('a')]),
      commit.write([keep('c'), keep('d', 'never')]),
      commit.write([keep('e')]),
    ]);
    expect(outcomes.map(({ status }) => status)).toEqual(['fulfilled', 'rejected', 'rejected', 'fulfilled']);
    expect(outcomes[1]).toMatchObject({ reason: { errcode: 1555 } });
    expect(outcomes[2]).toMatchObject({ reason: { errcode: 275 } });
    expect(kept()).toEqual(['a', 'e']);
    database.close();
  });

  test('are told the truth when the disk is full', async () => {
    const { page_count: pages } = database.prepare('PRAGMA page_count').get() ?? {};
    database.exec(`PRAGMA max_page_count = ${Number(pages) + 2}`);
    const names = ['a', 'b', 'c'];
    const outcomes = await Promise.allSettled(
      names.map((name) => commit.write([keep(name, name === 'b' ? 'x'.repeat(100_000) : '')])),
    );
    expect(outcomes[1]).toMatchObject({ status: 'rejected', reason: { errcode: 13 } });
    expect(kept()).toEqual(names.filter((_, index) => outcomes[index]?.status === 'fulfilled'));
    expect(database.isTransaction).toBe(false);
    database.close();
  });

  test('all wait for the next try while another process holds the file', async () => {
    const other = new DatabaseSync(path);
    other.exec('BEGIN IMMEDIATE');
    const outcomes = await Promise.allSettled([commit.write([keep('a')]), commit.write([keep('b')])]);
    for (const outcome of outcomes) expect(outcome).toMatchObject({ reason: { errcode: 5 } });
    other.exec('COMMIT');
    other.close();
    await Promise.all([commit.write([keep('a')]), commit.write([keep('b')])]);
    expect(kept()).toEqual(['a', 'b']);
    database.close();
  });

  test('are committed at once when they are asked to be', async () => {
    const written = commit.write([keep('a')]);
    commit.flush();
    database.close();
    await written;
    expect(kept()).toEqual(['a']);
  });
});
