import { crash } from './crash.ts';
import { type Options, readOptions, UsageError, usage } from './options.ts';
import { details, lastLine } from './verdict.ts';

process.exitCode = await main(process.argv.slice(2));

async function main(given: readonly string[]): Promise<number> {
  try {
    const options = readOptions(given);
    if (options) return await run(options);
    console.log(usage);
    return 0;
  } catch (error) {
    if (!(error instanceof UsageError)) throw error;
    console.error(`${error.message}\n\n${usage}`);
    return 2;
  }
}

async function run(options: Options): Promise<number> {
  const { kills, store, replicas, payouts, seed } = options;
  const again = `--kills ${kills} --store ${store} --replicas ${replicas} --payouts ${payouts} --seed ${seed}`;
  console.log(`crash test ${again}`);
  const stop = new AbortController();
  for (const name of ['SIGINT', 'SIGTERM', 'SIGHUP'] as const) process.once(name, () => stop.abort());
  try {
    const verdict = await crash(options, console.log, stop.signal);
    for (const line of details(verdict)) console.log(line);
    const clean = verdict.findings.length === 0;
    if (!clean) console.log(`\nthe same choices again: pnpm crash-test ${again}`);
    console.log(lastLine(verdict));
    return clean ? 0 : 1;
  } catch (error) {
    if (!stop.signal.aborted) throw error;
    console.error('interrupted');
    return 130;
  }
}
