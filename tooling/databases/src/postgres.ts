import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { rm } from 'node:fs/promises';
import { join } from 'node:path';
import { endsWithProcess } from './ends-with-process.ts';
import { freePort } from './free-port.ts';
import { makePostgresHome } from './postgres-home.ts';
import { installedPrograms } from './postgres-programs.ts';
import { standInForRoot } from './system-user.ts';

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

export interface PostgresOptions {
  /** As one that runs for real: a loss of power loses nothing. */
  durable?: boolean;
  /** The folder of its programs. */
  programs?: string;
}

const user = 'postgres';
const password = 'p@ss:word/131';
const longestLog = 4000;

/** Makes and starts a Postgres; takes some seconds. For root it runs as `nobody`, since it refuses to be root. */
export async function startPostgres({
  durable = false,
  programs = installedPrograms(),
}: PostgresOptions = {}): Promise<Postgres> {
  const runsAs = await standInForRoot();
  const { folder, data, bin } = await makePostgresHome({ runsAs, programs, user, password });
  const port = await freePort();
  let running: ChildProcess | null = null;

  async function start(): Promise<void> {
    const settings = [
      // A crash of the process loses nothing without fsync, and the tests try only that: not a loss of power.
      `fsync=${durable ? 'on' : 'off'}`,
      'listen_addresses=127.0.0.1',
      'unix_socket_directories=',
    ].flatMap((setting) => ['-c', setting]);
    const server = spawn(join(bin, 'postgres'), ['-D', data, '-p', String(port), ...settings], {
      ...runsAs,
      cwd: folder,
      stdio: ['ignore', 'ignore', 'pipe'],
    });
    endsWithProcess(server, 'SIGQUIT');
    await isReady(server);
    running = server;
  }

  async function stop(signal: NodeJS.Signals): Promise<void> {
    const server = running;
    running = null;
    if (!server || hasEnded(server)) return;
    const exited = once(server, 'exit');
    server.kill(signal);
    await exited;
  }

  async function remove(): Promise<void> {
    await stop('SIGINT');
    await rm(folder, { recursive: true });
  }

  try {
    await start();
  } catch (error) {
    await remove();
    throw error;
  }
  return {
    url: `postgres://${user}:${encodeURIComponent(password)}@127.0.0.1:${port}/postgres`,
    start,
    stop: () => stop('SIGINT'),
    kill: () => stop('SIGQUIT'),
    remove,
  };
}

/** Resolves when it takes connections. */
function isReady(server: ChildProcess): Promise<void> {
  return new Promise((resolve, reject) => {
    let log = '';
    server.stderr?.setEncoding('utf8').on('data', (text: string) => {
      log = (log + text).slice(-longestLog);
      if (log.includes('database system is ready to accept connections')) resolve();
    });
    server.once('error', reject);
    server.once('close', () => reject(new Error(`Postgres did not start:\n${log}`)));
  });
}

function hasEnded({ exitCode, signalCode }: ChildProcess): boolean {
  return exitCode !== null || signalCode !== null;
}
