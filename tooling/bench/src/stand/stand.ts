import { randomBytes } from 'node:crypto';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { z } from 'zod';
import { type Child, startChild, usageOf } from './child.ts';
import { makeKeys } from './keys.ts';
import type { SubjectConfig, Usage } from './protocol.ts';
import { createRecipients, mintOrders, type Order, type Recipients } from './recipients.ts';

/** One server under measure, in a process of its own, with the bank as its own tenant. */
export interface Subject {
  name: string;
  url: string;
  child: Child;
  recipients: Recipients;
  usage(): Promise<Usage>;
  /** The bank's calls it has made, by method. */
  calls(): Promise<Record<string, number>>;
  /** Resolves once it has read from the bank that the payout of this reference is over. */
  ended(ref: string): Promise<void>;
  stop(): Promise<void>;
}

export interface SubjectOptions {
  name: string;
  /** Which module of `subjects` it is. */
  module: keyof typeof modules;
  variant?: string;
  postgres?: string;
  execArgv?: readonly string[];
}

const modules = {
  floor: '../subjects/floor.ts',
  kit: '../subjects/kit.ts',
  'hand-written': '../../hand-written/server.ts',
  'webhooks-kit': '../subjects/webhooks-kit.ts',
  'webhooks-floor': '../subjects/webhooks-floor.ts',
} as const;

/** The bank, and whoever is measured beside it. */
export interface Stand {
  /** What the bank signs webhooks with; PEM. */
  bankKey: string;
  start(options: SubjectOptions): Promise<Subject>;
  /** Tickets of new recipients, and sessions for them at the bank. */
  orders(count: number): Promise<Order[]>;
  close(): Promise<void>;
}

const project = 'bench';
const done = z.object({ word: z.literal('done') });
const counts = z.object({ word: z.literal('counts'), calls: z.record(z.string(), z.number()) });
const listening = z.object({ word: z.literal('listening'), url: z.string() });
const ended = z.object({ word: z.literal('ended'), tenant: z.string(), refs: z.array(z.string()) });
const place = z.object({ url: z.string() });

/** Starts the bank. */
export async function openStand(): Promise<Stand> {
  const folder = await mkdtemp(join(tmpdir(), 'b131-bench-'));
  const partner = makeKeys();
  const bankKeys = makeKeys();
  const ticketKey = randomBytes(32).toString('base64');
  const bank = startChild(new URL('bank/process.ts', import.meta.url), {
    env: { BENCH_BANK_KEY: bankKeys.privateKey },
  });
  const { url: bankUrl } = await bank.heard(listening);
  const children = new Set<Child>();
  const waiting = new Map<string, () => void>();
  const over = new Set<string>();
  let subjects = 0;
  let batches = 0;

  bank.onWord(ended, ({ tenant, refs }) => {
    for (const ref of refs) {
      const key = `${tenant} ${ref}`;
      over.add(key);
      waiting.get(key)?.();
      waiting.delete(key);
    }
  });

  return {
    bankKey: bankKeys.privateKey,
    async start({ name, module, variant, postgres, execArgv }) {
      subjects += 1;
      const tenant = `t${subjects}`;
      const config: SubjectConfig = {
        ...{ bank: `${bankUrl}/${tenant}`, project, ticketKey },
        ...{ privateKey: partner.privateKey, bankPublicKey: bankKeys.publicKey },
        folder: join(folder, tenant),
        ...(variant === undefined ? {} : { variant }),
        ...(postgres === undefined ? {} : { postgres }),
      };
      const child = startChild(new URL(modules[module], import.meta.url), {
        env: { BENCH_SUBJECT: JSON.stringify(config) },
        ...(execArgv ? { execArgv } : {}),
      });
      children.add(child);
      const { url } = await child.heard(place);
      await bank.ask({ order: 'tenant', name: tenant, webhooks: `${url}/webhooks/bank131` }, done);
      const recipients = createRecipients(url);
      return {
        ...{ name, url, child, recipients },
        usage: () => usageOf(child),
        calls: async () => (await bank.ask({ order: 'counts', name: tenant }, counts)).calls,
        ended(ref) {
          const key = `${tenant} ${ref}`;
          return over.has(key) ? Promise.resolve() : new Promise((resolve) => waiting.set(key, resolve));
        },
        async stop() {
          recipients.close();
          children.delete(child);
          await child.stop();
        },
      };
    },
    async orders(count) {
      batches += 1;
      await bank.ask({ order: 'sessions', count }, done);
      return mintOrders(`week-${batches}`, count, { key: ticketKey, audience: `sandbox:${project}` });
    },
    async close() {
      await Promise.all([...children, bank].map((child) => child.stop()));
      await rm(folder, { recursive: true, force: true });
    },
  };
}

/** What a number of payouts cost and how they went. */
export interface Paid {
  /** CPU of the server, microseconds a payout. */
  cpu: number;
  /** Payouts a second, by the wall. */
  perSecond: number;
  /** Milliseconds of each until it was paid. */
  finished: number[];
}

export interface PayOptions {
  seconds: number;
  inFlight: number;
  /** So many are enough, though there is time. */
  enough?: number;
}

/** Pays as many as the time permits, so many in flight, each until its recipient reads that it is paid. */
export async function payFor(
  stand: Stand,
  subject: Subject,
  { seconds, inFlight, enough = seconds * mostPerSecond }: PayOptions,
): Promise<Paid> {
  const queue = await stand.orders(Math.ceil(enough) + inFlight);
  const paid: Paid = { cpu: 0, perSecond: 0, finished: [] };
  const before = await subject.usage();
  const from = performance.now();
  const until = from + seconds * 1000;
  const lane = async () => {
    for (let order = queue.pop(); order && performance.now() < until; order = queue.pop()) {
      const began = performance.now();
      const { id, refused } = await subject.recipients.begin(order);
      if (refused !== null) throw new Error(`${subject.name} refused a payout with ${refused}`);
      await subject.ended(order.ref);
      await untilPaid(subject, order, id);
      paid.finished.push(performance.now() - began);
    }
  };
  await Promise.all(Array.from({ length: inFlight }, lane));
  const took = (performance.now() - from) / 1000;
  const after = await subject.usage();
  paid.cpu = (after.cpu - before.cpu) / paid.finished.length;
  paid.perSecond = paid.finished.length / took;
  return paid;
}

/** More than this nothing here can pay: so many tickets are ready. */
const mostPerSecond = 400;

async function untilPaid(subject: Subject, order: Order, id: string): Promise<void> {
  for (let tries = 0; tries < 200; tries += 1) {
    // What was read from the bank is committed a moment later.
    await sleep(20);
    const status = await subject.recipients.statusOf(order, id);
    if (status === 'succeeded') return;
  }
  throw new Error(`${subject.name} did not pay ${order.ref}:\n${subject.child.printed()}`);
}
