import { readFile, writeFile } from 'node:fs/promises';
import { parseArgs } from 'node:util';
import { judge } from '../figures.ts';
import { intoPage } from '../report/page.ts';
import { createProgress } from '../report/progress.ts';
import { toTable } from '../report/table.ts';
import type { Databases } from './databases.ts';
import { growth } from './growth.ts';
import { postgresDatabases } from './postgres.ts';
import { sqliteDatabases } from './sqlite.ts';

const help = `Usage: bench:growth [options]

  What drain() and the status route cost over 1,000, 100,000 and 1,000,000 payouts, on SQLite and on Postgres. Minutes,
  and some gigabytes in the temporary folder while it runs.

  --sizes LIST   other sizes, such as 1000,100000
  --rounds N     default 7
  --write        sets the figures into docs/performance.md
  --help

  The exit code is 0 when every goal is met, 1 when one is not, 2 when the arguments make no sense.
`;
const page = new URL('../../../../docs/performance.md', import.meta.url);

interface Given {
  sizes: number[];
  rounds: number;
  write: boolean;
}

const given = read();
if (given) await run(given);

function read(): Given | null {
  const text = { type: 'string' } as const;
  const flag = { type: 'boolean', default: false } as const;
  try {
    const { values } = parseArgs({ options: { sizes: text, rounds: text, write: flag, help: flag } });
    const sizes = (values.sizes ?? '1000,100000,1000000').split(',').map(Number);
    const rounds = Number(values.rounds ?? 7);
    if (!sizes.every((size) => Number.isInteger(size) && size > 0))
      throw new Error('--sizes takes whole numbers');
    if (!(Number.isInteger(rounds) && rounds > 0)) throw new Error('--rounds takes a whole number above 0');
    if (!values.help) return { sizes, rounds, write: values.write };
    console.log(help);
  } catch (error) {
    console.error(`bench:growth: ${error instanceof Error ? error.message : error}\nTry --help.`);
    process.exitCode = 2;
  }
  return null;
}

async function run({ sizes, rounds, write }: Given): Promise<void> {
  const progress = createProgress(process.stderr);
  const kinds: Databases[] = [await sqliteDatabases(), await postgresDatabases()];
  try {
    const section = await growth(kinds, { sizes, rounds, warm: 10, progress: progress.say });
    progress.end();
    console.log(toTable([section]));
    if (write) await writeFile(page, intoPage(await readFile(page, 'utf8'), [section]));
    process.exitCode = section.figures.some((figure) => judge(figure).kind === 'missed') ? 1 : 0;
  } finally {
    for (const databases of kinds) await databases.close();
  }
}
