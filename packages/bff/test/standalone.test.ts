import { type ChildProcess, execFile, spawn } from 'node:child_process';
import { generateKeyPairSync, randomBytes } from 'node:crypto';
import { once } from 'node:events';
import { mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import { fileURLToPath } from 'node:url';
import { promisify } from 'node:util';
import { accountEndingWith, DEFAULT_BIK } from '@b131/sandbox';
import { type ServedSandbox, serveSandbox } from '@b131/sandbox/node';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { mintTicket } from '../src/index.js';
import { options } from '../src/server/settings.js';

const bin = fileURLToPath(new URL('../bin/b131-bff.js', import.meta.url));
const project = 'standalone';
const origin = 'https://shop.example';
const secretOf = () => randomBytes(32).toString('base64');
const keys = {
  ticket: secretOf(),
  secret: secretOf(),
  server: secretOf(),
  anna: secretOf(),
  audit: secretOf(),
};

let folder: string;
let bank: ServedSandbox;
let env: Record<string, string>;
const running = new Set<ChildProcess>();

beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'b131-standalone-'));
  const { privateKey, publicKey } = generateKeyPairSync('rsa', { modulusLength: 2048 });
  const keysDir = join(folder, 'keys');
  await mkdir(keysDir);
  await writeFile(
    join(keysDir, 'partner-public.pem'),
    publicKey.export({ type: 'spki', format: 'pem' }).toString(),
  );
  await writeFile(
    join(folder, 'private.pem'),
    privateKey.export({ type: 'pkcs8', format: 'pem' }).toString(),
  );
  bank = await serveSandbox({ port: 0, keysDir, project, settings: { processingMs: 300 } });
  await writeFile(join(folder, 'bank.pem'), bank.keys.bankPublicKey);
  env = {
    B131_ENVIRONMENT: 'sandbox',
    B131_BANK_URL: bank.url,
    B131_PROJECT: project,
    B131_PRIVATE_KEY_FILE: join(folder, 'private.pem'),
    B131_BANK_PUBLIC_KEYS_FILE: join(folder, 'bank.pem'),
    B131_TICKET_SECRET: keys.ticket,
    B131_SECRET: keys.secret,
    B131_ORIGINS: origin,
    B131_SERVER_KEYS: keys.server,
    B131_OPERATOR_KEYS: `anna@ops:${keys.anna},audit=read:${keys.audit}`,
    B131_DATABASE: join(folder, 'payouts.db'),
    B131_PORT: '0',
  };
});
afterAll(async () => {
  for (const server of running) server.kill('SIGKILL');
  await bank?.close();
  await rm(folder, { recursive: true, force: true });
});

/** Runs the command to its end. */
async function command(args: string[], changes: Record<string, string> = {}) {
  try {
    const { stdout, stderr } = await promisify(execFile)(process.execPath, [bin, ...args], {
      env: { ...env, ...changes },
      timeout: 60_000,
    });
    return { code: 0, stdout, stderr };
  } catch (error) {
    const { code, stdout, stderr } = error as { code: number; stdout: string; stderr: string };
    return { code, stdout, stderr };
  }
}

/** Starts the server and resolves once it says where it listens. */
async function start(changes: Record<string, string> = {}) {
  const server = spawn(process.execPath, [bin], {
    env: { ...env, ...changes },
    stdio: ['ignore', 'pipe', 'pipe'],
  });
  running.add(server);
  server.once('exit', () => running.delete(server));
  const lines: string[] = [];
  const listening = Promise.withResolvers<string>();
  server.once('exit', (code) => listening.reject(new Error(`ended with ${code}: ${lines.join('\n')}`)));
  for (const output of [server.stdout, server.stderr])
    createInterface({ input: output }).on('line', (line) => {
      lines.push(line);
      if (line.includes('"server.listening"')) listening.resolve(JSON.parse(line).url);
    });
  const url = await listening.promise;
  return {
    url,
    lines,
    async end(signal: NodeJS.Signals): Promise<number | null> {
      server.kill(signal);
      const [code] = await once(server, 'exit');
      return code;
    },
  };
}

type Server = Awaited<ReturnType<typeof start>>;

async function ask({ url }: Server, method: string, path: string, bearer: string, body?: unknown) {
  const response = await fetch(`${url}${path}`, {
    method,
    headers: { authorization: `Bearer ${bearer}`, origin, 'content-type': 'application/json' },
    ...(body === undefined ? {} : { body: JSON.stringify(body) }),
  });
  return { status: response.status, body: await response.json() };
}

const fullName = 'Ivanov Ivan Ivanovich';

function ticketFor(ref: string): Promise<string> {
  return mintTicket(
    { sub: 'courier-7', ref, amount: 150_000, currency: 'RUB', full_name: fullName, description: 'Services' },
    { key: { algorithm: 'HS256', key: keys.ticket }, audience: `sandbox:${project}` },
  );
}

