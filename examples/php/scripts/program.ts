import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { setTimeout as sleep } from 'node:timers/promises';

export interface Program {
  /** What its output said that it waited for. */
  said: string;
  stop(): Promise<void>;
}

export interface ProgramOptions {
  command: string;
  args: readonly string[];
  env: NodeJS.ProcessEnv;
  /** What it says once it answers. */
  ready: RegExp;
  /** Told of every line, for whoever watches. */
  onLine?: (line: string) => void;
}

const patience = 60_000;

/** Starts a server and waits until it says that it answers. */
export async function startProgram({ command, args, env, ready, onLine }: ProgramOptions): Promise<Program> {
  const child = spawn(command, args, { env, stdio: ['ignore', 'pipe', 'pipe'] });
  let output = '';
  for (const stream of [child.stdout, child.stderr]) {
    stream.setEncoding('utf8').on('data', (text: string) => {
      output = (output + text).slice(-20_000);
      for (const line of text.split('\n').filter((one) => one !== '')) onLine?.(line);
    });
  }
  const failed = new Promise<never>((_, reject) => child.once('error', reject));
  const running = async () => {
    for (const giveUpAt = Date.now() + patience; Date.now() < giveUpAt; await sleep(50)) {
      const said = ready.exec(output)?.[0];
      if (said !== undefined) return said;
      if (child.exitCode !== null) break;
    }
    throw new Error(`${command} ${args.join(' ')} did not come up:\n${output}`);
  };
  try {
    return { said: await Promise.race([running(), failed]), stop: () => end(child) };
  } catch (error) {
    await end(child);
    throw error;
  }
}

async function end(child: ChildProcess): Promise<void> {
  if (child.pid === undefined || child.exitCode !== null || child.signalCode !== null) return;
  const exited = once(child, 'exit');
  child.kill('SIGTERM');
  const force = setTimeout(() => child.kill('SIGKILL'), 10_000);
  await exited;
  clearTimeout(force);
}
