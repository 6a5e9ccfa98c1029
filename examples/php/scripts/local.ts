import { randomBytes } from 'node:crypto';
import { existsSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { createServer } from 'node:net';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { type ServedSandbox, serveSandbox } from '@b131/sandbox/node';
import { bundleElement } from './bundle.ts';
import { type Program, startProgram } from './program.ts';

/** The PHP site, the payout server and the sandbox bank, all on this machine only. */
export interface Local {
  shop: string;
  payouts: string;
  bank: ServedSandbox;
  secrets: Secrets;
  stop(): Promise<void>;
}

export interface LocalOptions {
  /** Keys, secrets, the shop's books and the payouts; what is there is used again. */
  folder: string;
  /** 0 takes a free one. */
  shopPort: number;
  payoutsPort: number;
  bankPort: number;
  onLine?: (line: string) => void;
}

export interface Secrets {
  TICKET_SECRET: string;
  BFF_SECRET: string;
  SERVER_KEY: string;
  NOTICE_SECRET: string;
}

const project = 'my_project';
const site = fileURLToPath(new URL('../shop/public', import.meta.url));
const server = fileURLToPath(new URL('../bin/b131-bff.js', import.meta.resolve('@b131/bff')));

/** Brings up the bank, the payout server and the site, in this order. */
export async function startLocal(options: LocalOptions): Promise<Local> {
  mkdirSync(options.folder, { recursive: true });
  await bundleElement(join(site, 'b131-payout.js'));
  const secrets = secretsOf(options.folder);
  const shop = `http://127.0.0.1:${await portOr(options.shopPort)}`;
  const bank = await serveSandbox({
    port: options.bankPort,
    keysDir: join(options.folder, 'keys'),
    project,
  });
  const started: Program[] = [];
  const stop = async () => {
    for (const program of started.reverse()) await program.stop();
    await bank.close();
  };
  try {
    const payouts = await startPayouts(options, { secrets, bank, shop });
    started.push(payouts);
    const url = payouts.said;
    bank.sandbox.settings.webhookUrl = `${url}/webhooks/bank131`;
    started.push(await startSite(options, { secrets, shop, payouts: url }));
    return { shop, payouts: url, bank, secrets, stop };
  } catch (error) {
    await stop();
    throw error;
  }
}

interface Neighbours {
  secrets: Secrets;
  bank: ServedSandbox;
  shop: string;
}

async function startPayouts(
  { folder, payoutsPort, onLine }: LocalOptions,
  { secrets, bank, shop }: Neighbours,
): Promise<Program> {
  const program = await startProgram({
    command: process.execPath,
    args: [server],
    env: {
      ...process.env,
      B131_ENVIRONMENT: 'sandbox',
      B131_BANK_URL: bank.url,
      B131_PROJECT: project,
      B131_PRIVATE_KEY_FILE: bank.keys.paths.partnerPrivate,
      B131_BANK_PUBLIC_KEYS: bank.keys.bankPublicKey,
      B131_TICKET_SECRET: secrets.TICKET_SECRET,
      B131_SECRET: secrets.BFF_SECRET,
      B131_SERVER_KEYS: secrets.SERVER_KEY,
      B131_NOTIFY_URL: `${shop}/notice.php`,
      B131_NOTIFY_SECRET: secrets.NOTICE_SECRET,
      B131_ORIGINS: shop,
      B131_CONFIRM: 'recipient',
      B131_DATABASE: join(folder, 'payouts.db'),
      B131_PORT: String(payoutsPort),
    },
    ready: /(?<="url":")[^"]+/,
    ...(onLine && { onLine }),
  });
  return program;
}

function startSite(
  { folder, onLine }: LocalOptions,
  { secrets, shop, payouts }: Omit<Neighbours, 'bank'> & { payouts: string },
): Promise<Program> {
  const { host } = new URL(shop);
  return startProgram({
    command: 'php',
    args: ['-S', host, '-t', site],
    env: {
      ...process.env,
      TICKET_SECRET: secrets.TICKET_SECRET,
      TICKET_AUDIENCE: `sandbox:${project}`,
      NOTICE_SECRET: secrets.NOTICE_SECRET,
      SERVER_KEY: secrets.SERVER_KEY,
      PAYOUTS_URL: payouts,
      SHOP_BOOKS: join(folder, 'books.json'),
    },
    ready: /Development Server .* started/,
    ...(onLine && { onLine }),
  });
}

function secretsOf(folder: string): Secrets {
  const file = join(folder, 'secrets.json');
  if (existsSync(file)) return JSON.parse(readFileSync(file, 'utf8'));
  const random = () => randomBytes(32).toString('base64');
  const secrets = {
    TICKET_SECRET: random(),
    BFF_SECRET: random(),
    SERVER_KEY: random(),
    NOTICE_SECRET: `whsec_${random()}`,
  };
  writeFileSync(file, JSON.stringify(secrets), { mode: 0o600 });
  return secrets;
}

/** PHP's server must be told its port, and the payout server the shop's origin before it is up. */
async function portOr(port: number): Promise<number> {
  if (port !== 0) return port;
  const { promise, resolve, reject } = Promise.withResolvers<number>();
  const probe = createServer().once('error', reject);
  probe.listen(0, '127.0.0.1', () => {
    const address = probe.address();
    probe.close(() => resolve(typeof address === 'object' && address ? address.port : 0));
  });
  return promise;
}
