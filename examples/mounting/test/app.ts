import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtemp, rm } from 'node:fs/promises';
import { createServer } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { fileURLToPath } from 'node:url';
import { makeKeys } from '@b131/runtimes/keys';
import type { Surroundings } from '@b131/runtimes/recipient';
import { type ServedSandbox, serveSandbox } from '@b131/sandbox/node';

/** A shop's app with the BFF under `/b131`, in a process of its own, and the bank it talks to. */
export interface App extends Surroundings {
  bank: ServedSandbox;
  /** Asks the app to end, and resolves with the exit code, null if it had to be killed. */
  stop(): Promise<number | null>;
}

export interface AppOptions {
  /** What to run with Node, in the folder. */
  args: readonly string[];
  folder: string;
}

const patience = 60_000;
export const example = fileURLToPath(new URL('..', import.meta.url));
const project = 'mounted';

/** Starts the app and waits until the shop's own page is there. */
export async function startApp(options: AppOptions): Promise<App> {
  const folder = await mkdtemp(join(tmpdir(), 'b131-mounting-'));
  const keysDir = join(folder, 'keys');
  const { privateKey, ticketKey, secret } = await makeKeys(keysDir);
  const bank = await serveSandbox({ port: 0, keysDir, project, settings: { processingMs: 200 } });
  const origin = 'https://shop.example';
  const { child, url } = await spawnApp(options, {
    BANK_API: bank.url,
    BANK_PROJECT: project,
    BANK_PRIVATE_KEY: privateKey,
    BANK_PUBLIC_KEY: bank.keys.bankPublicKey,
    PAYOUTS_DB: join(folder, 'payouts.db'),
    TICKET_SECRET: ticketKey,
    BFF_SECRET: secret,
    SHOP_ORIGIN: origin,
  });
  bank.sandbox.settings.webhookUrl = `${url}/b131/webhooks/bank131`;
  return {
    host: { url },
    config: { origin, project, ticketKey },
    bank,
    async stop() {
      const code = await end(child);
      await bank.close();
      await rm(folder, { recursive: true, force: true });
      return code;
    },
  };
}

/** Somebody else may take the port between our finding it free and the app's listening: then another one is tried. */
async function spawnApp({ args, folder }: AppOptions, settings: Record<string, string>, triesLeft = 3) {
  const port = await freePort();
  const child = spawn(process.execPath, args, {
    cwd: folder,
    env: { ...process.env, ...settings, PORT: String(port), NEXT_TELEMETRY_DISABLED: '1' },
    stdio: ['ignore', 'pipe', 'pipe'],
  });
  let log = '';
  for (const stream of [child.stdout, child.stderr]) {
    stream.setEncoding('utf8').on('data', (text: string) => {
      log += text;
    });
  }
  const url = `http://127.0.0.1:${port}`;
  for (const giveUpAt = Date.now() + patience; Date.now() < giveUpAt; await sleep(50)) {
    if (child.exitCode !== null) break;
    const page = await fetch(url).then(
      (response) => response.text(),
      () => null,
    );
    if (page === 'the shop') return { child, url };
  }
  await end(child);
  if (triesLeft > 1 && log.includes('EADDRINUSE')) return spawnApp({ args, folder }, settings, triesLeft - 1);
  throw new Error(`${args.join(' ')} did not come up:\n${log}`);
}

async function freePort(): Promise<number> {
  const server = createServer().listen(0, '127.0.0.1');
  await once(server, 'listening');
  const address = server.address();
  server.close();
  await once(server, 'close');
  if (typeof address !== 'object' || address === null) throw new Error('no port');
  return address.port;
}

async function end(child: ChildProcess): Promise<number | null> {
  if (child.exitCode !== null || child.signalCode !== null) return child.exitCode;
  const exited = once(child, 'exit');
  child.kill('SIGTERM');
  const timer = setTimeout(() => child.kill('SIGKILL'), 30_000);
  await exited;
  clearTimeout(timer);
  return child.exitCode;
}
