import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { createServer } from 'node:net';
import { tmpdir } from 'node:os';
import { delimiter, dirname, join } from 'node:path';

/** A command that failed, with all that it said. */
export class CommandError extends Error {
  override name = 'CommandError';
}

export interface Running {
  /** All it said so far. */
  output(): string;
  /** Waits until it has said something of that form. @throws CommandError if it ends before */
  says(what: RegExp): Promise<RegExpExecArray>;
  stop(): Promise<void>;
}

/** A folder, and lines of shell run in it. */
export interface Shell {
  folder: string;
  /** Runs a line of shell to its end. @throws CommandError when its exit code is not 0 */
  run(line: string): Promise<string>;
  /** Starts a line of shell that goes on. */
  start(line: string): Running;
  /** Stops all that was started. */
  stop(): Promise<void>;
}

/** An empty project outside the workspace. */
export interface Project extends Shell {
  write(path: string, text: string): Promise<void>;
  /** Stops what was started in it, and removes it. */
  remove(): Promise<void>;
}

export interface ProjectOptions {
  /** Where npm finds the kit. */
  npmrc: string;
  /** Node of the project; this one, unless named. Null leaves it to the machine. */
  node?: string | null;
  /** What its shell knows besides. */
  env?: Readonly<Record<string, string>>;
}

export async function createProject({ npmrc, ...options }: ProjectOptions): Promise<Project> {
  const folder = await mkdtemp(join(tmpdir(), 'b131-consumer-'));
  await writeFile(join(folder, '.npmrc'), `${npmrc}\naudit=false\nfund=false\nupdate-notifier=false\n`);
  const shell = openShell(folder, options);
  return {
    ...shell,
    async write(path, text) {
      await mkdir(dirname(join(folder, path)), { recursive: true });
      await writeFile(join(folder, path), text);
    },
    async remove() {
      await shell.stop();
      await rm(folder, { recursive: true, force: true });
    },
  };
}

export function openShell(
  folder: string,
  { node = process.execPath, env = {} }: Omit<ProjectOptions, 'npmrc'> = {},
): Shell {
  const running = new Set<Running>();

  function launch(line: string): ChildProcess {
    // A group of its own, so that what the shell started ends with it.
    return spawn('bash', ['-euo', 'pipefail', '-c', line], {
      cwd: folder,
      env: { ...environment(node), ...env },
      detached: true,
      stdio: ['ignore', 'pipe', 'pipe'],
    });
  }

  return {
    folder,
    async run(line) {
      const child = launch(line);
      const output = listen(child);
      const [code] = await once(child, 'close');
      if (code !== 0) throw new CommandError(`${line}\nended with ${code}:\n${output()}`);
      return output();
    },
    start(line) {
      const one = follow(launch(line), line);
      running.add(one);
      return one;
    },
    async stop() {
      await Promise.all([...running].map((one) => one.stop()));
    },
  };
}

/** Nothing of pnpm's or of this workspace: a stranger's shell. */
function environment(node: string | null): NodeJS.ProcessEnv {
  const theirs =
    /^(npm_(?!config_)|npm_config_user_agent|pnpm_|NODE_(ENV|OPTIONS|PATH)$|VITEST|TURBO|B131_)/i;
  const kept = Object.entries(process.env).filter(([name]) => !theirs.test(name));
  const path = (process.env.PATH ?? '')
    .split(delimiter)
    .filter((folder) => !folder.includes('node_modules'))
    .join(delimiter);
  const found = node === null ? path : `${dirname(node)}${delimiter}${path}`;
  return { ...Object.fromEntries(kept), PATH: found, NO_COLOR: '1', CI: '1' };
}

function listen(child: ChildProcess): () => string {
  let output = '';
  for (const stream of [child.stdout, child.stderr]) stream?.on('data', (part) => (output += String(part)));
  return () => output;
}

function follow(child: ChildProcess, line: string): Running {
  const output = listen(child);
  const ended = once(child, 'close');
  return {
    output,
    async says(what) {
      for (;;) {
        const found = what.exec(output());
        if (found) return found;
        if (child.exitCode !== null)
          throw new CommandError(`${line}\nended with ${child.exitCode}:\n${output()}`);
        await Promise.race([ended, new Promise((resolve) => setTimeout(resolve, 50))]);
      }
    },
    async stop() {
      if (child.pid === undefined || child.exitCode !== null) return;
      try {
        process.kill(-child.pid, 'SIGTERM');
      } catch {
        return; // It ended meanwhile.
      }
      await ended;
    },
  };
}

/** A port that nobody has now. */
export async function freePort(): Promise<number> {
  const server = createServer();
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const address = server.address();
  await new Promise((resolve) => server.close(resolve));
  if (address === null || typeof address === 'string') throw new Error('There is no free port.');
  return address.port;
}
