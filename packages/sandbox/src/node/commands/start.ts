import { parseArgs } from 'node:util';
import { type SettingsPatch, settingsPatch } from '../../bank/settings.js';
import type { SandboxEvent } from '../../control/journal.js';
import { type FaultOrder, FaultOrderError, readFaultLine } from '../../faults/order.js';
import { type ServedSandbox, type ServeOptions, serveSandbox } from '../serve.js';
import { type Command, none, OptionError, print, readNumber, readOptions, readUrl } from './command.js';
import { greeting } from './greeting.js';
import { logLine } from './log.js';

const USAGE = `b131-sandbox start: Bank 131 on your desk (unofficial; no money moves)

  b131-sandbox [start] [options]

  --port N          port to listen on (4131; 0 takes a free one)
  --webhook-url U   where webhooks go, for example http://127.0.0.1:4132/webhooks/bank131 (none)
  --keys DIR        folder of the key pairs; made on the first run (./b131-keys)
  --project NAME    what partners give in X-PARTNER-PROJECT (sandbox)
  --hostname H      address to listen on (127.0.0.1)
  --persist FILE    keep sessions, tokens and settings in this file and go on from it the next time
  --set NAME=VALUE  a setting or a personality, such as processingMs=200 or autoConfirm=true; may be repeated
  --fault LINE      a fault, such as 'timeout_after on session/confirm share=0.2'; may be repeated
  --seed N          what faults that strike now and then are drawn from (131)
  --json            one JSON object a line, for programs
  --quiet           no line for each thing that happens
  --help            this text
`;

export const start: Command = {
  summary: 'start a sandbox (what b131-sandbox does by itself)',
  usage: USAGE,
  async run(args) {
    const { quiet, json, serve } = read(args);
    const served = await serveSandbox(serve);
    const ended = untilSignal();
    if (!quiet) served.sandbox.on((event) => print(json ? JSON.stringify(event) : logLine(event)));
    if (json) print(JSON.stringify(upEvent(served)));
    else process.stdout.write(greeting(served));
    await ended;
    await served.close();
    return 0;
  },
};

interface Started {
  readonly quiet: boolean;
  readonly json: boolean;
  readonly serve: ServeOptions;
}

function read(args: string[]): Started {
  const { values, positionals } = readOptions(() =>
    parseArgs({ args, options: OPTIONS, allowPositionals: true }),
  );
  none(positionals);
  const { quiet, json, keys, project, hostname, port, persist, set = [], fault = [], seed } = values;
  if (project.trim() === '') throw new OptionError('--project needs a name.');
  const url = values['webhook-url'];
  const serve: ServeOptions = {
    port: readPort(port),
    keysDir: keys,
    project,
    hostname,
    ...(url !== undefined && { webhookUrl: readUrl(url, '--webhook-url') }),
    ...(persist !== undefined && { persist }),
    ...(seed !== undefined && { seed: readNumber(seed, '--seed') }),
    settings: set.map(readSetting).reduce(merge, {}),
    faults: fault.map(readFault),
  };
  return { quiet, json, serve };
}

const OPTIONS = {
  port: { type: 'string', default: '4131' },
  'webhook-url': { type: 'string' },
  keys: { type: 'string', default: 'b131-keys' },
  project: { type: 'string', default: 'sandbox' },
  hostname: { type: 'string', default: '127.0.0.1' },
  persist: { type: 'string' },
  set: { type: 'string', multiple: true },
  fault: { type: 'string', multiple: true },
  seed: { type: 'string' },
  json: { type: 'boolean', default: false },
  quiet: { type: 'boolean', default: false },
} as const;

function readPort(text: string): number {
  const port = Number(text);
  if (!/^\d+$/.test(text) || port > 65_535)
    throw new OptionError(`--port must be 0 to 65535, not '${text}'.`);
  return port;
}

/** `processingMs=200`, `autoConfirm=true`, `lowBalance=refused`. */
function readSetting(text: string): SettingsPatch {
  const [name = '', value] = text.split(/=(.*)/s, 2);
  if (value === undefined) throw new OptionError(`--set wants NAME=VALUE, not '${text}'.`);
  const known = Object.hasOwn(settingsPatch.shape, name);
  const read = settingsPatch.safeParse(
    known ? { [name]: plain(value) } : { personality: { [name]: plain(value) } },
  );
  if (read.success) return read.data;
  const issue = read.error.issues[0];
  const reason = issue?.code === 'unrecognized_keys' ? 'there is no such setting' : issue?.message;
  throw new OptionError(`--set ${name}: ${reason}. GET /sandbox/settings/schema tells them all.`);
}

function plain(value: string): unknown {
  try {
    return JSON.parse(value);
  } catch {
    return value;
  }
}

function merge(one: SettingsPatch, other: SettingsPatch): SettingsPatch {
  return { ...one, ...other, personality: { ...one.personality, ...other.personality } };
}

function readFault(line: string): FaultOrder {
  try {
    return readFaultLine(line);
  } catch (error) {
    if (error instanceof FaultOrderError) throw new OptionError(`--fault ${error.message}`);
    throw error;
  }
}

/** The first line of `--json`: where it listens and where the keys are. */
function upEvent({ url, project, keys, sandbox }: ServedSandbox) {
  return { kind: 'up', url, project, keys: keys.paths, webhookUrl: sandbox.settings.webhookUrl } as const;
}

/** What `--json` prints, line by line. */
export type JsonLine = ReturnType<typeof upEvent> | SandboxEvent;

/** Until somebody presses Ctrl-C or ends the process. */
export function untilSignal(): Promise<void> {
  return new Promise((resolve) => {
    const end = () => {
      process.removeListener('SIGINT', end);
      process.removeListener('SIGTERM', end);
      resolve();
    };
    process.on('SIGINT', end);
    process.on('SIGTERM', end);
  });
}
