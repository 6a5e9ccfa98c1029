/** Runs every assertion in every runtime, prints the table, and ends with 1 when anything fails. */
import { type Assertion, assertions } from './assertions.ts';
import type { Runtime } from './host.ts';
import { runtimes } from './runtimes.ts';
import { type Stand, startStand } from './stand.ts';
import { type Column, drawTable, type Outcome } from './table.ts';

/** How long an assertion may take before it counts as hanging, in milliseconds. */
const deadline = 90_000;

const wanted = process.argv.slice(2).map((name) => name.toLowerCase());
const chosen = runtimes.filter(({ name }) => wanted.length === 0 || wanted.includes(name.toLowerCase()));
if (chosen.length === 0) {
  console.error(`No such runtime. There are: ${runtimes.map(({ name }) => `"${name}"`).join(', ')}`);
  process.exit(2);
}

const columns: Column[] = [];
const failures: string[] = [];
for (const runtime of chosen) {
  const outcomes = await judge(runtime);
  columns.push({ title: runtime.name, subtitle: runtime.store, outcomes });
}
for (const failure of failures) console.log(`\n${failure}`);
console.log(
  `\n${drawTable(
    assertions.map(({ name }) => name),
    columns,
  )}\n`,
);
const count = columns.reduce((sum, { outcomes }) => sum + outcomes.size, 0);
console.log(failures.length === 0 ? `${count} of ${count} hold` : `${failures.length} failed`);
// Something that hangs must not keep us: its failure has been told.
process.exit(failures.length === 0 ? 0 : 1);

async function judge(runtime: Runtime): Promise<Map<string, Outcome>> {
  const outcomes = new Map<string, Outcome>();
  console.log(`\n${runtime.name}, ${runtime.store}`);
  let stand: Stand;
  try {
    stand = await startStand(runtime);
  } catch (error) {
    failures.push(`${runtime.name} did not come up: ${wordsOf(error)}`);
    console.log('  did not come up');
    return outcomes;
  }
  for (const assertion of assertions) {
    const outcome = await attempt(assertion, stand);
    outcomes.set(assertion.name, outcome);
    console.log(`  ${outcome.error === null ? 'ok    ' : 'FAILED'}  ${assertion.name}`);
    if (outcome.error !== null) failures.push(toFailure(runtime, assertion, outcome.error, stand));
  }
  await stand.stop();
  return outcomes;
}

async function attempt({ run }: Assertion, stand: Stand): Promise<Outcome> {
  const from = performance.now();
  let timer: NodeJS.Timeout | undefined;
  const hang = new Promise<never>((_, reject) => {
    timer = setTimeout(() => reject(new Error(`it hangs: no end after ${deadline / 1000} s`)), deadline);
  });
  try {
    await Promise.race([run(stand), hang]);
    return { error: null, milliseconds: performance.now() - from };
  } catch (error) {
    return { error: wordsOf(error), milliseconds: performance.now() - from };
  } finally {
    clearTimeout(timer);
  }
}

function toFailure({ name }: Runtime, assertion: Assertion, error: string, { host }: Stand): string {
  const log = host.log().trim();
  const indented = (text: string) => text.replace(/^/gm, '    ');
  return [
    `${name}: ${assertion.name}`,
    indented(error),
    log === ''
      ? '    (the runtime wrote nothing)'
      : `    the runtime wrote last:\n${indented(log.slice(-2000))}`,
  ].join('\n');
}

function wordsOf(error: unknown): string {
  return error instanceof Error ? (error.stack ?? error.message) : String(error);
}
