import { createBank131 } from '@b131/api';
import type { Hono } from 'hono';
import { createBankCalls } from '../dist/engine/bank-calls.js';
import { createCommit } from '../dist/engine/commit.js';
import { type ConfirmFunction, createConsult, type Verdict } from '../dist/engine/consult.js';
import { decide } from '../dist/engine/decide.js';
import { createEngine } from '../dist/engine/engine.js';
import { createPauseReader } from '../dist/engine/pause.js';
import { pictureOf } from '../dist/engine/picture.js';
import { defaultRules } from '../dist/engine/rules.js';
import { createTimed } from '../dist/engine/timed.js';
import { createAdmission } from '../dist/http/admission/admission.js';
import { createApp } from '../dist/http/app.js';
import type { BffEvent, OperatorDesk, PayoutRecord } from '../dist/index.js';
import { createLimitKeeper, type LimitKeeper, type Limits } from '../dist/limits/limits.js';
import { type Loop, runLoop } from '../dist/node/index.js';
import { createCourier } from '../dist/notify/courier.js';
import { createOperatorDesk } from '../dist/operator/operator.js';
import { createPayoutDesk } from '../dist/payout/payout-desk.js';
import { widgetContractOf } from '../dist/widget/contract.js';
import type { Break } from './breaks/break.ts';
import type { Database } from './database.ts';
import type { Merchant } from './merchant.ts';
import type { Network } from './network.ts';
import type { Process } from './process.ts';
import type { Random } from './random.ts';
import type { Stage } from './stage.ts';
import { noticeSigner, secrets, signAs, verifyWebhook } from './substitutes/cryptography.ts';
import { type TicketOffice, viewTokens } from './substitutes/tickets.ts';

/** What every replica of a world is made from. */
export interface ReplicaParts {
  readonly stage: Stage;
  readonly database: Database;
  readonly network: Network;
  readonly merchant: Merchant;
  readonly office: TicketOffice;
  readonly broken: Break;
  readonly onEvent: (event: BffEvent) => void;
}

/** A BFF in a process of its own: the real parts, put together as `createBff` does. */
export interface Replica {
  readonly process: Process;
  readonly operator: OperatorDesk;
  /** Answers a request, if the process lives so long. */
  answer(request: Request): Promise<Response>;
  /** Ends the loop after its round; nothing is cut off. */
  stop(): Promise<void>;
}

export const project = 'simulated';
export const origin = 'https://shop.example';
export const scope = `sandbox:${project}`;
const bankUrl = 'http://bank.test';
const merchantUrl = 'https://shop.example/notices';
const day = 24 * 3_600_000;

