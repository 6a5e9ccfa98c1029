import { fork } from 'node:child_process';
import { fileURLToPath } from 'node:url';

/** How a process ended. */
export interface Exit {
  code: number | null;
  signal: NodeJS.Signals | null;
}

export interface Started {
  /** Where it answers; rejects when it ends before it listens. */
  readonly listening: Promise<string>;
  readonly exited: Promise<Exit>;
  signal(name: 'SIGKILL' | 'SIGTERM' | 'SIGSTOP' | 'SIGCONT'): void;
  /** Hands it a message and waits for the answer; rejects when it ends instead. */
  ask(message: object): Promise<string>;
  /** Lets go of it: every program of this folder ends when whoever started it has gone. */
  leave(): void;
  /** The last it said on its standard error. */
  lastWords(): string;
}

export interface StartOptions {
  /** In a process group of its own: a Ctrl-C in the terminal does not reach it. */
  apart?: boolean;
}

const variable = 'CRASH_TEST_PART';
const longestWords = 4000;

/** Starts another program of this folder as a process of its own and tells it what it needs. */
export function startProcess(program: string, needs: object, { apart = false }: StartOptions = {}): Started {
  const child = fork(fileURLToPath(new URL(program, import.meta.url)), [], {
    env: { ...process.env, [variable]: JSON.stringify(needs) },
    stdio: ['ignore', 'ignore', 'pipe', 'ipc'],
    detached: apart,
  });
  let words = '';
  child.stderr?.setEncoding('utf8').on('data', (text: string) => {
    words = (words + text).slice(-longestWords);
  });
  const exited = new Promise<Exit>((resolve) => {
    // `close` would come later, with the last of the words, but never after a `disconnect` of ours.
    child.once('exit', (code, signal) => resolve({ code, signal }));
  });
  const listening = nextMessage();
  // Whoever does not wait for it learns of the end by `exited`.
  listening.catch(() => undefined);
  return {
    ...{ listening, exited },
    signal: (name) => child.kill(name),
    async ask(message) {
      const answer = nextMessage();
      child.send(message);
      return answer;
    },
    leave: () => child.disconnect(),
    lastWords: () => words,
  };

  function nextMessage(): Promise<string> {
    return new Promise((resolve, reject) => {
      child.once('message', (message) => resolve(String(message)));
      child.once('error', reject);
      exited.then(() => reject(new Error(`${program} ended: ${words}`)));
    });
  }
}

/** For the started program: what it was told. */
export function readNeeds<T>(): T {
  const needs: T = JSON.parse(process.env[variable] ?? 'null');
  return needs;
}

/** For the started program: says where it answers, and ends it when whoever started it has gone. */
export function announce(url: string): void {
  process.on('disconnect', () => process.exit());
  process.send?.(url);
}
