import { type ChildProcessByStdio, spawn } from 'node:child_process';
import { mkdir, mkdtemp, readdir, readFile, rm, stat, writeFile } from 'node:fs/promises';
import { createServer, type Server } from 'node:http';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Readable } from 'node:stream';
import { text } from 'node:stream/consumers';
import { fileURLToPath } from 'node:url';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';

const BIN = fileURLToPath(new URL('../bin/b131-sandbox.js', import.meta.url));
const CURL = fileURLToPath(new URL('../examples/curl.sh', import.meta.url));

interface Running {
  readonly child: ChildProcessByStdio<null, Readable, Readable>;
  readonly output: () => string;
  readonly ended: Promise<number | null>;
}

let dir: string;
let running: Running[] = [];
let blocker: Server | undefined;

beforeEach(async () => {
  dir = await mkdtemp(join(tmpdir(), 'b131-cli-'));
});

afterEach(async () => {
  for (const { child } of running) child.kill('SIGKILL');
  await Promise.all(running.map(({ ended }) => ended));
  running = [];
  blocker?.close();
  blocker = undefined;
  await rm(dir, { recursive: true, force: true });
});

function run(command: string, args: readonly string[], env: Record<string, string> = {}): Running {
  const child = spawn(command, args, {
    cwd: dir,
    env: { ...process.env, FORCE_COLOR: undefined, ...env },
    stdio: ['ignore', 'pipe', 'pipe'],
  });
  let output = '';
  for (const stream of [child.stdout, child.stderr]) stream.on('data', (chunk) => (output += chunk));
  const ended = new Promise<number | null>((resolve) => child.on('close', resolve));
  const one = { child, output: () => output, ended };
  running.push(one);
  return one;
}

const sandbox = (...args: string[]) => run(process.execPath, [BIN, ...args]);

/** A sandbox that is up, and where. */
async function up(...args: string[]): Promise<Running & { url: string }> {
  const one = sandbox('--port', '0', '--keys', 'keys', ...args);
  await expect.poll(one.output, { timeout: 45_000 }).toContain('Ctrl-C ends it.');
  return { ...one, url: /is up: (\S+)/.exec(one.output())?.[1] ?? '' };
}

describe('b131-sandbox', () => {
  it('makes the keys, says what to paste where, and ends with Ctrl-C though a stream is open', async () => {
    const one = await up('--webhook-url', 'http://127.0.0.1:9/hook', '--project', 'shop');
    expect((await readdir(join(dir, 'keys'))).toSorted()).toEqual([
      'bank-private.pem',
      'bank-public.pem',
      'partner-private.pem',
      'partner-public.pem',
    ]);
    expect((await stat(join(dir, 'keys', 'partner-private.pem'))).mode & 0o777).toBe(0o600);
    expect(one.output()).toContain("project: 'shop'");
    expect(one.output()).toContain(join('keys', 'partner-private.pem'));
    expect(one.output()).toContain('go to http://127.0.0.1:9/hook');
    expect(one.output()).toMatch(/40817810\d{10}91 {2}fails before it is ready/);
    const stream = await fetch(`${one.url}/sandbox/events`);
    const read = stream.text().catch(() => 'cut');
    one.child.kill('SIGINT');
    expect(await one.ended).toBe(0);
    await read;
  });

  it.each(['--version', '-v'])('%s tells the version of the package, and --help names it', async (option) => {
    const one = sandbox(option);
    expect(await one.ended).toBe(0);
    const manifest = await readFile(new URL('../package.json', import.meta.url), 'utf8');
    expect(one.output()).toBe(`${JSON.parse(manifest).version}\n`);
    const help = sandbox('--help');
    await help.ended;
    expect(help.output()).toContain('b131-sandbox --version');
  });

  it('ends with SIGTERM', async () => {
    const one = await up();
    one.child.kill('SIGTERM');
    expect(await one.ended).toBe(0);
  });

  it('names a taken port and the way out', async () => {
    const server = createServer();
    blocker = server;
    await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
    const address = server.address();
    const port = typeof address === 'object' && address ? String(address.port) : '';
    const one = sandbox('--port', port, '--keys', 'keys');
    expect(await one.ended).toBe(1);
    expect(one.output()).toBe(
      `b131-sandbox: Port ${port} on 127.0.0.1 is taken. Stop what uses it or choose another with --port.\n`,
    );
  });

  it('names a keys folder that cannot be used', async () => {
    await writeFile(join(dir, 'file'), '');
    const one = sandbox('--port', '0', '--keys', 'file');
    expect(await one.ended).toBe(1);
    expect(one.output()).toMatch(
      /^b131-sandbox: The keys folder \S+file cannot be made \(EEXIST\)\. .*--keys\.\n$/,
    );
  });

  it('names a key file that is no key', async () => {
    await mkdir(join(dir, 'keys'));
    await writeFile(join(dir, 'keys', 'partner-public.pem'), 'no key');
    const one = sandbox('--port', '0', '--keys', 'keys');
    expect(await one.ended).toBe(1);
    expect(one.output()).toMatch(/^b131-sandbox: \S+partner-public\.pem: .+\n$/);
  });

  it.each([
    [['--prot', '1'], '--prot'],
    [['--port', 'x'], '--port'],
    [['--port', '65536'], '--port'],
    [['--webhook-url', 'shop'], '--webhook-url'],
    [['--project', ''], '--project'],
    [['stray'], 'stray'],
    [['start', 'stray'], 'stray'],
    [['--set', 'autoConfirm'], 'NAME=VALUE'],
    [['--set', 'mood=good'], 'mood'],
    [['--set', 'processingMs=-1'], 'processingMs'],
    [['--fault', 'bang'], '--fault kind'],
    [['--seed', 'x'], '--seed'],
    [['sign'], 'file is missing'],
    [['verify', 'x.json'], '--signature'],
    [['trigger'], 'type of the webhook'],
    [['trigger', 'ready_to_confirm', '--metadata', '{'], '--metadata'],
    [['listen', '--url', 'x'], '--url'],
  ])('refuses %j in words', async (args, named) => {
    const one = sandbox(...args);
    expect(await one.ended).toBe(2);
    expect(one.output()).toContain(named);
    expect(one.output()).toContain('--help');
    expect(one.output()).not.toContain('    at ');
  });

  it('helps', async () => {
    const one = sandbox('--help');
    expect(await one.ended).toBe(0);
    expect(one.output()).toContain('--webhook-url');
  });
});

