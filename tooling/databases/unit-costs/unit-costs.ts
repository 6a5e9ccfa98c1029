/**
 * What a payout is made of, measured in one run and told in signatures: the machine's own speed drops out.
 * `pnpm --filter @b131/databases unit-costs`
 */
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createSigner, generateKeyPair, importPublicKey, signBody, verifyBody } from '@b131/api';
import type { JournalEntry, Payout, Statement, Store } from '@b131/bff';
import { sqliteStore } from '@b131/bff/node';
import { postgresStore } from '@b131/bff/postgres';
import { startPostgres } from '../src/index.ts';

interface Cost {
  name: string;
  /** Operations a second, wall clock. */
  perSecond: number;
  /** CPU of this process an operation, in microseconds. */
  cpu: number;
}

const rounds = 3;
const inFlight = 16;

const costs: Cost[] = [...(await signatures()), await onSqlite(), await onPostgres()];
const unit = costs[0];
if (!unit) throw new Error('nothing was measured');
console.log(
  '                                    a second   CPU µs   in signatures (wall / CPU of this process)',
);
for (const { name, perSecond, cpu } of costs) {
  const wall = (unit.perSecond / perSecond).toFixed(2);
  const line = [name.padEnd(34), perSecond.toFixed(0).padStart(9), cpu.toFixed(0).padStart(8)];
  console.log(`${line.join(' ')}   ${wall} / ${(cpu / unit.cpu).toFixed(2)}`);
}

async function signatures(): Promise<Cost[]> {
  const { privateKey, publicKey } = await generateKeyPair();
  const sign = await createSigner(privateKey);
  const body = new TextEncoder().encode(JSON.stringify({ session_id: 'ps_3230', metadata: 'x'.repeat(400) }));
  const signature = await signBody(sign, body);
  const bankKey = await importPublicKey(publicKey);
  return [
    await measure('RSA-2048 signature', 2000, () => signBody(sign, body)),
    await measure('verification of a webhook', 2000, () => verifyBody(bankKey, body, signature)),
  ];
}

async function onSqlite(): Promise<Cost> {
  const folder = await mkdtemp(join(tmpdir(), 'b131-unit-costs-'));
  const store = sqliteStore({ path: join(folder, 'payouts.db') });
  const cost = await transitions('transition, SQLite, full sync', store);
  await store.close();
  await rm(folder, { recursive: true });
  return cost;
}

async function onPostgres(): Promise<Cost> {
  const postgres = await startPostgres({ durable: true });
  const store = postgresStore({ url: postgres.url });
  const cost = await transitions('transition, Postgres, fsync on', store);
  await store.close();
  await postgres.remove();
  return cost;
}

/** One durable step of a payout's life: a journal entry, the row, the attempt, in one batch. */
async function transitions(name: string, store: Store): Promise<Cost> {
  const payouts = Array.from({ length: inFlight }, (_, n) => payout(n));
  for (const one of payouts) await store.batch([{ do: 'insertPayout', payout: one }]);
  const versions = new Map<string, number>();
  return measure(name, 1500, async (n) => {
    const one = payouts[n % inFlight];
    if (!one) return;
    const version = (versions.get(one.id) ?? 0) + 1;
    versions.set(one.id, version);
    const result = await store.batch(transition({ ...one, version }));
    if (!result.committed) throw new Error('a transition was refused');
  });
}

/** Best of some rounds, `inFlight` at a time. */
async function measure(name: string, count: number, work: (lane: number) => Promise<unknown>): Promise<Cost> {
  let best: Cost = { name, perSecond: 0, cpu: Number.POSITIVE_INFINITY };
  for (let round = 0; round < rounds; round += 1) {
    let left = count;
    const from = performance.now();
    const cpuFrom = process.cpuUsage();
    const lanes = Array.from({ length: inFlight }, async (_, lane) => {
      while (left > 0) {
        left -= 1;
        await work(lane);
      }
    });
    await Promise.all(lanes);
    const { user, system } = process.cpuUsage(cpuFrom);
    const perSecond = count / ((performance.now() - from) / 1000);
    best = {
      name,
      perSecond: Math.max(best.perSecond, perSecond),
      cpu: Math.min(best.cpu, (user + system) / count),
    };
  }
  return best;
}

function transition(next: Payout): Statement[] {
  const entry: JournalEntry = {
    ...{ payoutId: next.id, version: next.version, at: 1, kind: 'processing', attempt: 1 },
    ...{ from: 'starting', to: 'processing', data: { sessionId: 'ps_3230', send: 1 } },
  };
  return [
    { do: 'append', entry },
    { do: 'updatePayout', payout: next },
    {
      do: 'putAttempt',
      attempt: {
        ...{
          payoutId: next.id,
          number: 1,
          destination: 'bank_account',
          masked: '40817***9535',
          digest: 'k.d',
        },
        ...{ sessionId: `ps_${next.id}`, outcome: 'open', starts: 1, startedAt: 1, startError: null },
        ...{ confirms: 0, confirmedAt: null, cancels: 0, cancelledAt: null },
      },
    },
  ];
}

function payout(n: number): Payout {
  return {
    ...{
      id: `pay_${n}`,
      scope: 'sandbox:bench',
      ref: `ref-${n}`,
      subject: 'u',
      amount: 100,
      currency: 'RUB',
    },
    ...{ description: 'Courier services', metadata: null, fingerprint: 'k.f', confirm: 'automatic' },
    ...{
      status: 'processing',
      heldFrom: null,
      attention: null,
      version: 0,
      attempt: 1,
      askedAt: 1,
      word: null,
    },
    ...{
      doubtSince: null,
      errorCode: null,
      returnedAmount: 0,
      reserved: null,
      confirmBy: null,
      dueAt: 1,
      wakes: 0,
    },
    ...{ createdAt: 1, changedAt: 1, finishedAt: null },
  };
}
