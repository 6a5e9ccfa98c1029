/**
 * How many signed calls a second the sandbox answers, as a ratio to verifying their signatures and nothing else in the
 * same run; and whether the last thousand of many sessions cost more processor time than the first thousand.
 *
 *   node bench/calls.ts [SESSIONS]        after a build; 100,000 sessions by default
 */
import { createSigner, generateKeyPair, importPublicKey, signBody, verifyBody } from '@b131/api';
import { accountEndingWith, createSandbox, DEFAULT_BIK, virtualClock } from '../dist/index.js';

const CALLS = 5_000;
const SESSIONS = Number(process.argv[2] ?? 100_000);
const ROUNDS = 5;

const [partner, bank] = [await generateKeyPair(), await generateKeyPair()];
const sign = await createSigner(partner.privateKey);
const key = await importPublicKey(partner.publicKey);

const order = (session: string) =>
  JSON.stringify({
    session_id: session,
    payout_details: {
      type: 'bank_account',
      bank_account: {
        system_type: 'ru',
        ru: {
          bik: DEFAULT_BIK,
          account: accountEndingWith('00'),
          full_name: 'Ivanov Ivan',
          description: 'Money transfer',
        },
      },
    },
    amount_details: { amount: 10_000, currency: 'rub' },
    metadata: { ref: 'week-47' },
  });

const median = (numbers: number[]) =>
  numbers.toSorted((one, other) => one - other)[Math.floor(numbers.length / 2)] ?? 0;

/** Calls of `session/create` with checks on against bare verifications of the same signatures, turn by turn. */
async function ratio(): Promise<void> {
  const body = '{"metadata":{"ref":"week-47"}}';
  const bytes = new TextEncoder().encode(body);
  const signature = await signBody(sign, bytes);
  const headers = { 'x-partner-project': 'shop', 'x-partner-sign': signature };
  const [bare, whole]: [number[], number[]] = [[], []];
  for (let round = 0; round < ROUNDS; round += 1) {
    const sandbox = createSandbox({
      project: 'shop',
      partnerPublicKey: partner.publicKey,
      bankPrivateKey: bank.privateKey,
      clock: virtualClock(),
    });
    bare.push(await perSecond(CALLS, () => verifyBody(key, bytes, signature)));
    whole.push(
      await perSecond(CALLS, async () => {
        const answer = await sandbox.fetch(
          new Request('http://bank.example/api/v2/session/create', { method: 'POST', headers, body }),
        );
        await answer.arrayBuffer();
      }),
    );
    sandbox.close();
  }
  console.log(`bare verifications     ${Math.round(median(bare))} a second`);
  console.log(`signed calls           ${Math.round(median(whole))} a second`);
  console.log(`ratio                  ${(median(whole) / median(bare)).toFixed(2)}`);
}

/** Create, start, wait, confirm, pay: without WebCrypto, so that the sandbox's own work is what is measured. */
async function growth(): Promise<void> {
  const clock = virtualClock();
  const sandbox = createSandbox({
    project: 'shop',
    partnerPublicKey: async () => true,
    bankPrivateKey: async () => new Uint8Array(256),
    clock,
    settings: { walletBalance: Number.MAX_SAFE_INTEGER, processingMs: 1 },
    webhookUrl: 'http://shop.example/',
    fetch: async () => new Response(),
  });
  const headers = { 'x-partner-project': 'shop', 'x-partner-sign': 'AAAA' };
  const call = async (method: string, body: string) =>
    (
      await sandbox.fetch(
        new Request(`http://bank.example/api/v2/${method}`, { method: 'POST', headers, body }),
      )
    ).json();
  const life = async () => {
    const { session } = await call('session/create', '{}');
    await call('session/start/payout', order(session.id));
    await clock.advance(1, () => sandbox.idle());
    await call('session/confirm', JSON.stringify({ session_id: session.id }));
    await clock.advance(1, () => sandbox.idle());
    await call('session/status', JSON.stringify({ session_id: session.id }));
  };
  for (let warm = 0; warm < 2_000; warm += 1) await life();
  const thousands: number[] = [];
  for (let done = 0; done < SESSIONS; done += 1_000) {
    const from = process.cpuUsage();
    for (let one = 0; one < 1_000; one += 1) await life();
    const { user, system } = process.cpuUsage(from);
    thousands.push((user + system) / 1_000);
  }
  const [first, last] = [thousands[0] ?? 0, thousands.at(-1) ?? 0];
  console.log(`first thousand         ${Math.round(first)} ms of processor time`);
  console.log(`last thousand          ${Math.round(last)} ms of processor time, of ${SESSIONS} sessions`);
  console.log(
    `growth                 ${(last / first).toFixed(2)} (median of the last ten to the first ten: ${(median(thousands.slice(-10)) / median(thousands.slice(0, 10))).toFixed(2)})`,
  );
  console.log(`paid                   ${sandbox.ledger().length}`);
  sandbox.close();
}

async function perSecond(times: number, work: () => Promise<unknown>): Promise<number> {
  const from = performance.now();
  for (let done = 0; done < times; done += 1) await work();
  return (times * 1_000) / (performance.now() - from);
}

await ratio();
await growth();
