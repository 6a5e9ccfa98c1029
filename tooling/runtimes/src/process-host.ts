import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { fileURLToPath } from 'node:url';
import type { Host } from './host.ts';
import { configVariable, type HostConfig } from './host-config.ts';

const patience = 30_000;

/** Starts a program of `hosts/` in a runtime that is a process of its own. */
export async function startProcessHost(
  command: string,
  args: readonly string[],
  program: string,
  config: HostConfig,
): Promise<Host> {
  const child = spawn(command, [...args, fileURLToPath(new URL(`hosts/${program}`, import.meta.url))], {
    cwd: fileURLToPath(new URL('..', import.meta.url)),
    env: { ...process.env, [configVariable]: JSON.stringify(config), NO_COLOR: '1' },
    stdio: ['ignore', 'pipe', 'pipe'],
  });
  let log = '';
  for (const stream of [child.stdout, child.stderr]) {
    stream.setEncoding('utf8').on('data', (text: string) => {
      log = (log + text).slice(-20_000);
    });
  }
  const ended = new Promise<string>((resolve) => {
    child.once('error', (error) => resolve(error.message));
    child.once('exit', (code, signal) => resolve(`it ended with ${signal ?? `code ${code}`}`));
  });
  const stop = () => end(child);
  try {
    const url = `http://127.0.0.1:${await portOf(() => log, ended)}`;
    const cron = async () => {
      const response = await fetch(`${url}/host/cron`, { method: 'POST' });
      if (!response.ok) throw new Error(`the cron failed: ${await response.text()}`);
    };
    return { url, cron, log: () => log, stop };
  } catch (error) {
    await stop();
    throw new Error(`${command} ${program}: ${error instanceof Error ? error.message : error}\n${log}`);
  }
}

/** The port that the program announces; rejects when it ends, or takes too long. */
async function portOf(log: () => string, ended: Promise<string>): Promise<string> {
  const giveUpAt = Date.now() + patience;
  let end: string | null = null;
  ended.then((words) => {
    end = words;
  });
  while (Date.now() < giveUpAt) {
    const port = /^listening (\d+)$/m.exec(log())?.[1];
    if (port !== undefined) return port;
    if (end !== null) throw new Error(end);
    await new Promise((resolve) => setTimeout(resolve, 20));
  }
  throw new Error(`did not listen within ${patience / 1000} s`);
}

async function end(child: ChildProcess): Promise<void> {
  if (child.exitCode !== null || child.signalCode !== null || child.pid === undefined) return;
  const exited = once(child, 'exit');
  child.kill('SIGKILL');
  await exited;
}
