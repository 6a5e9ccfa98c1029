import { execFile } from 'node:child_process';
import { fileURLToPath } from 'node:url';
import { promisify } from 'node:util';
import { describe, expect, test } from 'vitest';
import { breaks, harmless } from '../simulator/breaks/index.js';
import { bankNames } from '../simulator/plan.js';
import { type Outcome, type RunOptions, runWorlds } from '../simulator/run-worlds.js';
import { runWorld } from '../simulator/world.js';

/** As long as a group of worlds may take on a slow machine that is busy with other tests as well. */
const patience = 120_000;

/** The worlds of a run in which something happened that must not, with what it was. */
async function violations(options: Partial<RunOptions>): Promise<Outcome[]> {
  const found: Outcome[] = [];
  const all = { from: 1, worlds: 1, store: 'memory' as const, ...options };
  const { worlds } = await runWorlds(all, (outcome) => {
    if (outcome.violations.length > 0) found.push(outcome);
    return options.stopAtFirst !== true || found.length === 0;
  });
  expect(worlds).toBeGreaterThan(0);
  return found;
}

describe('the simulated worlds', () => {
  test.each([
    ['memory', 200],
    ['sqlite', 20],
  ] as const)(
    'over %s end well, %i of them',
    async (store, worlds) => {
      expect(await violations({ store, worlds })).toEqual([]);
    },
    patience,
  );

  test.each(bankNames)(
    'with the bank "%s" end well',
    async (bank) => {
      expect(await violations({ bank, from: 1000, worlds: 5 })).toEqual([]);
    },
    patience,
  );

  test(
    'are the same, line by line, for the same seed, and different for another',
    async () => {
      const hashes = async (store: 'memory' | 'sqlite') => {
        const found: string[] = [];
        for (const seed of [7, 8, 9]) {
          const { trace } = await runWorld({ seed, store, trace: true });
          expect(trace.lines.length).toBeGreaterThan(20);
          found.push(trace.hash());
        }
        return found;
      };
      const memory = await hashes('memory');
      expect(await hashes('memory')).toEqual(memory);
      expect(new Set(memory).size).toBe(memory.length);
      expect(await hashes('sqlite')).toEqual(await hashes('sqlite'));
    },
    patience,
  );

  test(
    'are rich: faults of every kind strike, and every kind of step is taken',
    async () => {
      const { tally } = await runWorlds({ from: 1, worlds: 60, store: 'memory' }, () => undefined);
      const without = (names: readonly string[]) =>
        names.filter((name) => (tally.counts.get(name) ?? 0) === 0);
      expect(without(everyFault.map((name) => `fault: ${name}`))).toEqual([]);
      expect(without(everyStep.map((name) => `journal: ${name}`))).toEqual([]);
    },
    patience,
  );
});

const everyFault = [
  ...['process killed', 'process frozen', 'deploy', 'clock leaps'],
  ...['database down', 'database answer lost', 'database slow'],
  ...['bank refuses connections', 'request lost', 'answer lost', 'request doubled', 'bank slow'],
  ...['HTML instead of the bank', 'HTML instead of the answer', 'answer truncated'],
  ...['error code, but done', 'error code, done later', 'start held up', 'start misrecorded'],
  ...['webhook lost', 'webhook doubled', 'webhook late', 'webhook forged', 'webhook of another project'],
  ...['merchant down', 'merchant answer lost'],
];

const everyStep = [
  ...['created', 'start', 'start_answered', 'processing', 'awaiting_confirmation', 'word'],
  ...['confirm', 'confirm_answered', 'cancel', 'cancel_answered', 'started_over', 'another_account'],
  ...['succeeded', 'failed', 'cancelled', 'returned', 'needs_attention'],
];

describe('the simulator can fail', () => {
  test.each(Object.entries(breaks))(
    'it notices when a rule is taken out: %s',
    async (_name, broken) => {
      const [found] = await violations({ broken, worlds: 200, stopAtFirst: true });
      expect(found?.violations[0]).toBeDefined();
    },
    patience,
  );

  test.each(Object.entries(harmless))(
    'it has nothing against taking out what safety does not rest on: %s',
    async (_name, broken) => {
      expect(await violations({ broken, worlds: 20 })).toEqual([]);
    },
    patience,
  );
});

describe('simulate', () => {
  const script = fileURLToPath(new URL('../simulator/simulate.ts', import.meta.url));

  /** Runs the command as its user does. */
  async function simulate(...args: string[]): Promise<{ code: number; lines: string[]; errors: string }> {
    const run = promisify(execFile)(process.execPath, [script, ...args], { maxBuffer: 64 * 1024 * 1024 });
    const { stdout, stderr, code } = await run.then(
      ({ stdout, stderr }) => ({ stdout, stderr, code: 0 }),
      (error: { stdout: string; stderr: string; code: number }) => error,
    );
    return { code, lines: stdout.trim().split('\n'), errors: stderr };
  }

  test(
    'ends with its totals, and with code 0 when all is well',
    async () => {
      const { code, lines } = await simulate('--worlds', '4', '--seed', '3', '--jobs', '2');
      expect(lines.at(-1)).toMatch(/^worlds=4 payouts=\d+ faults=\d+ paid_twice=0 lost=0 wrong=0 stuck=0$/);
      expect(code).toBe(0);
    },
    patience,
  );

  test(
    'tells what went wrong in which world and how to see it again, with code 1',
    async () => {
      const { code, lines } = await simulate('--worlds', '2', '--break', 'no-intent', '--jobs', '1');
      expect(code).toBe(1);
      const replay = lines.find((line) => line.includes('replay:')) ?? '';
      expect(replay).toMatch(/pnpm simulate --worlds 1 --trace --seed \d+ --break no-intent$/);
      const [, typed = ''] = replay.split('pnpm simulate ');
      const again = await simulate(...typed.split(' '));
      expect(again.lines.join('\n')).toContain('VIOLATION  wrong: nothing is sent that was not committed');
      expect(again.lines.some((line) => /^trace of world \d+: [0-9a-f]{64}$/.test(line))).toBe(true);
    },
    patience,
  );

  test(
    'refuses what makes no sense, in words, with code 2',
    async () => {
      const { code, errors } = await simulate('--bank', 'lehman');
      expect(code).toBe(2);
      expect(errors).toMatch(/--bank must be one of plain, .*, not 'lehman'/);
      expect((await simulate('--worlds', 'many')).errors).toContain('--worlds must be a whole number');
      expect((await simulate('--nonsense')).errors).toContain('--nonsense');
      expect((await simulate('--help')).lines[0]).toBe('Usage: simulate [options]');
    },
    patience,
  );
});