/** Does what a recipient does, up to the payout's being recorded. */
async function pay(server: Server, ref: string) {
  const ticket = await ticketFor(ref);
  const { body } = await ask(server, 'POST', '/public-tokens', ticket, {});
  const widget = await fetch(`${bank.url}/widget/api/tokenize`, {
    method: 'POST',
    headers: { 'x-public-token': body.publicToken, 'content-type': 'application/json' },
    body: JSON.stringify({ bik: DEFAULT_BIK, account: accountEndingWith('00') }),
  });
  const { token } = (await widget.json()).data;
  const started = await ask(server, 'POST', '/payouts', ticket, { token });
  expect(started.status).toBe(202);
  return { ticket, token, viewToken: started.body.viewToken, id: started.body.payout.id };
}

async function succeeds(server: Server, ref: string): Promise<void> {
  const ticket = await ticketFor(ref);
  const status = async () => (await ask(server, 'GET', '/payouts/current', ticket)).body.payout?.status;
  await expect.poll(status, { timeout: 60_000, interval: 1000 }).toBe('succeeded');
}

const paid = async (ref: string) => {
  const response = await fetch(`${bank.url}/sandbox/ledger`);
  const { movements } = await response.json();
  return movements.filter(
    (movement: { kind: string; metadata?: { ref?: string } }) =>
      movement.kind === 'paid' && movement.metadata?.ref === ref,
  );
};

describe('the server', { timeout: 180_000 }, () => {
  test('pays, is killed in the middle, goes on after its restart, pays once, and ends well on SIGTERM', async () => {
    const first = await start();
    const { ticket, token, viewToken } = await pay(first, 'week-1');
    await first.end('SIGKILL');

    const second = await start();
    await succeeds(second, 'week-1');
    expect(await paid('week-1')).toHaveLength(1);
    expect(await second.end('SIGTERM')).toBe(0);

    const told = [...first.lines, ...second.lines];
    for (const line of told) expect(() => JSON.parse(line)).not.toThrow();
    const events = told.map((line) => JSON.parse(line));
    expect(events.map(({ event }) => event)).toEqual(
      expect.arrayContaining(['server.listening', 'payout.changed', 'request', 'server.closed']),
    );
    expect(events.filter(({ event }) => event === 'request').map(({ route }) => route)).toContain('/payouts');
    const text = told.join('\n');
    for (const hidden of [...Object.values(keys), ticket, token, viewToken, fullName])
      expect(text).not.toContain(hidden);
  });

  test('lets servers and operators in by their keys', async () => {
    const server = await start({ B131_DATABASE: join(folder, 'keys.db') });
    const order = {
      ref: 'kept',
      subject: 'courier-7',
      amount: 100,
      currency: 'RUB',
      fullName,
      description: 'x',
    };
    const recorded = await ask(server, 'POST', '/merchant/payouts', keys.server, {
      ...order,
      token: 'kept-token',
    });
    expect(recorded.status).toBe(202);
    expect((await ask(server, 'POST', '/merchant/payouts', keys.anna, order)).status).toBe(401);
    const headers = { 'content-type': 'application/json' };
    const act = async (key: string) =>
      (
        await fetch(`${server.url}/operator/pause`, {
          method: 'POST',
          headers: { ...headers, authorization: `Bearer ${key}` },
          body: JSON.stringify({ start: true, why: 'drill' }),
        })
      ).status;
    expect(await Promise.all([act(keys.server), act(keys.audit), act(keys.anna)])).toEqual([403, 403, 200]);
    const { body } = await ask(server, 'GET', '/operator/pause', keys.audit);
    expect(body).toMatchObject({ start: true, log: [{ by: 'anna@ops' }] });
    await server.end('SIGTERM');
  });

  test('under a prefix, behind a proxy, with a file instead of variables', async () => {
    const file = join(folder, 'b131.json');
    await writeFile(
      file,
      JSON.stringify({
        ...{ environment: 'sandbox', bankUrl: bank.url, project, privateKeyFile: 'private.pem' },
        ...{
          bankPublicKeysFile: 'bank.pem',
          ticketSecret: keys.ticket,
          secret: [keys.secret],
          origins: [origin],
        },
        ...{
          database: join(folder, 'file.db'),
          port: 0,
          path: '/b131',
          trustedProxies: 1,
          requestsPerAddress: 2,
          widget: { global: 'RealName' },
        },
      }),
    );
    const bare = Object.fromEntries(Object.keys(env).map((name) => [name, '']));
    const server = await start({ ...bare, B131_CONFIG: file });
    expect(server.url).toMatch(/\/b131$/);
    const from = async (address: string) =>
      (await fetch(`${server.url}/payouts/none`, { headers: { 'x-forwarded-for': `1.1.1.1, ${address}` } }))
        .status;
    expect([await from('10.0.0.1'), await from('10.0.0.1'), await from('10.0.0.1')]).toEqual([401, 401, 429]);
    expect(await from('10.0.0.2')).toBe(401);
    const page = await fetch(`${server.url}/widget`);
    expect(page.headers.get('content-security-policy')).toContain(`frame-ancestors ${origin}`);
    expect(await page.text()).toContain('"global":"RealName"');
    await server.end('SIGTERM');
  });

  test('says in one line what keeps it from starting, and ends with 1', async () => {
    const { code, stderr } = await command([], { B131_ORIGINS: '', B131_TICKET_SECRET: 'short' });
    expect(code).toBe(1);
    expect(stderr).toContain('B131_ORIGINS is missing');
    expect(stderr).not.toMatch(/\n\s+at /);
    const widget = await command([], { B131_WIDGET: '{ "script": "tokenize.js" }' });
    expect(widget.stderr).toContain('B131_WIDGET.script must be a full URL');
    expect((await command([], { B131_WIDGET: '{' })).stderr).toContain('B131_WIDGET must be an object');
    const other = await command([], { B131_PROJEKT: 'x' });
    expect(other).toMatchObject({ code: 1, stderr: expect.stringContaining('did you mean B131_PROJECT?') });
  });
});

