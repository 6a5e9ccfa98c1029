import { parseArgs } from 'node:util';
import { KeyError } from '@b131/api';
import type { SandboxEvent } from '../control/journal.js';
import { greeting } from './greeting.js';
import { KeysError } from './keys.js';
import { logLine } from './log.js';
import { PortError, type ServedSandbox, type ServeOptions, serveSandbox } from './serve.js';

const USAGE = `b131-sandbox: Bank 131 on your desk (unofficial; no money moves)

  b131-sandbox [options]

  --port N          port to listen on (4131; 0 takes a free one)
  --webhook-url U   where webhooks go, for example http://127.0.0.1:4132/webhooks/bank131 (none)
  --keys DIR        folder of the key pairs; made on the first run (./b131-keys)
  --project NAME    what partners give in X-PARTNER-PROJECT (sandbox)
  --hostname H      address to listen on (127.0.0.1)
  --quiet           no line for each thing that happens
  --help            this text
`;

/** A command line that cannot be followed; the message says why. */
class OptionError extends Error {
  override readonly name = 'OptionError';
}

interface Command {
  readonly help: boolean;
  readonly quiet: boolean;
  readonly serve: ServeOptions;
}

/** The command `b131-sandbox`. Ends the process's work by SIGINT or SIGTERM; sets its exit code. */
export async function main(args: readonly string[]): Promise<void> {
  try {
    const command = readCommand(args);
    if (command.help) return void process.stdout.write(USAGE);
    await run(command);
  } catch (error) {
    process.exitCode = explain(error);
  }
}

async function run({ serve, quiet }: Command): Promise<void> {
  const served = await serveSandbox(serve);
  if (!quiet) served.sandbox.on(printEvent);
  process.stdout.write(greeting(served));
  closeOnSignals(served);
}

function closeOnSignals(served: ServedSandbox): void {
  const close = () => {
    process.removeListener('SIGINT', close);
    process.removeListener('SIGTERM', close);
    void served.close();
  };
  process.on('SIGINT', close);
  process.on('SIGTERM', close);
}

function printEvent(event: SandboxEvent): void {
  process.stdout.write(`${logLine(event)}\n`);
}

function readCommand(args: readonly string[]): Command {
  const { values } = parse(args);
  const { help, quiet, keys, project, hostname } = values;
  if (project.trim() === '') throw new OptionError('--project needs a name.');
  const webhookUrl = values['webhook-url'] === undefined ? null : readUrl(values['webhook-url']);
  return {
    help,
    quiet,
    serve: { port: readPort(values.port), keysDir: keys, project, hostname, webhookUrl },
  };
}

function parse(args: readonly string[]) {
  try {
    return parseArgs({
      args: [...args],
      options: {
        port: { type: 'string', default: '4131' },
        'webhook-url': { type: 'string' },
        keys: { type: 'string', default: 'b131-keys' },
        project: { type: 'string', default: 'sandbox' },
        hostname: { type: 'string', default: '127.0.0.1' },
        quiet: { type: 'boolean', default: false },
        help: { type: 'boolean', default: false, short: 'h' },
      },
    });
  } catch (error) {
    throw new OptionError(error instanceof Error ? error.message : 'Bad options.');
  }
}

function readPort(text: string): number {
  const port = Number(text);
  if (!/^\d+$/.test(text) || port > 65_535)
    throw new OptionError(`--port must be 0 to 65535, not '${text}'.`);
  return port;
}

function readUrl(text: string): string {
  const url = URL.parse(text);
  if (url?.protocol === 'http:' || url?.protocol === 'https:') return url.href;
  throw new OptionError(`--webhook-url must be an http or https URL, not '${text}'.`);
}

/** Says what is wrong without a stack and chooses the exit code: 2 for the command line, 1 for the rest. */
function explain(error: unknown): number {
  if (error instanceof OptionError) {
    process.stderr.write(`b131-sandbox: ${error.message}\nSee b131-sandbox --help\n`);
    return 2;
  }
  const known = error instanceof PortError || error instanceof KeysError || error instanceof KeyError;
  if (!known) throw error;
  process.stderr.write(`b131-sandbox: ${error.message}\n`);
  return 1;
}
