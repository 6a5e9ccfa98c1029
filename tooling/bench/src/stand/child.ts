import { type ChildProcess, fork, type Serializable } from 'node:child_process';
import { once } from 'node:events';
import { fileURLToPath } from 'node:url';
import { z } from 'zod';
import type { Usage } from './protocol.ts';

/** A process of ours, and how to talk to it. */
export interface Child {
  pid: number;
  /** Sends an order and waits for the word that answers it. */
  ask<T>(order: Serializable, answer: z.ZodType<T>): Promise<T>;
  /** The next word of that kind. */
  heard<T>(word: z.ZodType<T>): Promise<T>;
  /** Calls back for every word of that kind. */
  onWord<T>(word: z.ZodType<T>, listener: (word: T) => void): void;
  printed(): string;
  stop(): Promise<void>;
  /** As a crash would. */
  kill(): Promise<void>;
}

/** Starts a module as a process of its own. */
export function startChild(
  module: URL,
  { env, execArgv = [] }: { env: Record<string, string>; execArgv?: readonly string[] },
): Child {
  const child = fork(fileURLToPath(module), {
    execArgv: [...execArgv],
    env: { ...process.env, ...env },
    stdio: ['ignore', 'pipe', 'pipe', 'ipc'],
  });
  let printed = '';
  for (const output of [child.stdout, child.stderr])
    output?.on('data', (chunk: Buffer) => {
      printed = (printed + chunk.toString()).slice(-8000);
    });
  const ended = new Promise<never>((_, reject) => {
    child.once('exit', () => reject(new Error(`${module.pathname} ended:\n${printed}`)));
  });
  ended.catch(() => undefined);

  function heard<T>(word: z.ZodType<T>): Promise<T> {
    const came = new Promise<T>((resolve) => {
      const listen = (message: unknown) => {
        const read = word.safeParse(message);
        if (!read.success) return;
        child.off('message', listen);
        resolve(read.data);
      };
      child.on('message', listen);
    });
    return Promise.race([came, ended]);
  }

  return {
    pid: child.pid ?? 0,
    heard,
    ask(order, answer) {
      const answered = heard(answer);
      child.send(order);
      return answered;
    },
    onWord(word, listener) {
      child.on('message', (message) => {
        const read = word.safeParse(message);
        if (read.success) listener(read.data);
      });
    },
    printed: () => printed,
    stop: () => end(child, 'SIGTERM'),
    kill: () => end(child, 'SIGKILL'),
  };
}

async function end(child: ChildProcess, signal: 'SIGTERM' | 'SIGKILL'): Promise<void> {
  if (child.exitCode !== null || child.signalCode !== null) return;
  const exited = once(child, 'exit');
  child.kill(signal);
  await exited;
}

const usage = z.object({ cpu: z.number(), heap: z.number(), rss: z.number() });

/** What a server under measure has used so far. */
export function usageOf(child: Child): Promise<Usage> {
  return child.ask('usage', usage);
}
