import { availableParallelism } from 'node:os';
import { parseArgs } from 'node:util';
import { breaks, harmless } from './breaks/index.ts';
import type { StoreName } from './database.ts';
import { type BankName, bankNames } from './plan.ts';

export interface Arguments {
  worlds: number;
  seed: number;
  store: StoreName;
  bank: BankName | undefined;
  /** Name of the rule that is taken out. */
  broken: string | undefined;
  jobs: number;
  trace: boolean;
  coverage: boolean;
}

/** What was typed makes no sense; the message says what would. */
export class ArgumentError extends Error {
  override readonly name = 'ArgumentError';
}

export const help = `Usage: simulate [options]

  Runs simulated worlds: replicas of the BFF on one store, impatient recipients, operators, and the sandbox's bank
  behind a bad network. Each seed is one world, the same every time.

  --worlds N    how many worlds (default 1000)
  --seed S      seed of the first one (default 1); the others count on
  --store NAME  memory (default) or sqlite
  --bank NAME   what the bank is like, in all worlds; otherwise each seed chooses. One of:
                ${wrapped(bankNames)}
  --break NAME  take one safety rule out, to see that it is missed. One of:
                ${wrapped(Object.keys(breaks))}
                or, without harm: ${Object.keys(harmless).join(', ')}
  --trace       print everything that happens in each world, and a hash of it
  --coverage    print at the end how often what happened
  --jobs N      in how many threads (default: one a core; one with --trace)
  --help

  The last line is worlds=… payouts=… faults=… paid_twice=… lost=… wrong=… stuck=…: the last four are worlds in which
  that happened. The exit code is 0 when they are all 0, 1 when not, 2 when the arguments make no sense.
`;

/** @throws {ArgumentError} */
export function readArguments(args: readonly string[]): Arguments | 'help' {
  const { values } = parse(args);
  if (values.help) return 'help';
  const trace = values.trace ?? false;
  return {
    worlds: wholeNumber('worlds', values.worlds ?? '1000', 1),
    seed: wholeNumber('seed', values.seed ?? '1', 0),
    store: oneOf('store', values.store ?? 'memory', ['memory', 'sqlite']),
    bank: values.bank === undefined ? undefined : oneOf('bank', values.bank, bankNames),
    broken:
      values.break === undefined
        ? undefined
        : oneOf('break', values.break, Object.keys({ ...breaks, ...harmless })),
    jobs: trace ? 1 : wholeNumber('jobs', values.jobs ?? String(availableParallelism()), 1),
    trace,
    coverage: values.coverage ?? false,
  };
}

function parse(args: readonly string[]) {
  const text = { type: 'string' } as const;
  const flag = { type: 'boolean' } as const;
  const options = {
    ...{ worlds: text, seed: text, store: text, bank: text, break: text, jobs: text },
    ...{ trace: flag, coverage: flag, help: flag },
  };
  try {
    // A package manager may hand over the `--` that ends its own arguments.
    return parseArgs({ args: args.filter((arg) => arg !== '--'), options });
  } catch (error) {
    throw new ArgumentError(error instanceof Error ? error.message : String(error));
  }
}

function wholeNumber(name: string, text: string, least: number): number {
  const number = Number(text);
  if (/^\d+$/.test(text) && Number.isSafeInteger(number) && number >= least) return number;
  throw new ArgumentError(`--${name} must be a whole number from ${least} on, not '${text}'`);
}

function oneOf<Name extends string>(option: string, text: string, names: readonly Name[]): Name {
  const found = names.find((name) => name === text);
  if (found !== undefined) return found;
  throw new ArgumentError(`--${option} must be one of ${names.join(', ')}, not '${text}'`);
}

function wrapped(names: readonly string[]): string {
  const lines = [''];
  for (const name of names) {
    const last = lines.at(-1) ?? '';
    if (last.length + name.length > 90) lines.push(`${name} `);
    else lines[lines.length - 1] = `${last}${name} `;
  }
  return lines.map((line) => line.trim()).join('\n                ');
}
