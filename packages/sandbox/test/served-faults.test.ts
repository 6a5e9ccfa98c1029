import { mkdtemp, readFile, rm } from 'node:fs/promises';
import { type IncomingMessage, request } from 'node:http';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createSigner, signBody } from '@b131/api';
import { afterEach, beforeEach, expect, it } from 'vitest';
import { type ServedSandbox, serveSandbox } from '../src/node/index.js';
import { control } from './support/control.js';

let keysDir: string;
let bank: ServedSandbox;
beforeEach(async () => {
  keysDir = await mkdtemp(join(tmpdir(), 'b131-faults-'));
  bank = await serveSandbox({ port: 0, keysDir });
});
afterEach(async () => {
  await bank.close();
  await rm(keysDir, { recursive: true, force: true });
});

/** Creates a session over a connection of its own; the answer, or the code of the error that ended it. */
async function create(
  fault: string,
  after?: (end: () => void) => void,
): Promise<{ status: number } | string> {
  const sign = await createSigner(await readFile(bank.keys.paths.partnerPrivate, 'utf8'));
  const signature = await signBody(sign, new TextEncoder().encode('{}'));
  const headers = { 'x-partner-project': 'sandbox', 'x-partner-sign': signature, 'x-sandbox-fault': fault };
  return new Promise((resolve) => {
    const call = request(`${bank.url}/api/v2/session/create`, { method: 'POST', headers, agent: false });
    call.on('response', (answer: IncomingMessage) =>
      answer.resume().on('end', () => resolve({ status: answer.statusCode ?? 0 })),
    );
    call.on('error', (error: NodeJS.ErrnoException) => resolve(error.code ?? error.message));
    call.end('{}');
    after?.(() => call.destroy(new Error('left')));
  });
}

it.each([
  ['reset_before', 0],
  ['reset_after', 1],
  ['timeout_before ms=30', 0],
  ['timeout_after ms=30', 1],
])('%s ends a real connection without an answer', async (fault, sessions) => {
  expect(await create(fault)).toBe('ECONNRESET');
  expect(bank.sandbox.sessions()).toHaveLength(sessions);
});

it('delay, 5xx and HTML arrive as such', async () => {
  expect(await create('delay ms=30')).toEqual({ status: 200 });
  expect(await create('error_after status=503')).toEqual({ status: 503 });
  expect(await create('html_before')).toEqual({ status: 502 });
});

it('a caller who does not wait is let go, and the sandbox with open calls can be closed', async () => {
  const left = await create('timeout_after ms=3600000', (end) => {
    bank.sandbox.on((event) => event.kind === 'fault' && end());
  });
  expect(left).toBe('left');
  const open = create('timeout_after ms=3600000');
  await expect.poll(() => bank.sandbox.sessions().length, { timeout: 45_000 }).toBe(2);
  await bank.close();
  expect(await open).toMatch(/ECONNRESET|socket hang up/);
});

it('a fault asked for over HTTP strikes over HTTP', async () => {
  await control(bank.sandbox, 'faults', { kind: 'reset_after', on: 'session/create' });
  const url = `${bank.url}/sandbox/faults`;
  expect(await (await fetch(url)).json()).toMatchObject({ faults: [{ kind: 'reset_after', times: 1 }] });
  expect((await fetch(url, { method: 'DELETE' })).status).toBe(200);
  expect(await (await fetch(url)).json()).toMatchObject({ faults: [] });
});
