import { parseArgs } from 'node:util';
import { wholeNumber } from '../whole-number.ts';
import { holdStreams, type StreamsOptions, type StreamsReport } from './streams.ts';

const help = `Usage: streams [options]

  Holds many event streams open on one real server while payouts go on, then lets thousands of readers come and go:
  no stream is dropped, every payout comes to its end, and nothing stays behind.

  --streams N   open at once (default 2000)
  --rest N      seconds they are held while nothing happens (default 5)
  --seconds N   seconds they are held while payouts go on (default 30)
  --churn N     connects and disconnects afterwards (default 20000)
  --help

  The exit code is 0 when all of that was so, 1 when it was not, 2 when the arguments make no sense.
`;

/** What the heap may grow by over all connects and disconnects, in bytes. */
const slack = 16 * 1024 * 1024;

const options = read();
if (options) {
  const report = await holdStreams(options);
  print(options, report);
  process.exitCode = isGood(options, report) ? 0 : 1;
}

function read(): StreamsOptions | null {
  const text = { type: 'string' } as const;
  try {
    const { values } = parseArgs({
      options: { streams: text, rest: text, seconds: text, churn: text, help: { type: 'boolean' } },
    });
    if (!values.help) {
      return {
        streams: wholeNumber('streams', values.streams ?? '2000'),
        rest: wholeNumber('rest', values.rest ?? '5'),
        seconds: wholeNumber('seconds', values.seconds ?? '30'),
        churn: wholeNumber('churn', values.churn ?? '20000'),
      };
    }
    console.log(help);
  } catch (error) {
    console.error(`streams: ${error instanceof Error ? error.message : error}\nTry --help.`);
    process.exitCode = 2;
  }
  return null;
}

function print({ streams, rest, seconds, churn }: StreamsOptions, report: StreamsReport): void {
  const { before, held, opening, resting, dropped, payouts, cpu, left, after } = report;
  const mb = (bytes: number) => `${(bytes / 1024 / 1024).toFixed(1)} MB`;
  const each = ((held.heap - before.heap) / streams / 1024).toFixed(1);
  const busy = ((cpu / 1e6 / seconds) * 100).toFixed(0);
  console.log(`streams       ${held.load.streams} of ${streams} open, ${dropped} dropped in ${seconds} s`);
  console.log(`heap          ${mb(before.heap)} without, ${mb(held.heap)} with them: ${each} kB each`);
  console.log(
    `CPU           ${(opening / streams).toFixed(0)} µs to open one, ${(resting / streams / Math.max(rest, 1)).toFixed(0)} µs a second to hold it`,
  );
  console.log(
    `payouts       ${payouts.count} meanwhile, ${payouts.failed} not paid, slowest ${(payouts.slowest / 1000).toFixed(1)} s, ${busy} % of a core`,
  );
  console.log(`readers left  ${told(left)}`);
  console.log(`${churn} came and went  ${told(after)}`);

  function told({ load, sockets, heap }: StreamsReport['left']): string {
    return `${load.streams} streams, ${sockets} connections, heap ${mb(heap)}`;
  }
}

function isGood(
  { streams }: StreamsOptions,
  { held, dropped, payouts, left, after }: StreamsReport,
): boolean {
  const areHeld = held.load.streams === streams && dropped === 0;
  const arePaid = payouts.count > 0 && payouts.failed === 0;
  const areGone = [left, after].every(({ load, sockets }) => load.streams === 0 && sockets === 0);
  return areHeld && arePaid && areGone && after.heap < left.heap + slack;
}
