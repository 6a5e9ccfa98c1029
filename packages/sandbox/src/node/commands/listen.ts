import { createServer, type Server } from 'node:http';
import { parseArgs } from 'node:util';
import type { Settings } from '../../bank/settings.js';
import type { EventView, SandboxEvent } from '../../control/journal.js';
import { type Command, none, print, readOptions, readUrl } from './command.js';
import { logLine } from './log.js';
import { eventsOf, type Remote, remote } from './remote.js';
import { untilSignal } from './start.js';

export const listen: Command = {
  summary: 'print the webhooks of a running sandbox as they go',
  usage: `b131-sandbox listen: prints each webhook of a running sandbox, with what its receiver answered

  b131-sandbox listen [--forward-to http://127.0.0.1:8000/webhooks]

  --url URL         the sandbox (B131_SANDBOX_URL, or http://127.0.0.1:4131)
  --forward-to URL  send the webhooks there, until this command ends
  --bodies          print the bodies too, secrets shortened
  --json            one JSON object a line, bodies included
  --help            this text

A sandbox whose webhooks go nowhere sends them to this command, which answers 200.
`,
  async run(args) {
    const { values, positionals } = readOptions(() =>
      parseArgs({ args, options: OPTIONS, allowPositionals: true }),
    );
    none(positionals);
    const { bodies = false, json = false } = values;
    const to = values['forward-to'];
    const bank = remote(values.url);
    const { webhookUrl: before } = await bank.ask<Settings>('settings');
    const receiver = to === undefined && before === null ? await openReceiver() : undefined;
    const target = to === undefined ? receiver?.url : readUrl(to, '--forward-to');
    const end = new AbortController();
    const stream = await bank.events(end.signal);
    if (target !== undefined) await bank.ask('settings', { webhookUrl: target }, 'PATCH');
    const ended = untilSignal();
    if (!json) print(`Listening to ${bank.url}. Webhooks go to ${target ?? before}. Ctrl-C ends it.`);
    await Promise.race([ended, follow(bank, stream, { bodies, json })]);
    end.abort();
    receiver?.server.close();
    if (target !== undefined)
      await bank.ask('settings', { webhookUrl: before }, 'PATCH').catch(() => undefined);
    return 0;
  },
};

const OPTIONS = {
  url: { type: 'string' },
  'forward-to': { type: 'string' },
  bodies: { type: 'boolean' },
  json: { type: 'boolean' },
} as const;

async function follow(
  bank: Remote,
  stream: ReadableStream<Uint8Array>,
  { bodies, json }: { bodies: boolean; json: boolean },
): Promise<void> {
  try {
    for await (const event of eventsOf<SandboxEvent>(stream)) {
      if (event.kind !== 'webhook') continue;
      if (!json) print(logLine(event));
      if (!bodies && !json) continue;
      const whole = await bank.ask<EventView>(`events/${event.id}`);
      print(json ? JSON.stringify(whole) : (whole.exchange?.request.body ?? ''));
    }
    print('The sandbox has ended.');
  } catch (error) {
    if (!(error instanceof Error && error.name === 'AbortError')) print('The sandbox has ended.');
  }
}

/** Takes every webhook and answers 200. */
function openReceiver(): Promise<{ server: Server; url: string }> {
  const server = createServer((request, response) => {
    request.resume().on('end', () => response.writeHead(200).end());
  });
  return new Promise((resolve) => {
    server.listen(0, '127.0.0.1', () => {
      const address = server.address();
      resolve({ server, url: `http://127.0.0.1:${typeof address === 'object' ? address?.port : ''}/` });
    });
  });
}
