import { parseArgs } from 'node:util';
import { PortTakenError } from '../node/port-taken-error.js';
import { StoreError } from '../store/store.js';
import { version } from '../version.js';
import { check } from './check/check.js';
import { reportInWords } from './check/report.js';
import { firstRun, help } from './help.js';
import { nearest } from './nearest.js';
import { optionProblems } from './option-names.js';
import { configInWords, configLines } from './print-config.js';
import { type Environment, readSettings, SettingsError } from './read-settings.js';
import { run } from './run.js';

/** A command line that cannot be followed; the message says why. */
class CommandError extends Error {
  override readonly name = 'CommandError';
}

const flags = {
  config: { type: 'string' },
  check: { type: 'boolean' },
  'print-config': { type: 'boolean' },
  json: { type: 'boolean' },
  help: { type: 'boolean', short: 'h' },
  version: { type: 'boolean', short: 'v' },
} as const;

/** The command `b131-bff`. Sets the exit code; while it serves, a signal ends it. */
export async function main(args: readonly string[], env: Environment): Promise<void> {
  try {
    process.exitCode = await follow(args, env);
  } catch (error) {
    process.exitCode = explain(error);
  }
}

async function follow(args: readonly string[], env: Environment): Promise<number> {
  const command = readCommand(args);
  if (command.help) return print(help());
  if (command.version) return print(`${version}\n`);
  const read = readSettings(env, command.config);
  if (!read.configured) {
    process.stderr.write(firstRun);
    return 1;
  }
  if (command['print-config']) {
    const lines = configLines(read);
    return print(command.json ? json(lines) : configInWords(lines));
  }
  if (command.check) {
    const report = await check(read.settings);
    print(command.json ? json(report) : reportInWords(report));
    return report.ok ? 0 : 1;
  }
  const { url } = await run(read.settings);
  if (process.stderr.isTTY) process.stderr.write(`b131-bff ${version} answers at ${url}; Ctrl-C ends it.\n`);
  return 0;
}

function readCommand(args: readonly string[]) {
  try {
    return parseArgs({ args: [...args], options: flags }).values;
  } catch (error) {
    throw new CommandError(commandProblem(error, args));
  }
}

function commandProblem(error: unknown, args: readonly string[]): string {
  const known = Object.keys(flags).map((name) => `--${name}`);
  const strange = args.find((arg) => arg.startsWith('--') && !known.includes(arg.replace(/=.*/, '')));
  if (strange) return `${strange.replace(/=.*/, '')} is no option; did you mean ${nearest(strange, known)}?`;
  return error instanceof Error ? error.message : 'The command line cannot be read.';
}

function print(text: string): number {
  process.stdout.write(text);
  return 0;
}

function json(value: unknown): string {
  return `${JSON.stringify(value, null, 2)}\n`;
}

/** Says what is wrong without a stack and chooses the exit code: 2 for the command line, 1 for the rest. */
function explain(error: unknown): number {
  if (error instanceof CommandError) {
    process.stderr.write(`b131-bff: ${error.message}\nSee b131-bff --help\n`);
    return 2;
  }
  const lines = problemLines(error);
  if (!lines) throw error;
  process.stderr.write(lines.map((line) => `b131-bff: ${line}\n`).join(''));
  return 1;
}

/** Null for what nobody foresaw: that one may show its stack. */
function problemLines(error: unknown): string[] | null {
  const problems = error instanceof SettingsError ? error.problems : optionProblems(error);
  if (problems) return problems.map(({ option, problem }) => `${option} ${problem}`);
  if (error instanceof StoreError || error instanceof PortTakenError) return [error.message];
  const code = error instanceof Error && 'syscall' in error && error.syscall === 'listen' ? error : null;
  return code ? [`cannot listen at B131_HOST and B131_PORT: ${code.message}`] : null;
}
