import { parseArgs } from 'node:util';
import { measures } from './measures/index.ts';

export interface BenchOptions {
  help: boolean;
  quick: boolean;
  only: readonly string[];
  json: string | undefined;
  svg: string | undefined;
  write: boolean;
}

export const help = `Usage: bench [options]

  Measures what the kit costs, beside doing only what must be done, and beside an integration written by hand: as
  ratios of one run, measured in turn. About ten minutes.

  --quick        about a minute; the figures scatter more
  --only NAME    one measure, or several: ${measures.map(({ name }) => name).join(', ')}
  --json FILE    writes everything that was measured, round by round
  --svg FILE     writes the plot
  --write        sets the figures into docs/performance.md, and draws its plot
  --help
`;

/** Reads the command line. */
export function arguments_(args: readonly string[]): BenchOptions | { problem: string } {
  const flag = { type: 'boolean', default: false } as const;
  const text = { type: 'string' } as const;
  try {
    const { values } = parseArgs({
      args: [...args],
      options: {
        ...{ help: flag, quick: flag, write: flag, json: text, svg: text },
        only: { type: 'string', multiple: true, default: [] },
      },
    });
    const known = measures.map(({ name }) => name);
    const unknown = values.only.find((name) => !known.includes(name));
    if (unknown !== undefined)
      return { problem: `--only ${unknown}: there is no such measure; there are ${known.join(', ')}` };
    return { ...values, json: values.json, svg: values.svg };
  } catch (error) {
    return { problem: error instanceof Error ? error.message : String(error) };
  }
}