describe('--check', { timeout: 180_000 }, () => {
  const check = async (changes: Record<string, string> = {}) => {
    const { code, stdout, stderr } = await command(['--check', '--json'], changes);
    expect(stderr).toBe('');
    for (const hidden of Object.values(keys)) expect(stdout).not.toContain(hidden);
    const { checks } = JSON.parse(stdout) as {
      checks: { name: string; outcome: string; says: string; advice?: string }[];
    };
    return { code, failed: checks.filter(({ outcome }) => outcome === 'failed') };
  };

  test('finds nothing where all is well, and moves no money', async () => {
    const before = (await (await fetch(`${bank.url}/sandbox/ledger`)).json()).movements.length;
    expect(await check()).toEqual({ code: 0, failed: [] });
    expect((await (await fetch(`${bank.url}/sandbox/ledger`)).json()).movements).toHaveLength(before);
  });

  test.each<[string, () => Promise<Record<string, string>>, RegExp, RegExp]>([
    ['no key', async () => ({ B131_PRIVATE_KEY_FILE: '' }), /^B131_PRIVATE_KEY$/, /is missing/],
    [
      'another key',
      async () => ({ B131_PRIVATE_KEY_FILE: await anotherKey() }),
      /^bank$/,
      /does not accept the signature/,
    ],
    [
      'the wrong half',
      async () => ({ B131_PRIVATE_KEY_FILE: join(folder, 'bank.pem') }),
      /^private key$/,
      /B131_PRIVATE_KEY/,
    ],
    [
      'a bank that is not there',
      async () => ({ B131_BANK_URL: 'http://127.0.0.1:9' }),
      /^bank$/,
      /cannot be reached|nothing listens/,
    ],
    [
      'a bank that refuses the project',
      async () => ({ B131_PROJECT: 'other' }),
      /^bank$/,
      /refuses project other/,
    ],
    [
      'something else at its address',
      async () => ({ B131_BANK_URL: `${bank.url}/sandbox` }),
      /bank|B131_BANK_URL|options/,
      /./,
    ],
    [
      'a bad database path',
      async () => ({ B131_DATABASE: '/proc/nowhere/x.db' }),
      /^database$/,
      /cannot be written/,
    ],
    [
      'no Postgres',
      async () => ({ DATABASE_URL: 'postgres://u:pass-word@127.0.0.1:9/x' }),
      /^database$/,
      /127\.0\.0\.1/,
    ],
  ])('%s: says what, and what to do', async (_what, changes, name, says) => {
    const { code, failed } = await check(await changes());
    expect(code).toBe(1);
    expect(failed.length).toBeGreaterThan(0);
    expect(failed.some((one) => name.test(one.name) && says.test(one.says))).toBe(true);
    expect(JSON.stringify(failed)).not.toContain('pass-word');
  });
});

test('--print-config masks what is secret, --help tells every option, --version the version', {
  timeout: 60_000,
}, async () => {
  const { stdout } = await command(['--print-config']);
  for (const secret of Object.values(keys)) expect(stdout).not.toContain(secret);
  const help = (await command(['--help'])).stdout;
  for (const option of options) {
    expect(stdout).toContain(option.env);
    expect(help).toContain(option.env);
  }
  expect((await command(['--version'])).stdout).toMatch(/^\d+\.\d+\.\d+\n$/);
  expect(await command(['--chek'])).toMatchObject({
    code: 2,
    stderr: expect.stringContaining('did you mean --check?'),
  });
});

async function anotherKey(): Promise<string> {
  const { privateKey } = generateKeyPairSync('rsa', { modulusLength: 2048 });
  const file = join(folder, 'another.pem');
  await writeFile(file, privateKey.export({ type: 'pkcs8', format: 'pem' }).toString());
  return file;
}