/** A receiver of webhooks on this machine. */
async function receiver(): Promise<{ url: string; types: string[] }> {
  const types: string[] = [];
  const server = createServer(async (request, response) => {
    types.push(JSON.parse(await text(request)).type);
    response.writeHead(200).end();
  });
  blocker = server;
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const address = server.address();
  return { url: `http://127.0.0.1:${typeof address === 'object' && address?.port}/`, types };
}

describe('the other commands', () => {
  it('keys makes a pair once, in the form the bank asks for', async () => {
    const first = sandbox('keys', '--keys', 'mine');
    expect(await first.ended).toBe(0);
    expect(first.output()).toContain('New keys were made.');
    expect(first.output()).toContain('-----BEGIN PUBLIC KEY-----');
    expect(first.output()).not.toContain('PRIVATE KEY');
    const again = sandbox('keys', '--keys', 'mine', '--json');
    expect(await again.ended).toBe(0);
    const facts = JSON.parse(again.output());
    expect(facts).toMatchObject({
      made: false,
      fingerprint: expect.stringMatching(/^([0-9a-f]{2}:){31}[0-9a-f]{2}$/),
    });
    const shown = run('openssl', ['pkey', '-pubin', '-in', facts.paths.partnerPublic, '-text', '-noout']);
    expect(await shown.ended).toBe(0);
    expect(shown.output()).toContain('2048 bit');
  });

  it('sign and verify are each other’s, and verify says why', async () => {
    await sandbox('keys').ended;
    await writeFile(join(dir, 'body.json'), '{"metadata":"a/b"}');
    const signed = sandbox('sign', 'body.json');
    expect(await signed.ended).toBe(0);
    const signature = signed.output().trim();
    const verified = async (file: string, given: string) => {
      const key = join('b131-keys', 'partner-public.pem');
      const one = sandbox('verify', file, '--signature', given, '--key', key);
      return [await one.ended, one.output().trim()];
    };
    expect(await verified('body.json', signature)).toEqual([0, 'The signature holds.']);
    await writeFile(join(dir, 'other.json'), '{"metadata":"a\\/b"}\n');
    expect(await verified('other.json', signature)).toEqual([
      3,
      expect.stringContaining('signed without blanks and with plain slashes'),
    ]);
    expect(await verified('body.json', Buffer.from(signature, 'base64').toString('hex'))).toEqual([
      3,
      expect.stringContaining('hexadecimal'),
    ]);
    const missing = sandbox('sign', 'nowhere.json');
    expect(await missing.ended).toBe(1);
    expect(missing.output()).toContain('nowhere.json cannot be read (ENOENT)');
  });

  it('trigger makes a running sandbox send webhooks, and listen prints them', async () => {
    const { url: hook, types } = await receiver();
    const bank = await up();
    const listening = sandbox('listen', '--url', bank.url, '--forward-to', hook, '--bodies');
    await expect.poll(listening.output, { timeout: 45_000 }).toContain('Ctrl-C ends it.');
    const triggered = sandbox(
      'trigger',
      'payment_finished',
      '--code',
      'account_not_found',
      '--url',
      bank.url,
    );
    expect(await triggered.ended).toBe(0);
    expect(triggered.output()).toMatch(/^ps_\d+ {2}cancelled, payout failed\n$/);
    await expect.poll(listening.output, { timeout: 45_000 }).toContain('"code":"account_not_found"');
    expect(listening.output()).toMatch(/webhook {2}payment_finished {2}ps_\d+ {2}delivery 1 {2}200/);
    expect(types).toEqual(['payment_finished']);
    listening.child.kill('SIGINT');
    expect(await listening.ended).toBe(0);
    const { webhookUrl } = await (await fetch(`${bank.url}/sandbox/settings`)).json();
    expect(webhookUrl).toBeNull();
    const bad = sandbox('trigger', 'party', '--url', bank.url);
    expect(await bad.ended).toBe(1);
    expect(bad.output()).toContain('must be one of ready_to_confirm');
  });

  it('listen takes the webhooks itself where they go nowhere', async () => {
    const bank = await up();
    const listening = sandbox('listen', '--url', bank.url, '--json');
    await expect
      .poll(async () => (await (await fetch(`${bank.url}/sandbox/settings`)).json()).webhookUrl, {
        timeout: 45_000,
      })
      .toContain('http://127.0.0.1');
    await sandbox('trigger', 'ready_to_confirm', '--url', bank.url).ended;
    await expect.poll(listening.output, { timeout: 45_000 }).toContain('\n');
    expect(JSON.parse(listening.output().split('\n')[0] ?? '')).toMatchObject({
      type: 'ready_to_confirm',
      httpStatus: 200,
      exchange: { request: { verb: 'POST' } },
    });
    bank.child.kill('SIGTERM');
    expect(await listening.ended).toBe(0);
  });

  it('say that no sandbox answers', async () => {
    const one = sandbox('trigger', 'ready_to_confirm', '--url', 'http://127.0.0.1:9');
    expect(await one.ended).toBe(1);
    expect(one.output()).toMatch(
      /^b131-sandbox: No sandbox answers at http:\/\/127\.0\.0\.1:9\..*--url\.\n$/,
    );
  });

  it.each(['start', 'keys', 'trigger', 'listen', 'sign', 'verify'])(
    '%s has a help of its own',
    async (command) => {
      const one = sandbox(command, '--help');
      expect(await one.ended).toBe(0);
      expect(one.output()).toContain(`b131-sandbox ${command}:`);
    },
  );
});

