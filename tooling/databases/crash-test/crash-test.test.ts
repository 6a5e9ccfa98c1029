import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { chmod, mkdtemp, readdir, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';

const program = fileURLToPath(new URL('crash-test.ts', import.meta.url));
let folder: string;

beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'b131-crash-test-test-'));
  // Postgres runs as a user of its own when the test runs as root.
  await chmod(folder, 0o755);
});

afterEach(() => rm(folder, { recursive: true, force: true }));

/** Runs the program with its temporary files in the test's own folder, and as the head of its own process group. */
function run(...given: string[]) {
  const child = spawn(process.execPath, [program, ...given], {
    env: { ...process.env, TMPDIR: folder },
    stdio: ['ignore', 'pipe', 'pipe'],
    detached: true,
  });
  let output = '';
  for (const stream of [child.stdout, child.stderr])
    stream.setEncoding('utf8').on('data', (text: string) => {
      output += text;
    });
  const ended = once(child, 'close').then(([code]: (number | null)[]) => code);
  return {
    child,
    ended,
    output: () => output,
    async says(words: string) {
      while (!output.includes(words)) await once(child.stdout, 'data');
    },
  };
}

/** True when a process of the group is left. */
function isAlive(group: number | undefined): boolean {
  if (group === undefined) return false;
  try {
    return process.kill(-group, 0);
  } catch {
    return false;
  }
}

// It takes seconds by itself, and longer beside the other suites.
describe('the crash test', { timeout: 180_000 }, () => {
  test('kills replicas for real, finds nothing wrong, and leaves nothing behind', async () => {
    const { child, ended, output } = run('--kills', '3', '--replicas', '2', '--payouts', '15', '--seed', '1');
    const code = await ended;
    // The whole output: when it fails, what it found is in there.
    expect(output().trimEnd()).toMatch(
      /\nworlds=1 payouts=15 kills=3 faults=\d+ paid_twice=0 lost=0 wrong=0 stuck=0$/,
    );
    expect(code).toBe(0);
    expect(await readdir(folder)).toEqual([]);
    expect(isAlive(child.pid)).toBe(false);
  });

  test('says what is wrong, and how to do it again, when it ends before the payouts do', async () => {
    const { ended, output } = run(
      ...['--kills', '1', '--payouts', '60', '--seed', '7', '--patience', '0', '--store', 'postgres'],
    );
    expect(await ended).toBe(1);
    expect(output()).toMatch(/^week-\d+ waits for /m);
    expect(output()).toMatch(/^ {2}stuck: is still /m);
    expect(output()).toContain('--kills 1 --store postgres --replicas 3 --payouts 60 --seed 7');
    expect(output().trimEnd().split('\n').at(-1)).toMatch(/^worlds=1 payouts=60 kills=1 .* stuck=[1-9]\d*$/);
  });

  test('leaves nothing behind when it is interrupted', async () => {
    const { child, ended, says } = run('--kills', '100', '--payouts', '30', '--store', 'postgres');
    await says('replicas alive');
    child.kill('SIGINT');
    expect(await ended).toBe(130);
    expect(await readdir(folder)).toEqual([]);
    expect(isAlive(child.pid)).toBe(false);
  });

  test('says how it is used', async () => {
    const help = run('--help');
    expect(await help.ended).toBe(0);
    expect(help.output()).toContain('--replicas R');
    const wrong = run('--kills', 'many');
    expect(await wrong.ended).toBe(2);
    expect(wrong.output()).toContain('--kills must be a whole number from 0 to 100000');
  });
});
