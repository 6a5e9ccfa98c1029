/**
 * Runs the element's suite in three engines, prints the table, and ends with 1 when anything fails. With `--install`,
 * or where CI says so, it installs what is missing from Debian's packages.
 */
import { fork } from 'node:child_process';
import { fileURLToPath } from 'node:url';
import { notEverywhere } from '../../../packages/element/test/engines.ts';
import { type Engine, engines } from './engines.ts';
import { canInstall, install, wayOut } from './install.ts';
import type { Outcome } from './outcome.ts';
import { drawTable } from './table.ts';

const args = process.argv.slice(2);
const names = args.filter((name) => !name.startsWith('-')).filter((name) => !name.includes('/'));
const files = args.filter((name) => name.includes('/'));
const chosen = engines.filter(({ name }) => names.length === 0 || names.includes(name));
const mayInstall = args.includes('--install') || Boolean(process.env.CI);
if (chosen.length === 0) fail(`No such engine. There are: ${engines.map(({ name }) => name).join(', ')}`);

await haveAll(chosen);
const outcomes: [Engine, Outcome | null][] = [];
for (const engine of chosen) {
  console.log(`\n${engine.title}`);
  const outcome = await runIn(engine);
  for (const failure of outcome?.failures ?? []) console.log(`\n${engine.title}, ${failure}`);
  outcomes.push([engine, outcome]);
}
report(outcomes);

async function haveAll(wanted: readonly Engine[]): Promise<void> {
  let missing = await missingOf(wanted);
  if (missing.length > 0 && mayInstall) {
    if (!(await canInstall())) fail(`Only root on Debian can install here.\n${wayOut(missing)}`);
    await install(missing);
    missing = await missingOf(wanted);
  }
  if (missing.length === 0) return;
  fail(`Not on this machine: ${missing.map(({ title }) => title).join(', ')}.\n${wayOut(missing)}`);
}

async function missingOf(wanted: readonly Engine[]): Promise<Engine[]> {
  const found = await Promise.all(wanted.map(async (engine) => Object.values(await engine.programs())));
  return wanted.filter((_, index) => found[index]?.includes(null));
}

function runIn({ name }: Engine): Promise<Outcome | null> {
  const program = fileURLToPath(new URL('engine.ts', import.meta.url));
  const child = fork(program, [name, ...files], { stdio: 'inherit' });
  let outcome: Outcome | null = null;
  child.on('message', (told: Outcome) => {
    outcome = told;
  });
  return new Promise((resolve) => child.on('exit', () => resolve(outcome)));
}

function report(all: readonly (readonly [Engine, Outcome | null])[]): void {
  const lines = all.map(([{ title }, outcome]) =>
    outcome === null
      ? [title, 'did not run']
      : [
          ...[title, outcome.version, ...[outcome.files, outcome.passed, outcome.failed].map(String)],
          `${outcome.seconds.toFixed(0)} s`,
        ],
  );
  console.log(`\n${drawTable([['engine', 'version', 'files', 'passed', 'failed', 'time'], ...lines])}`);
  console.log('\nNot in every engine:');
  const limits = Object.entries(notEverywhere).map(([file, { engines: able, why }]) => [
    `  ${file}`,
    `only ${able.join(', ')}`,
    why,
  ]);
  console.log(drawTable(limits));
  process.exitCode = all.every(([, outcome]) => outcome?.failed === 0) ? 0 : 1;
}

function fail(problem: string): never {
  console.error(problem);
  process.exit(1);
}
