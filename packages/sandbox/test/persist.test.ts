import { mkdtemp, readFile, rm, stat, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, it } from 'vitest';
import { createSandbox, virtualClock } from '../src/index.js';
import { PersistError, serveSandbox } from '../src/node/index.js';
import { control } from './support/control.js';
import { keys, openDesk, payout } from './support/desk.js';

let dir: string;
beforeEach(async () => {
  dir = await mkdtemp(join(tmpdir(), 'b131-persist-'));
});
afterEach(() => rm(dir, { recursive: true, force: true }));

const open = (settings = {}) =>
  serveSandbox({ port: 0, keysDir: join(dir, 'keys'), persist: join(dir, 'bank.json'), settings });

it('a sandbox goes on where the last one stopped: sessions, money, settings', async () => {
  const first = await open({ processingMs: 50 });
  const { body } = await control(first.sandbox, 'trigger', { type: 'payment_finished', amount: 4_200 });
  const waiting = await control(first.sandbox, 'trigger', { type: 'ready_to_confirm' });
  await first.close();
  expect((await stat(join(dir, 'bank.json'))).mode & 0o777).toBe(0o600);
  const second = await open();
  expect(second.sandbox.settings.processingMs).toBe(50);
  expect(second.sandbox.settings.walletBalance).toBe(100_000_000 - 4_200);
  expect(second.sandbox.sessions().map(({ id }) => id)).toEqual([body.id, waiting.body.id]);
  expect(second.sandbox.ledger()).toHaveLength(1);
  await control(second.sandbox, `sessions/${waiting.body.id}/steps`, { step: 'succeed' });
  const next = await control(second.sandbox, 'trigger', { type: 'ready_to_confirm' });
  expect([body.id, waiting.body.id]).not.toContain(next.body.id);
  await second.close();
  const third = await open();
  expect(third.sandbox.ledger()).toHaveLength(2);
  await third.close();
});

it('what was on its way comes to its end, tokens and idempotency keys stay what they were', async () => {
  const desk = await openDesk();
  const token = await desk.token();
  const key = { 'x-partner-idempotency-key': 'k1' };
  const session_id = (await desk.call('v2', 'session/create', {}, key)).session.id;
  await desk.call('v2', 'session/start/payout', { session_id, ...payout('v2', token) });
  const memory = JSON.parse(JSON.stringify(desk.sandbox.memory()));
  desk.sandbox.close();

  const { partner, bank } = await keys();
  const clock = virtualClock(desk.clock.now() + 60_000);
  const next = await openDesk({
    memory,
    clock,
    partnerPublicKey: partner.publicKey,
    bankPrivateKey: bank.privateKey,
  });
  await clock.advance(0, () => next.sandbox.idle());
  expect((await next.status('v2', session_id)).next_action).toBe('confirm');
  expect((await next.call('v2', 'session/create', {}, key)).error.code).toBe(
    'idempotency_key_already_exists',
  );
  expect((await next.call('v2', 'session/init/payout', payout('v2', token))).status).toBe('ok');
  await clock.advance(900_000, () => next.sandbox.idle());
  expect((await next.status('v2', session_id)).payout_list[0].error.code).toBe('confirm_timeout');
});

it('a file of something else is left alone, and named', async () => {
  for (const text of ['', '{}', '[1]', '{"format":"b131-sandbox 1","memory":{}}']) {
    await writeFile(join(dir, 'bank.json'), text);
    await expect(open()).rejects.toThrow(PersistError);
    await expect(open()).rejects.toThrow('bank.json was not written by this version of the sandbox');
    expect(await readFile(join(dir, 'bank.json'), 'utf8')).toBe(text);
  }
});

it('a memory does not change when the sandbox goes on', async () => {
  const { partner, bank } = await keys();
  const sandbox = createSandbox({
    project: 'shop',
    partnerPublicKey: partner.publicKey,
    bankPrivateKey: bank.privateKey,
    clock: virtualClock(),
  });
  const memory = sandbox.memory();
  const before = JSON.stringify(memory);
  await control(sandbox, 'trigger', { type: 'payment_finished' });
  expect(JSON.stringify(memory)).toBe(before);
  sandbox.close();
});
