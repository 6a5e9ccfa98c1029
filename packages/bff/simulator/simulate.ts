import { isMainThread, parentPort, Worker, workerData } from 'node:worker_threads';
import { ArgumentError, type Arguments, help, readArguments } from './arguments.ts';
import { breaks, harmless } from './breaks/index.ts';
import { createProgress } from './progress.ts';
import { count, noTotals, type Outcome, runWorlds, type Totals } from './run-worlds.ts';

/** What a thread tells: a world that is over, or all its counts when it has run all of its worlds. */
type News = { outcome: Outcome } | { counts: [string, number][] };

const shownViolations = 20;

if (isMainThread) await main();
else await runShare(workerData);

async function main(): Promise<void> {
  const args = read();
  if (args === null) return;
  const progress = createProgress(args.worlds);
  const totals = noTotals();
  const failed: Outcome[] = [];
  await run(args, (news) => {
    if ('counts' in news) return totals.tally.addAll(news.counts);
    count(totals, news.outcome);
    const { seed, violations } = news.outcome;
    if (violations.length > 0 && failed.push(news.outcome) <= shownViolations)
      progress.tell(`world ${seed}: ${violations[0]?.kind}: ${violations[0]?.rule}`);
    progress.show(totals.worlds, failed.length);
  });
  progress.end();
  if (args.coverage) console.log(coverageOf(totals));
  tellViolations(failed, args);
  console.log(lastLine(totals));
  process.exitCode = failed.length === 0 ? 0 : 1;
}

function read(): Arguments | null {
  try {
    const args = readArguments(process.argv.slice(2));
    if (args !== 'help') return args;
    console.log(help);
  } catch (error) {
    if (!(error instanceof ArgumentError)) throw error;
    console.error(`simulate: ${error.message}\nTry --help.`);
    process.exitCode = 2;
  }
  return null;
}

/** Gives each thread every n-th world of its own stretch; one thread alone is this one. */
async function run(args: Arguments, onNews: (news: News) => void): Promise<void> {
  const jobs = Math.min(args.jobs, args.worlds);
  if (jobs === 1) return work(args, onNews);
  const share = Math.ceil(args.worlds / jobs);
  const threads = Array.from({ length: jobs }, (_, index) => {
    const worlds = Math.min(share, args.worlds - index * share);
    return runThread({ ...args, worlds, seed: args.seed + index * share }, onNews);
  });
  await Promise.all(threads);
}

function runThread(args: Arguments, onNews: (news: News) => void): Promise<void> {
  if (args.worlds <= 0) return Promise.resolve();
  return new Promise((resolve, reject) => {
    const thread = new Worker(new URL(import.meta.url), { workerData: args });
    thread.on('message', onNews);
    thread.on('error', reject);
    thread.on('exit', () => resolve());
  });
}

async function runShare(args: Arguments): Promise<void> {
  await work(args, (news) => parentPort?.postMessage(news));
}

async function work(args: Arguments, onNews: (news: News) => void): Promise<void> {
  const { worlds, seed: from, store, bank, trace, broken } = args;
  const taken = { ...breaks, ...harmless }[broken ?? ''];
  const options = { from, worlds, store, bank, trace, broken: taken, stopAtFirst: taken !== undefined };
  const { tally } = await runWorlds(options, (outcome, lines, hash) => {
    if (trace) console.log([...lines, `trace of world ${outcome.seed}: ${hash}`].join('\n'));
    onNews({ outcome });
    return undefined;
  });
  onNews({ counts: [...tally.counts] });
}

function tellViolations(failed: Outcome[], args: Arguments): void {
  failed.sort((a, b) => a.seed - b.seed);
  for (const { seed, bank, violations } of failed.slice(0, shownViolations)) {
    console.log(`\nworld ${seed} (bank: ${bank})`);
    for (const { kind, rule, detail } of violations) console.log(`  ${kind}: ${rule}: ${detail}`);
    console.log(`  replay: ${replay(seed, args)}`);
  }
  if (failed.length > shownViolations) console.log(`\n… and ${failed.length - shownViolations} worlds more`);
  if (failed.length > 0) console.log('');
}

function replay(seed: number, { store, bank, broken }: Arguments): string {
  const more = [
    ...(store === 'memory' ? [] : [`--store ${store}`]),
    ...(bank === undefined ? [] : [`--bank ${bank}`]),
    ...(broken === undefined ? [] : [`--break ${broken}`]),
  ];
  return ['pnpm simulate --worlds 1 --trace', `--seed ${seed}`, ...more].join(' ');
}

function coverageOf({ tally }: Totals): string {
  const names = [...tally.counts.keys()].sort();
  return names.map((name) => `${String(tally.counts.get(name)).padStart(10)}  ${name}`).join('\n');
}

function lastLine({ worlds, payouts, faults, violations }: Totals): string {
  const { paid_twice, lost, wrong, stuck } = violations;
  const counts = { worlds, payouts, faults, paid_twice, lost, wrong, stuck };
  return Object.entries(counts)
    .map(([name, value]) => `${name}=${value}`)
    .join(' ');
}
