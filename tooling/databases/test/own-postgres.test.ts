import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { chmod, cp, mkdir, mkdtemp, readdir, realpath, rm } from 'node:fs/promises';
import { join } from 'node:path';
import { createInterface } from 'node:readline/promises';
import { fileURLToPath } from 'node:url';
import postgres from 'postgres';
import { afterEach, beforeEach, describe, expect, test, vi } from 'vitest';
import { startPostgres } from '../src/index.ts';
import { installedPrograms } from '../src/postgres-programs.ts';
import { isRoot, temporary } from './support/temporary.ts';

let folder: string;

beforeEach(async () => {
  folder = await realpath(await mkdtemp(join(temporary, 'b131-own-postgres-')));
});
afterEach(async () => {
  vi.unstubAllEnvs();
  await rm(folder, { recursive: true, force: true });
});

/** Where a Postgres has its programs and its data. */
async function placesOf(url: string): Promise<{ programs: string; data: string }> {
  const sql = postgres(url, { max: 1 });
  const [row] = await sql`
    SELECT current_setting('data_directory') AS data, setting AS programs FROM pg_config() WHERE name = 'BINDIR'`;
  await sql.end();
  return { programs: String(row?.programs), data: String(row?.data) };
}

describe('where only the user of this process may enter, and root therefore as Postgres may not', () => {
  test('the programs: root runs a copy of them, which goes with the data; anybody else runs them there', async () => {
    const programs = join(folder, 'closed', 'native');
    await cp(installedPrograms(), programs, { recursive: true, verbatimSymlinks: true });
    await chmod(join(folder, 'closed'), 0o700);
    const open = join(folder, 'open');
    await mkdir(open);
    for (const entered of [folder, open]) await chmod(entered, 0o755);
    vi.stubEnv('TMPDIR', open);
    const server = await startPostgres({ programs });
    const places = await placesOf(server.url);
    expect(places.programs.startsWith(join(isRoot ? open : programs, '/'))).toBe(true);
    await server.remove();
    expect(await readdir(open)).toEqual([]);
  });

  test('all files, made with a mask of 077: root runs a copy that belongs to the other', async () => {
    const programs = join(folder, 'native');
    await cp(installedPrograms(), programs, { recursive: true, verbatimSymlinks: true });
    for (const name of await readdir(programs, { recursive: true })) await chmod(join(programs, name), 0o700);
    for (const entered of [folder, programs]) await chmod(entered, 0o755);
    const mask = process.umask(0o077);
    try {
      const server = await startPostgres({ programs });
      expect((await placesOf(server.url)).programs.startsWith(join(programs, '/'))).toBe(!isRoot);
      await server.remove();
    } finally {
      process.umask(mask);
    }
  });

  test('the temporary folder: root takes /tmp, anybody else their own', async () => {
    await chmod(folder, 0o700);
    vi.stubEnv('TMPDIR', folder);
    const server = await startPostgres();
    const { data } = await placesOf(server.url);
    expect(data.startsWith(join(isRoot ? '/tmp' : folder, 'b131-postgres-'))).toBe(true);
    await server.remove();
    expect(await readdir(folder)).toEqual([]);
  });
});

describe('the process that started it', () => {
  /** Starts one, in a temporary folder of its own, and waits until Postgres answers. */
  async function startProcess(way: 'status' | 'exit' | 'wait') {
    await chmod(folder, 0o755);
    const program = fileURLToPath(new URL('support/postgres-process.ts', import.meta.url));
    const child = spawn(process.execPath, [program, way], {
      env: { ...process.env, TMPDIR: folder },
      stdio: ['pipe', 'pipe', 'inherit'],
    });
    const ended = once(child, 'exit');
    const [url] = await once(createInterface(child.stdout), 'line');
    return { child, ended, url: String(url) };
  }

  /** Postgres closes its port and then its connections; what it says meanwhile differs. */
  async function isGone(url: string): Promise<void> {
    await vi.waitFor(
      async () => {
        const sql = postgres(url, { max: 1, connect_timeout: 5 });
        const error: unknown = await sql`SELECT 1`.catch((thrown: unknown) => thrown);
        await sql.end();
        expect(error).toMatchObject({ code: 'ECONNREFUSED' });
      },
      { timeout: 30_000 },
    );
  }

  test('keeps its own status', async () => {
    const { ended } = await startProcess('status');
    expect(await ended).toEqual([3, null]);
    expect(await readdir(folder)).toEqual([]);
  });

  test('takes Postgres with it when it exits', async () => {
    const { ended, url } = await startProcess('exit');
    expect(await ended).toEqual([3, null]);
    await isGone(url);
  });

  test.each(['SIGTERM', 'SIGINT', 'SIGHUP'] as const)(
    'takes Postgres with it on %s, and ends by it',
    async (signal) => {
      const { child, ended, url } = await startProcess('wait');
      child.kill(signal);
      expect(await ended).toEqual([null, signal]);
      await isGone(url);
    },
  );
});
