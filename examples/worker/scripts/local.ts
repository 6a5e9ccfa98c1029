import { type ChildProcess, execFile, spawn } from 'node:child_process';
import { randomBytes } from 'node:crypto';
import { once } from 'node:events';
import { existsSync, readFileSync, writeFileSync } from 'node:fs';
import { mkdir, readFile } from 'node:fs/promises';
import { createRequire } from 'node:module';
import { dirname, join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { fileURLToPath } from 'node:url';
import { promisify } from 'node:util';
import { type ServedSandbox, serveSandbox } from '@b131/sandbox/node';

/** The Worker in `wrangler dev`, and the sandbox bank it talks to, both on this machine only. */
export interface Local {
  /** Where the Worker answers. */
  url: string;
  bank: ServedSandbox;
  secrets: Secrets;
  /** What the cron trigger does once a minute; `wrangler dev` fires it only when asked. */
  cron(): Promise<void>;
  stop(): Promise<void>;
}

export interface LocalOptions {
  /** Keys, secrets and the database; what is there is used again. */
  folder: string;
  /** 0 takes a free one. */
  port: number;
  sandboxPort: number;
  /** Of this example; default `wrangler.jsonc`. */
  config?: string;
}

interface Secrets {
  TICKET_SECRET: string;
  BFF_SECRET: string;
  SERVER_KEY: string;
}

const example = fileURLToPath(new URL('..', import.meta.url));
const wrangler = join(
  dirname(createRequire(import.meta.url).resolve('wrangler/package.json')),
  'bin/wrangler.js',
);
const patience = 90_000;
export const project = 'my_project';
export const origin = 'https://shop.example';

/** Brings up the bank, migrates the database, starts the Worker. */
export async function startLocal({
  folder,
  port,
  sandboxPort,
  config = 'wrangler.jsonc',
}: LocalOptions): Promise<Local> {
  await mkdir(folder, { recursive: true });
  const bank = await serveSandbox({ port: sandboxPort, keysDir: join(folder, 'keys'), project });
  try {
    const secrets = secretsOf(folder);
    const vars = join(folder, 'worker.env');
    writeFileSync(
      vars,
      toEnvFile({
        ...secrets,
        BANK_ENVIRONMENT: bank.url,
        BANK_PROJECT: project,
        SHOP_ORIGIN: origin,
        BANK_PRIVATE_KEY: await readFile(bank.keys.paths.partnerPrivate, 'utf8'),
        BANK_PUBLIC_KEY: bank.keys.bankPublicKey,
      }),
      { mode: 0o600 },
    );
    const common = ['--config', config, '--persist-to', join(folder, 'state')];
    await run(folder, ['d1', 'migrations', 'apply', 'DB', '--local', ...common]);
    const { child, url } = await serve(folder, [...common, '--env-file', vars, '--port', String(port)]);
    bank.sandbox.settings.webhookUrl = `${url}/webhooks/bank131`;
    return {
      url,
      bank,
      secrets,
      async cron() {
        const response = await fetch(`${url}/cdn-cgi/handler/scheduled`);
        if (!response.ok) throw new Error(`the cron failed: ${response.status} ${await response.text()}`);
      },
      async stop() {
        await end(child);
        await bank.close();
      },
    };
  } catch (error) {
    await bank.close();
    throw error;
  }
}

function secretsOf(folder: string): Secrets {
  const file = join(folder, 'secrets.json');
  if (existsSync(file)) return JSON.parse(readFileSync(file, 'utf8'));
  const random = () => randomBytes(32).toString('base64');
  const secrets: Secrets = { TICKET_SECRET: random(), BFF_SECRET: random(), SERVER_KEY: random() };
  writeFileSync(file, JSON.stringify(secrets), { mode: 0o600 });
  return secrets;
}

function toEnvFile(values: Record<string, string>): string {
  return Object.entries(values)
    .map(([name, value]) => `${name}="${value.trim()}"\n`)
    .join('');
}

/** Nothing is sent anywhere, and logs stay in the folder. */
function environment(folder: string): NodeJS.ProcessEnv {
  return {
    ...process.env,
    CI: '1',
    NO_COLOR: '1',
    WRANGLER_SEND_METRICS: 'false',
    WRANGLER_LOG_PATH: join(folder, 'logs'),
    CLOUDFLARE_CF_FETCH_ENABLED: 'false',
  };
}

async function run(folder: string, args: readonly string[]): Promise<void> {
  await promisify(execFile)(process.execPath, [wrangler, ...args], {
    cwd: example,
    env: environment(folder),
  });
}

async function serve(folder: string, args: readonly string[]): Promise<{ child: ChildProcess; url: string }> {
  const child = spawn(
    process.execPath,
    [wrangler, 'dev', '--ip', '127.0.0.1', '--inspector-port', '0', ...args],
    {
      cwd: example,
      env: environment(folder),
      stdio: ['ignore', 'pipe', 'pipe'],
      // A group of its own, so that workerd ends with it.
      detached: true,
    },
  );
  let log = '';
  for (const stream of [child.stdout, child.stderr]) {
    stream.setEncoding('utf8').on('data', (text: string) => {
      log = (log + text).slice(-20_000);
    });
  }
  for (
    const giveUpAt = Date.now() + patience;
    Date.now() < giveUpAt && child.exitCode === null;
    await sleep(50)
  ) {
    const url = /Ready on (http:\/\/[\d.]+:\d+)/.exec(log)?.[1];
    if (url !== undefined) return { child, url };
  }
  await end(child);
  if (log.includes('Address already in use')) {
    throw new Error(
      `The port ${args.at(-1)} is taken: end what listens there, or choose another with --port.`,
    );
  }
  throw new Error(`wrangler dev did not come up:\n${log}`);
}

async function end(child: ChildProcess): Promise<void> {
  const { pid } = child;
  if (pid === undefined) return;
  const exited = child.exitCode === null && child.signalCode === null ? once(child, 'exit') : null;
  try {
    process.kill(-pid, 'SIGKILL');
  } catch {
    // The whole group is gone already.
  }
  await exited;
}
