import { type ChildProcessByStdio, spawn } from 'node:child_process';
import { mkdir, mkdtemp, readdir, rm, stat, writeFile } from 'node:fs/promises';
import { createServer, type Server } from 'node:http';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Readable } from 'node:stream';
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
    env: { ...process.env, ...env },
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
  await expect.poll(one.output, { timeout: 10_000 }).toContain('Ctrl-C ends it.');
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
  await expect.poll(() => bank.output()).toContain('the body is not the one that was signed');
});