/** @param idle longest sleep of its loop, in milliseconds */
export function startReplica(parts: ReplicaParts, process: Process, idle: number): Replica {
  const { stage, database, network, merchant, office, broken, onEvent } = parts;
  const { plan } = stage;
  const { clock } = process;
  const random = stage.random.fork(`replica ${process.name}`);
  const owner = () => process.name;
  const rules = {
    ...defaultRules,
    ...plan.rules,
    confirm: plan.confirm,
    autoConfirmation: plan.bank.told ?? false,
  };
  const bank = createBank131({
    environment: { api: bankUrl },
    project,
    privateKey: signAs('partner'),
    bankPublicKeys: [],
    apiVersion: plan.apiVersion,
    fetch: network.from(process),
    // The network gives up in the world's time; a real timer would in ours.
    timeout: Number.POSITIVE_INFINITY,
    retry: { sleep: process.pass, random: random.next },
    now: clock.now,
  });
  const limits = keeperOf(plan.limits);
  const tellMerchant = merchant.reachedFrom(process);
  const reached = database.reachedFrom(process);
  const keeper = { limits, notify: true, keepPersonal: plan.keepPersonal, clock, onEvent };
  const surroundings = {
    ...{ rules, clock, random, scope, store: reached, tellMerchant },
    commit: createCommit({ store: reached, ...keeper }),
  };
  const store = broken.store?.(reached, surroundings) ?? reached;
  const rightCommit = createCommit({ store, ...keeper });
  const commit = broken.commit?.(rightCommit, surroundings) ?? rightCommit;
  const call = createBankCalls({ bank, store, secrets, timed: createTimed(clock, onEvent) });
  const paused = createPauseReader(store, scope, clock);
  const consult = createConsult({
    confirm: merchantsWord(process, random),
    // The lease ends before it, in the world's time; a real timer would go by ours.
    timeout: Number.POSITIVE_INFINITY,
    ...{ onEvent, onError: () => {} },
  });
  const engine = createEngine({
    ...{ scope, store, commit, call, consult, rules, paused, clock, onEvent, owner },
    decide: counted(broken.decide?.(decide) ?? decide, stage),
  });
  const rightCourier = createCourier({
    ...{ scope, store, clock, onEvent, owner, url: merchantUrl, signer: noticeSigner },
    ...{ fetch: tellMerchant, timeout: 15_000 },
  });
  const courier = broken.courier?.(rightCourier) ?? rightCourier;
  let sweptAt = clock.now();
  const sweep = async () => {
    const now = clock.now();
    if (now < sweptAt + 60_000) return;
    sweptAt = now;
    const beforeDay = limits.dayOf(now - 2 * day);
    await store.batch([{ do: 'sweep', scope, now, before: now - 30 * day, beforeDay }]);
  };
  const listeners = new Set<() => void>();
  const wake = () => {
    engine.poke();
    for (const listener of [...listeners]) listener();
  };
  const newId = () => random.hex(12);
  const desk = createPayoutDesk({
    ...{ scope, store, commit, limits, rules, secrets, clock, wake },
    newId: () => `pay_${newId()}`,
    pollEvery: 1000,
  });
  const deps = {
    admission: createAdmission({
      streamLifetime: 30 * 60_000,
      ...{ scope, store, clock, load: { perSubject: 1000 } },
      digest: (subject) => secrets.digest('subject', subject),
    }),
    ...{ desk, viewTokens, verifyWebhook, origins: [origin], clock, onEvent },
    tickets: office.verifier,
    issuePublicToken: async () =>
      (await bank.token.create({ tokenize_widget: { access: true } })).public_token,
    widget: widgetContractOf({ environment: 'sandbox', baseUrl: 'http://bank.example' }),
    ready: async () => ({ status: 'ready' as const, checks: {} }),
    onError: (error: unknown) => stage.trace.say(process.name, `answers 500: ${String(error)}`),
  };
  const loop: Loop = runLoop(
    {
      async drain() {
        const [report] = await Promise.all([engine.drain(), courier.deliver(20), sweep()]);
        return report;
      },
      nextDue: () => store.nextDue(scope),
      onWake(listener) {
        listeners.add(listener);
        return () => listeners.delete(listener);
      },
    },
    { idle, clock: { ...process, now: clock.now } },
  );
  let app: Hono | undefined;

  return {
    process,
    operator: createOperatorDesk({
      ...{ scope, store, commit, call, rules, clock, wake },
      readPaused: () => createPauseReader(store, scope, clock)(),
      newId: () => `${clock.now().toString(36).padStart(10, '0')}_${newId()}`,
    }),
    async answer(request) {
      await process.pass(0);
      app ??= createApp(broken.http?.(deps, surroundings) ?? deps);
      const response = await app.fetch(request);
      await process.pass(0);
      return response;
    },
    stop: () => loop.stop(),
  };
}

/** The merchant's own rules, and what a function can do wrong: take its time, throw, say what is no word. */
function merchantsWord(process: Process, random: Random): ConfirmFunction {
  return async () => {
    await process.pass(random.pick([0, 0, 300, 5000, 40_000]));
    if (random.chance(0.1)) throw new Error('the merchant has a bug');
    return random.pick<Verdict>([
      'confirm',
      'confirm',
      'confirm',
      'cancel',
      'wait',
      { wait: 90_000 },
      { wait: Number.NaN },
    ]);
  };
}

const keepers = new WeakMap<Limits, LimitKeeper>();

/** The keeper of these limits: it holds nothing but them, and its calendar is dear to make. */
function keeperOf(limits: Limits): LimitKeeper {
  const known = keepers.get(limits) ?? createLimitKeeper(limits);
  keepers.set(limits, known);
  return known;
}

/** Counts which cells of the decision table a world comes by. */
function counted(right: typeof decide, { tally, trace }: Stage): typeof decide {
  return (record, observation, now, rules) => {
    const decision = right(record, observation, now, rules);
    if (observation.kind === 'sessions') {
      const { number } = inFocus(record);
      const reading = observation.sessions.get(number);
      const picture = reading && !('unreadable' in reading) ? pictureOf(reading) : 'unread';
      tally.add(`cell: ${record.payout.status} × ${picture}`);
      if (trace.on) trace.say('', `decides on ${record.payout.id}: ${record.payout.status} × ${picture}`);
    }
    if (decision.alarm !== null) tally.add(`alarm decided: ${decision.alarm}`);
    return decision;
  };
}

function inFocus({ payout, attempts }: PayoutRecord): { number: number } {
  const paid = attempts.find(({ outcome }) => outcome === 'paid');
  return { number: paid?.number ?? payout.attempt };
}
