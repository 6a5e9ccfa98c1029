import { styleText } from 'node:util';

/** A word after `b131-sandbox`: what it is for and what it does. */
export interface Command {
  /** One line for the list of commands. */
  readonly summary: string;
  /** What `--help` says. */
  readonly usage: string;
  /** Does it; the answer is the exit code. @throws OptionError, CommandError */
  run(args: string[]): Promise<number>;
}

/** A command line that cannot be followed; the message says why. Exit code 2. */
export class OptionError extends Error {
  override readonly name = 'OptionError';
}

/** What was asked for could not be done; the message says why and what to do. Exit code 1. */
export class CommandError extends Error {
  override readonly name = 'CommandError';
}

/** A signature does not belong to what it came with. */
export const FALSE_SIGNATURE = 3;

export function print(line: string): void {
  process.stdout.write(`${line}\n`);
}

export type Colour = Parameters<typeof styleText>[0];

/** Coloured on a terminal alone: `NO_COLOR`, pipes and files get plain text. */
export function paint(colour: Colour, text: string): string {
  return styleText(colour, text, { stream: process.stdout });
}

/** Runs `parse`, and turns what Node says of a wrong option into an OptionError. */
export function readOptions<T>(parse: () => T): T {
  try {
    return parse();
  } catch (error) {
    throw new OptionError(error instanceof Error ? error.message.split('. To specify')[0] : 'Bad options.');
  }
}

/** The one thing a command is about, such as a file; `what` names it. */
export function only(positionals: readonly string[], what: string): string {
  const [one, ...more] = positionals;
  if (one === undefined) throw new OptionError(`${what} is missing.`);
  if (more.length > 0) throw new OptionError(`One ${what} at a time; '${more[0]}' is too many.`);
  return one;
}

export function none(positionals: readonly string[]): void {
  if (positionals.length > 0) throw new OptionError(`'${positionals[0]}' is not understood here.`);
}

export function readNumber(text: string, option: string): number {
  if (!/^\d+$/.test(text)) throw new OptionError(`${option} must be a whole number, not '${text}'.`);
  return Number(text);
}

export function readUrl(text: string, option: string): string {
  const url = URL.parse(text);
  if (url?.protocol === 'http:' || url?.protocol === 'https:') return url.href;
  throw new OptionError(`${option} must be an http or https URL, not '${text}'.`);
}
