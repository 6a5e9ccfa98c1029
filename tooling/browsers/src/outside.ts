import { spawn } from 'node:child_process';
import type { EngineName } from '../../../packages/element/test/engines.ts';
import type { Outcome } from './outcome.ts';
import { type Programs, placeOf } from './programs.ts';

/** A suite that drives a whole browser from Node. */
export interface OutsideSuite {
  readonly file: string;
  readonly env: Readonly<Record<string, string>>;
}

/** What came of one. */
export interface OutsideOutcome {
  readonly passed: number;
  readonly failed: number;
  readonly failures: readonly string[];
}

/** Suites of an engine beside those that run in its pages. */
export function outsideOf(engine: EngineName, programs: Programs): readonly OutsideSuite[] {
  const file = 'test/node/bfcache.test.ts';
  if (engine === 'firefox') return [{ file, env: { FIREFOX_PATH: placeOf(programs, 'browser') } }];
  const all = ['test/node/leaks.test.ts', file];
  return engine === 'chromium' ? all.map((each) => ({ file: each, env: {} })) : [];
}

/** Runs one in a process of its own. */
export async function runOutside(folder: string, { file, env }: OutsideSuite): Promise<OutsideOutcome> {
  const args = ['--test', '--test-reporter=tap', file];
  const child = spawn(process.execPath, args, { cwd: folder, env: { ...process.env, ...env } });
  let said = '';
  const hear = (text: Buffer): void => {
    said += text.toString();
  };
  child.stdout.on('data', hear);
  child.stderr.on('data', hear);
  const code = await new Promise<number | null>((resolve) => child.on('close', resolve));
  const count = (name: string): number => Number(new RegExp(`^# ${name} (\\d+)$`, 'm').exec(said)?.[1] ?? 0);
  const failed = Math.max(count('fail'), code === 0 ? 0 : 1);
  console.log(`  ${failed === 0 ? 'ok    ' : 'FAILED'}  ${file.split('/').at(-1)}`);
  return { passed: count('pass'), failed, failures: failed === 0 ? [] : [`${file}:\n${said.slice(-3000)}`] };
}

/** Both counted together. */
export function withOutside(outcome: Outcome, outside: readonly OutsideOutcome[]): Outcome {
  const sum = (of: (one: OutsideOutcome) => number): number => outside.reduce((all, one) => all + of(one), 0);
  return {
    ...outcome,
    files: outcome.files + outside.length,
    passed: outcome.passed + sum(({ passed }) => passed),
    failed: outcome.failed + sum(({ failed }) => failed),
    failures: [...outcome.failures, ...outside.flatMap(({ failures }) => failures)],
  };
}
