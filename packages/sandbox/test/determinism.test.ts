import { expect, it } from 'vitest';
import { createSandbox, virtualClock } from '../src/index.js';
import { payout } from './support/desk.js';

/** Numbers that look random and are the same each time (mulberry32). */
function seeded(seed: number): () => number {
  let state = seed;
  return () => {
    state = (state + 0x6d2b79f5) | 0;
    let mixed = Math.imul(state ^ (state >>> 15), 1 | state);
    mixed = (mixed + Math.imul(mixed ^ (mixed >>> 7), 61 | mixed)) ^ mixed;
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 4_294_967_296;
  };
}

/** A world without keys: whoever calls is let in, whatever is sent counts as signed. */
async function trace(seed: number): Promise<string> {
  const clock = virtualClock();
  const random = seeded(seed);
  const sent: string[] = [];
  const sandbox = createSandbox({
    project: 'shop',
    partnerPublicKey: async () => true,
    bankPrivateKey: async () => new Uint8Array(8),
    clock,
    random,
    webhookUrl: 'http://shop.example/',
    fetch: async (input, init) => {
      sent.push(`${clock.now()} ${await new Request(input, init).text()}`);
      return new Response('', { status: random() < 0.5 ? 200 : 500 });
    },
  });
  const call = async (method: string, body: object) => {
    const headers = { 'x-partner-project': 'shop', 'x-partner-sign': 'AAAA' };
    const init = { method: 'POST', headers, body: JSON.stringify(body) };
    const answer = await (await sandbox.fetch(new Request(`http://bank/api/${method}`, init))).text();
    sent.push(answer);
    return answer.startsWith('{') ? JSON.parse(answer) : null;
  };
  for (let round = 0; round < 5; round++) {
    const account = `408178104000038695${90 + Math.floor(random() * 10)}`;
    const { token } = await call('v1/tokenize', {
      type: 'bank_account_ru',
      bank_account_ru: { bik: '044525974', account },
    });
    const { session } = await call('v2/session/create', {});
    await call('v2/session/start/payout', { session_id: session.id, ...payout('v2', token) });
    await clock.advance(Math.floor(random() * 3_000), () => sandbox.idle());
    await call(random() < 0.5 ? 'v2/session/confirm' : 'v2/session/cancel', { session_id: session.id });
  }
  await clock.advance(3_600_000, () => sandbox.idle());
  sandbox.close();
  expect(clock.pending).toBe(0);
  return JSON.stringify([sent, sandbox.ledger(), sandbox.sessions()]);
}

it('the same seed and calls give the same world, token by token', async () => {
  for (const seed of [1, 2, 3]) expect(await trace(seed)).toBe(await trace(seed));
  expect(await trace(1)).not.toBe(await trace(2));
});

it('two hundred worlds are quick, and no two are the same', async () => {
  const worlds = new Set<string>();
  for (let seed = 0; seed < 200; seed++) worlds.add(await trace(seed));
  expect(worlds.size).toBe(200);
});
