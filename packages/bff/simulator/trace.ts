import { createHash } from 'node:crypto';

/** What happened in a world, line by line: the same seed gives the same lines. */
export interface Trace {
  readonly on: boolean;
  say(who: string, what: string): void;
  readonly lines: readonly string[];
  /** SHA-256 over all lines. */
  hash(): string;
}

/** @param now the world's time; lines tell it from the world's beginning on */
export function createTrace(on: boolean, now: () => number): Trace {
  const lines: string[] = [];
  const start = now();
  return {
    on,
    say(who, what) {
      if (on) lines.push(`${elapsed(now() - start)}  ${who.padEnd(10)} ${what}`);
    },
    lines,
    hash: () => createHash('sha256').update(lines.join('\n')).digest('hex'),
  };
}

function elapsed(ms: number): string {
  const [hours, minutes] = [Math.floor(ms / 3_600_000), Math.floor(ms / 60_000) % 60];
  const seconds = ((ms % 60_000) / 1000).toFixed(3);
  return `${String(hours).padStart(2, '0')}:${String(minutes).padStart(2, '0')}:${seconds.padStart(6, '0')}`;
}
