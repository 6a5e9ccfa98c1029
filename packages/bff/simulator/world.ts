import { createSandbox } from '@b131/sandbox';
import type { BffEvent } from '../dist/index.js';
import { isFinal } from '../dist/payout/payout.js';
import { createBankDesk } from './bank-desk.ts';
import { createBook } from './book.ts';
import type { Break } from './breaks/break.ts';
import { checkWorld } from './checks.ts';
import { createDatabase, type StoreName } from './database.ts';
import { createMerchant } from './merchant.ts';
import { createNetwork, misrecordedSignature } from './network.ts';
import { createOperators } from './operators.ts';
import { type BankName, type Plan, planWorld } from './plan.ts';
import { createRandom } from './random.ts';
import { type Promised, receive } from './recipients.ts';
import { project } from './replica.ts';
import { type Replicas, startReplicas } from './replicas.ts';
import { createScheduler } from './scheduler.ts';
import type { Stage } from './stage.ts';
import { digestAtOnce, isSignedBy, signAs } from './substitutes/cryptography.ts';
import { createTicketOffice } from './substitutes/tickets.ts';
import { createTally } from './tally.ts';
import { createTrace, type Trace } from './trace.ts';
import { watchBank } from './truth.ts';
import type { Report, Violation } from './violation.ts';
import { createWebhookRoute } from './webhooks.ts';
import { createWitness } from './witness.ts';

export interface WorldOptions {
  seed: number;
  store?: StoreName;
  bank?: BankName | undefined;
  /** A BFF without one of its safety rules. */
  broken?: Break | undefined;
  /** Stop at the first violation: for breaks, where one is enough and the rest can go on without end. */
  stopAtFirst?: boolean;
  /** Keep every line of what happens. */
  trace?: boolean;
}

export interface WorldReport {
  seed: number;
  plan: Plan;
  payouts: number;
  /** Everything that was counted; see `Tally`. */
  counts: ReadonlyMap<string, number>;
  faults: number;
  violations: readonly Violation[];
  trace: Trace;
}

const minute = 60_000;
const hour = 60 * minute;
/** How long a world may take to come to rest; longer than any patience in its rules. */
const calmPatience = 24 * hour;

/** Runs the world of a seed: a storm, then the calm, then every check. The same options give the same report. */
export async function runWorld(options: WorldOptions): Promise<WorldReport> {
  digestAtOnce();
  const { seed, store: storeName = 'memory', broken = { without: 'nothing' } } = options;
  const plan = planWorld(seed, { bank: options.bank });
  const scheduler = createScheduler();
  const trace = createTrace(options.trace ?? false, scheduler.now);
  const tally = createTally();
  const random = createRandom(`world ${seed}`);
  const stage: Stage = { plan, scheduler, trace, tally, random, storming: true, disturbedAt: 0 };
  trace.say('plan', JSON.stringify(plan));

  const violations: Violation[] = [];
  const report: Report = (kind, rule, detail) => {
    trace.say('VIOLATION', `${kind}: ${rule}: ${detail}`);
    violations.push({ kind, rule, detail });
  };
  const book = createBook();
  const office = createTicketOffice();
  let replicas: Replicas | null = null;
  const running = (): Replicas => {
    if (!replicas) throw new Error('no replica was started yet');
    return replicas;
  };
  const sandbox = createSandbox({
    project,
    partnerPublicKey: async (bytes, signature) =>
      signature === misrecordedSignature || isSignedBy('partner', bytes, signature),
    bankPrivateKey: signAs('bank'),
    clock: scheduler,
    random: random.fork('sandbox').next,
    fetch: (url, init) => webhooks.deliver(url, init),
    webhookUrl: 'http://bff.test/webhooks/bank131',
    settings: {
      processingMs: plan.processingMs,
      confirmTimeoutMs: plan.confirmTimeoutMs,
      returnAfterMs: plan.returnAfterMs,
      walletBalance: plan.walletBalance,
    },
    personality: plan.bank.personality,
  });
  const truth = watchBank(sandbox, scheduler.now, tally);
  sandbox.on((event) => trace.on && trace.say('bank', JSON.stringify({ ...event, at: undefined })));
  const witness = createWitness({ stage, truth, sandbox, book, report });
  const webhooks = createWebhookRoute({ stage, replicas: running, witness, report });
  const database = createDatabase({ stage, kind: storeName, onCommit: witness.committed });
  const network = createNetwork({ stage, sandbox, witness, book });
  const merchant = createMerchant(stage);
  const onEvent = (event: BffEvent) => {
    if (event.type === 'payout.alarm') tally.add(`alarm: ${event.code}`);
  };
  replicas = startReplicas({ stage, database, network, merchant, office, broken, onEvent });
  const operators = createOperators({ stage, replicas, database, truth });
  const bankDesk = createBankDesk(sandbox, random.fork('bank desk'));
  const promised: Promised[] = [];
  const people = { stage, replicas, office, book, bankDesk, promised };
  for (let index = 1; index <= plan.payouts; index += 1) void receive(people, index);
  if (plan.operators) void operators.work();

  const isOver = () => options.stopAtFirst === true && violations.length > 0;
  await storm();
  await calm(replicas);
  if (!isOver()) await checkWorld({ stage, truth, witness, database, merchant, book, promised, report });
  sandbox.close();
  await database.store.close();
  tally.add('events', scheduler.events);
  const faults = tally.sum('fault: ');
  return { seed, plan, payouts: witness.files.size, counts: tally.counts, faults, violations, trace };

  async function storm(): Promise<void> {
    const end = scheduler.now() + plan.storm;
    while (scheduler.now() < end && !isOver()) {
      await scheduler.runUntil(Math.min(end, scheduler.now() + minute), isOver);
      webhooks.checkHeeded();
    }
  }

  async function calm(all: Replicas): Promise<void> {
    stage.storming = false;
    trace.say('weather', 'the storm is over');
    all.settleDown();
    void operators.liftPauses();
    const end = scheduler.now() + calmPatience;
    for (let step = minute; scheduler.now() < end && !isOver(); step = Math.min(step * 2, hour)) {
      await scheduler.runUntil(scheduler.now() + step, isOver);
      webhooks.checkHeeded();
      if (await isAtRest()) return;
    }
  }

  /** Nothing is under way any more, but for what a person must look at. */
  async function isAtRest(): Promise<boolean> {
    if (scheduler.now() < stage.disturbedAt + 10 * minute) return false;
    for (const { payout } of witness.files.values()) {
      const stored = (await database.store.load(payout.id))?.payout ?? payout;
      const asked = stored.status === 'needs_attention' && stored.changedAt < scheduler.now() - 45 * minute;
      if (!asked && !(isFinal(stored.status) && stored.dueAt === null)) return false;
      const notices = await database.store.notices(payout.id);
      if (notices.some(({ dueAt }) => dueAt !== null)) return false;
    }
    return true;
  }
}