it('--json prints one object a line, --set and --fault hold from the start', async () => {
  const one = sandbox(
    '--port',
    '0',
    '--json',
    '--set',
    'autoConfirm=true',
    '--set',
    'processingMs=7',
    '--fault',
    'html_after on session/create',
  );
  await expect.poll(one.output, { timeout: 45_000 }).toContain('\n');
  const { kind, url } = JSON.parse(one.output());
  expect(kind).toBe('up');
  expect(await (await fetch(`${url}/sandbox/settings`)).json()).toMatchObject({
    processingMs: 7,
    personality: { autoConfirm: true },
  });
  const { faults } = await (await fetch(`${url}/sandbox/faults`)).json();
  expect(faults).toMatchObject([{ kind: 'html_after', on: 'session/create', times: 1 }]);
  await fetch(`${url}/api/v1/nothing`, { method: 'POST' });
  await expect.poll(() => one.output().trim().split('\n').length, { timeout: 45_000 }).toBe(2);
  expect(JSON.parse(one.output().trim().split('\n')[1] ?? '')).toMatchObject({
    kind: 'request',
    outcome: 'invalid_request',
  });
  expect(one.output()).not.toContain('\u001b');
});

it('colours are for a terminal, or for who asks for them: a pipe gets plain text', async () => {
  const lines = async (env: Record<string, string>) => {
    const one = run(process.execPath, [BIN, '--port', '0', '--keys', 'keys'], { NO_COLOR: '', ...env });
    await expect.poll(one.output, { timeout: 45_000 }).toContain('Ctrl-C ends it.');
    await fetch(`${/is up: (\S+)/.exec(one.output())?.[1]}/api/v1/nothing`, { method: 'POST' });
    await expect.poll(one.output, { timeout: 45_000 }).toContain('invalid_request');
    return one.output();
  };
  expect(await lines({})).not.toContain('\u001b');
  expect(await lines({ FORCE_COLOR: '1' })).toContain('\u001b[31m');
});

it('examples/curl.sh signs with openssl, calls with curl, and sees one changed byte refused', async () => {
  const bank = await up();
  const script = run('sh', [CURL], { URL: bank.url, KEY: join(dir, 'keys', 'partner-private.pem') });
  expect(await script.ended).toBe(0);
  const [, token, , session, , refused] = script.output().split('\n');
  expect(JSON.parse(token ?? '')).toMatchObject({
    status: 'ok',
    public_token: expect.stringMatching(/^[0-9a-f]{64}$/),
  });
  expect(JSON.parse(session ?? '')).toMatchObject({ status: 'ok', session: { status: 'created' } });
  expect(JSON.parse(refused ?? '')).toMatchObject({
    status: 'error',
    error: { code: 'authentication_error' },
  });
  await expect
    .poll(() => bank.output(), { timeout: 45_000 })
    .toContain('the body is not the one that was signed');
});
