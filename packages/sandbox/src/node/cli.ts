import { readFileSync } from 'node:fs';
import { KeyError } from '@b131/api';
import { type Command, CommandError, OptionError, print } from './commands/command.js';
import { keys } from './commands/keys.js';
import { listen } from './commands/listen.js';
import { sign, verify } from './commands/sign.js';
import { start } from './commands/start.js';
import { trigger } from './commands/trigger.js';
import { KeysError } from './keys.js';
import { PersistError } from './persist.js';
import { PortError } from './serve.js';

const COMMANDS: Readonly<Record<string, Command>> = { start, keys, trigger, listen, sign, verify };

const OVERVIEW = `b131-sandbox: Bank 131 on your desk (unofficial; no money moves)

  b131-sandbox [command] [options]
  b131-sandbox --version

${Object.entries(COMMANDS)
  .map(([name, { summary }]) => `  ${name.padEnd(9)}${summary}`)
  .join('\n')}

  b131-sandbox COMMAND --help tells the options of each. Without a command it starts:

${start.usage.split('\n').slice(4).join('\n')}
Exit codes: 0 done, 1 could not be done, 2 the command line was not understood, 3 a signature does not hold.
`;

/** The command `b131-sandbox`; sets the process's exit code. */
export async function main(args: readonly string[]): Promise<void> {
  const [word = '', ...rest] = args;
  const named = Object.hasOwn(COMMANDS, word) ? COMMANDS[word] : undefined;
  const wantsHelp = args.includes('--help') || args.includes('-h') || word === 'help';
  if (wantsHelp) return void process.stdout.write(named?.usage ?? OVERVIEW);
  if (word === '--version' || word === '-v') return print(version());
  try {
    if (!named && word !== '' && !word.startsWith('-'))
      throw new OptionError(`There is no command '${word}'.`);
    process.exitCode = named ? await named.run(rest) : await start.run([...args]);
  } catch (error) {
    process.exitCode = explain(error, named ? `${word} ` : '');
  }
}

function version(): string {
  const manifest = readFileSync(new URL('../../package.json', import.meta.url), 'utf8');
  const { version }: { version: string } = JSON.parse(manifest);
  return version;
}

/** Says what is wrong without a stack and chooses the exit code. */
function explain(error: unknown, command: string): number {
  if (error instanceof OptionError) {
    process.stderr.write(`b131-sandbox: ${error.message}\nSee b131-sandbox ${command}--help\n`);
    return 2;
  }
  if (!isKnown(error)) throw error;
  process.stderr.write(`b131-sandbox: ${error.message}\n`);
  return 1;
}

function isKnown(error: unknown): error is Error {
  const known = [CommandError, PortError, KeysError, PersistError, KeyError];
  return known.some((kind) => error instanceof kind);
}
