import { parseArgs } from 'node:util';
import { wholeNumber } from '../whole-number.ts';
import { type FuzzReport, fuzz } from './fuzz.ts';

const help = `Usage: fuzz [options]

  Throws bad requests at every route of a real server, over HTTP and as broken HTTP on raw sockets: no failure but the
  documented ones, no hang, no secret in an answer or the log, memory back to where it was.

  --requests N  how many (default 100000)
  --seed S      the same seed sends the same requests (default 1)
  --help

  The exit code is 0 when nothing was found, 1 when something was, 2 when the arguments make no sense.
`;

/** What the heap may have grown by, in bytes: payouts that were really recorded, and code compiled meanwhile. */
const slack = 24 * 1024 * 1024;

await main();

async function main(): Promise<void> {
  const options = read();
  if (!options) return;
  const report = await fuzz({ ...options, onProgress: (done) => progress(done, options.requests) });
  if (process.stderr.isTTY) process.stderr.write('\n');
  print(report);
  const leaks = leaksOf(report);
  for (const leak of leaks) console.error(leak);
  for (const { what, request } of report.findings.slice(0, 20)) console.error(`${what}: ${request}`);
  process.exitCode = report.findings.length + leaks.length === 0 ? 0 : 1;
}

function read(): { requests: number; seed: number } | null {
  try {
    const { values } = parseArgs({
      options: { requests: { type: 'string' }, seed: { type: 'string' }, help: { type: 'boolean' } },
    });
    if (!values.help)
      return {
        requests: wholeNumber('requests', values.requests ?? '100000'),
        seed: wholeNumber('seed', values.seed ?? '1'),
      };
    console.log(help);
  } catch (error) {
    console.error(`fuzz: ${error instanceof Error ? error.message : error}\nTry --help.`);
    process.exitCode = 2;
  }
  return null;
}

function progress(done: number, total: number): void {
  if (process.stderr.isTTY) process.stderr.write(`\r${done} of ${total} requests`);
  else if (done % 20_000 === 0) console.error(`${done} of ${total} requests`);
}

function print({ statuses, requests, broken, findings, before, after }: FuzzReport): void {
  for (const [route, counts] of [...statuses].sort(([a], [b]) => a.localeCompare(b))) {
    const told = [...counts].sort(([a], [b]) => a - b).map(([status, count]) => `${status}×${count}`);
    console.log(`${route.padEnd(40)} ${told.join('  ')}`);
  }
  const mb = (bytes: number) => (bytes / 1024 / 1024).toFixed(1);
  console.log(
    `requests=${requests} broken=${broken} routes=${statuses.size} findings=${findings.length} ` +
      `heap_before=${mb(before.heap)}MB heap_after=${mb(after.heap)}MB sockets=${after.sockets} streams=${after.load.streams}`,
  );
}

function leaksOf({ before, after }: FuzzReport): string[] {
  const leaks = [];
  if (after.heap > before.heap + slack) leaks.push('the heap has grown by more than 24 MB');
  if (after.load.streams > 0) leaks.push('event streams stay open without a reader');
  if (after.sockets > 0) leaks.push('connections stay open without a caller');
  return leaks;
}
