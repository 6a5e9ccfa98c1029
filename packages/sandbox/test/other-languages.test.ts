import { spawn, spawnSync } from 'node:child_process';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { text } from 'node:stream/consumers';
import { fileURLToPath } from 'node:url';
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { accountEndingWith, cardEndingWith, DEFAULT_BIK } from '../src/index.js';
import { type ServedSandbox, serveSandbox } from '../src/node/index.js';
import { control } from './support/control.js';

const file = (path: string) => fileURLToPath(new URL(path, import.meta.url));

let keysDir: string;
let bank: ServedSandbox;

beforeAll(async () => {
  keysDir = await mkdtemp(join(tmpdir(), 'b131-languages-'));
});
afterAll(() => rm(keysDir, { recursive: true, force: true }));
beforeEach(async () => {
  bank = await serveSandbox({ port: 0, keysDir, settings: { processingMs: 20 } });
});
afterEach(() => bank.close());

/** Runs a program to its end; its exit code and all it printed. */
async function run(
  command: string,
  args: string[],
  input = '',
): Promise<{ code: number | null; output: string }> {
  const key = bank.keys.paths.partnerPrivate;
  const env = { ...process.env, URL: bank.url, KEY: key, B131_URL: bank.url, B131_KEY: key };
  const child = spawn(command, args, { env });
  const ended = new Promise<number | null>((resolve) => child.on('close', resolve));
  child.stdin.end(input);
  const [out, errors, code] = await Promise.all([text(child.stdout), text(child.stderr), ended]);
  return { code, output: `${out}${errors}` };
}

/** False only when there is no such program. */
function isInstalled(command: string): boolean {
  const { error } = spawnSync(command, ['--version'], { stdio: 'ignore', timeout: 60_000 });
  return !(error && 'code' in error && error.code === 'ENOENT');
}

describe('the seven steps by openssl and curl', () => {
  const script = (...args: string[]) => run('sh', [file('../examples/seven-steps.sh'), ...args]);

  it('pay once', async () => {
    const { code, output } = await script();
    expect(output).toContain('The payout is succeeded');
    expect(code).toBe(0);
    expect(bank.sandbox.ledger()).toMatchObject([
      { kind: 'paid', amount: 10_000, masked_account: '40817***9500' },
    ]);
  });

  it.each([
    ['91', 'account_not_found'],
    ['92', ''],
  ])('say that a payout to …%s failed', async (ending, error) => {
    const { code, output } = await script(accountEndingWith(ending));
    expect(output).toContain(`The payout is failed${error && `: ${error}`}`);
    expect(code).toBe(1);
    expect(bank.sandbox.ledger()).toEqual([]);
  });
});

/** What the bank's PHP SDK puts on the wire, as its serializer writes it. */
function sdkRequests(session: string, hash: string): string {
  const ru = `{"bik":"${DEFAULT_BIK}","account":"40817810400003869535","full_name":"Ivanov Ivan Ivanovich","description":"Wire for agreement","is_fast":false}`;
  const details = `{"type":"bank_account","bank_account":{"system_type":"ru","ru":${ru}}}`;
  const order = (name: string) =>
    `{"amount_details":{"amount":10000,"currency":"rub"},"metadata":{"k":"v\\/юникод"},"${name}":${details},"participant_details":{"recipient":{"full_name":"Ivanov Ivan Ivanovich"}}}`;
  const card = `{"type":"card","card":{"type":"encrypted_card","encrypted_card":{"number_hash":"${hash}"}}}`;
  const acquiring = `{"acquiring_widget":{"session_id":"ps_1","success_return_url":"https:\\/\\/a.example\\/ok","failure_return_url":"https:\\/\\/a.example\\/no","show_recurrent_checkbox":true}}`;
  return [
    ['fps banks', 'GET', 'api/v1/fps/banks', '[]'],
    ['tokenize widget', 'POST', 'api/v1/token', '{"tokenize_widget":{"access":true}}'],
    ['self-employed', 'POST', 'api/v1/token', '{"self_employed_widget":{"tax_reference":"111111111111"}}'],
    ['acquiring', 'POST', 'api/v1/token', acquiring],
    ['empty create', 'POST', 'api/v2/session/create', '[]'],
    [
      'start',
      'POST',
      'api/v2/session/start/payout',
      `{"session_id":"${session}","amount_details":{"amount":10000,"currency":"rub"},"customer":{"reference":"lucky"},"metadata":"good","payout_details":${card},"participant_details":{"recipient":{"full_name":"Ivanov Ivan Ivanovich"}}}`,
    ],
    ['init v2', 'POST', 'api/v2/session/init/payout', order('payout_details')],
    ['init v1', 'POST', 'api/v1/session/init/payout', order('payment_method')],
    ['status', 'POST', 'api/v2/session/status', `{"session_id":"${session}"}`],
    ['token info', 'POST', 'api/v1/token/info', card],
    ['balance', 'POST', 'api/v1/wallet/balance', '{"request_datetime":"2024-05-27T02:03:00+00:00"}'],
  ]
    .map((parts) => parts.join('\t'))
    .join('\n');
}

async function cardHash(): Promise<string> {
  const key = { headers: { 'x-public-token': await publicToken() } };
  const body = JSON.stringify({ card: { number: cardEndingWith('00') } });
  const answer = await (
    await fetch(`${bank.url}/widget/api/tokenize`, { method: 'POST', ...key, body })
  ).json();
  return answer.data.number_hash;
}

async function publicToken(): Promise<string> {
  const { output } = await run('sh', ['-c', CALL, 'sh', 'token', '{"tokenize_widget":{"access":true}}']);
  return JSON.parse(output).public_token;
}

const CALL = `curl --silent "$URL/api/v1/$1" -H "X-PARTNER-PROJECT: sandbox" \\
  -H "X-PARTNER-SIGN: $(printf %s "$2" | openssl dgst -sha256 -sign "$KEY" | openssl base64 -A)" --data-binary "$2"`;

if (isInstalled('php')) {
  describe('PHP', () => {
    it('walks the seven steps as the bank’s page tells them', async () => {
      const { code, output } = await run('php', [file('../examples/seven-steps.php')]);
      expect(output).toMatch(/^po_\d+ succeeded\n$/);
      expect(code).toBe(0);
      expect(bank.sandbox.ledger()).toHaveLength(1);
    });

    it('hears why a payout failed', async () => {
      const { code, output } = await run('php', [
        file('../examples/seven-steps.php'),
        accountEndingWith('91'),
      ]);
      expect(output).toMatch(/^po_\d+ failed account_not_found\n$/);
      expect(code).toBe(1);
    });

    it('is understood when it sends what the bank’s SDK sends, byte for byte', async () => {
      const { session } = JSON.parse((await run('sh', ['-c', CALL, 'sh', 'session/create', '{}'])).output);
      const requests = sdkRequests(session.id, await cardHash());
      const { code, output } = await run(
        'php',
        [file('./fixtures/as-the-sdk.php'), bank.url, bank.keys.paths.partnerPrivate],
        `${requests}\n`,
      );
      expect(output.trim().split('\n')).toEqual(
        requests.split('\n').map((line) => `${line.split('\t')[0]}\tok`),
      );
      expect(code).toBe(0);
      const { body } = await control(bank.sandbox, `sessions/${session.id}`);
      expect(body.payouts[0].status).not.toBe('failed');
    });
  });
} else {
  it('PHP was NOT tried: there is no php here', () => {
    console.warn('packages/sandbox/examples/seven-steps.php was not run: php is not installed');
    expect(isInstalled('php')).toBe(false);
  });
}
