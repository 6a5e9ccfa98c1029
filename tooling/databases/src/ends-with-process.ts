import type { ChildProcess } from 'node:child_process';

const signals = ['SIGINT', 'SIGTERM', 'SIGHUP'] as const;

/** Sends the child a signal when this process exits or is told to end, so that none is left behind. */
export function endsWithProcess(child: ChildProcess, signal: NodeJS.Signals): void {
  const end = () => void child.kill(signal);
  const endBy = (name: NodeJS.Signals) => {
    end();
    // Whoever listens too decides what becomes of this process; otherwise it ends as if nobody had listened.
    if (process.listenerCount(name) === 0) process.kill(process.pid, name);
  };
  process.once('exit', end);
  for (const name of signals) process.once(name, endBy);
  child.once('exit', () => {
    process.removeListener('exit', end);
    for (const name of signals) process.removeListener(name, endBy);
  });
}
