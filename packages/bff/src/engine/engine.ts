import type { OnEvent } from '../events/events.js';
import type { PayoutRecord } from '../payout/payout.js';
import type { Statement, Store } from '../store/store.js';
import type { BankCalls } from './bank-calls.js';
import type { Commit } from './commit.js';
import type { Consult } from './consult.js';
import { decide as decideByTable } from './decide.js';
import type { Observation } from './observation.js';
import type { PauseReader } from './pause.js';
import type { EngineRules } from './rules.js';
import { codeOf } from './timed.js';

export interface EngineOptions {
  scope: string;
  store: Store;
  commit: Commit;
  call: BankCalls;
  consult: Consult;
  rules: EngineRules;
  paused: PauseReader;
  clock: { now(): number };
  onEvent: OnEvent;
  /** Names this worker in its leases. */
  owner: () => string;
  /** For the simulator, which proves that it notices when a rule is taken out. */
  decide?: typeof decideByTable;
}

export interface DrainOptions {
  /** How many payouts to work on at most; default 100. */
  limit?: number;
  /** Take no new payout after this time (ms since the epoch). */
  deadline?: number;
  /** Work on this payout only, if it is due. */
  payoutId?: string;
  /** How many payouts to work on at once; default 8. */
  concurrency?: number;
  /**
   * Whether to wait until notices under way are delivered, default true. A loop says false: a merchant's server that
   * hangs must not hold up payouts.
   */
  waitForNotices?: boolean;
}

export interface DrainReport {
  worked: number;
  /** True when it stopped by `limit` or `deadline` with perhaps more to do. */
  more: boolean;
}

export interface Engine {
  /** Does what is due: leases payouts, asks, decides, acts. Safe to call at any time, from any number of processes. */
  drain(options?: DrainOptions): Promise<DrainReport>;
  /** Makes a drain that is under way look again: something has become due. */
  poke(): void;
}

/** A step begins with at least this share of the lease: by default that is longer than a call to the bank takes. */
const stepShare = 5 / 6;
/** What share of it must be left at the moment of sending. */
const sendShare = 1 / 6;
const maxSteps = 20;

/** The I/O around {@link decide}: lease, then again and again commit what was decided and do what it says. */
export function createEngine(options: EngineOptions): Engine {
  const {
    scope,
    store,
    commit,
    call,
    consult,
    paused,
    clock,
    onEvent,
    owner,
    decide = decideByTable,
  } = options;
  const { leaseFor } = options.rules;
  /** One bell for each drain under way. A promise that they shared would keep whatever ever raced against it. */
  const bells = new Set<() => void>();

  return {
    drain,
    poke() {
      for (const ring of bells) ring();
    },
  };

  async function drain(drainOptions: DrainOptions = {}): Promise<DrainReport> {
    let news = Promise.withResolvers<void>();
    const ring = () => news.resolve();
    const listen = () => {
      news = Promise.withResolvers();
      return news.promise;
    };
    bells.add(ring);
    return drainWith(drainOptions, listen).finally(() => bells.delete(ring));
  }

  /** A payout whose bank call is slow holds up itself, not the others. */
  async function drainWith(drainOptions: DrainOptions, listen: () => Promise<void>): Promise<DrainReport> {
    const { limit = 100, deadline = Number.POSITIVE_INFINITY, payoutId, concurrency = 8 } = drainOptions;
    const inFlight = new Set<Promise<void>>();
    let worked = 0;
    for (;;) {
      const news = listen();
      const open = worked < limit && clock.now() < deadline;
      const room = open ? Math.min(concurrency - inFlight.size, limit - worked) : 0;
      const leased = room > 0 ? await lease(room, payoutId) : [];
      worked += leased.length;
      for (const record of leased) {
        const work = workSafely(record).finally(() => inFlight.delete(work));
        inFlight.add(work);
      }
      if (inFlight.size === 0) return { worked, more: !open };
      await Promise.race(open && inFlight.size < concurrency ? [...inFlight, news] : inFlight);
    }
  }

  function lease(limit: number, payoutId: string | undefined): Promise<PayoutRecord[]> {
    const wanted = { scope, owner: owner(), ttl: leaseFor, limit };
    return store.lease(payoutId === undefined ? wanted : { ...wanted, payoutId });
  }

  async function workSafely(record: PayoutRecord): Promise<void> {
    const { id } = record.payout;
    try {
      if ((await work(record)) === 'held') await store.batch([release(id)]);
    } catch (error) {
      // The lease is left to run out: whatever went wrong gets a pause, and the payout is still due.
      onEvent({ type: 'engine.stumbled', payoutId: id, code: codeOf(error) });
    }
  }

  /** Gives the lease back with the last commit, where there is one. */
  async function work(leased: PayoutRecord): Promise<'released' | 'held'> {
    let record = leased;
    let observation: Observation = { kind: 'due' };
    let leaseEnds = clock.now() + leaseFor;
    for (let step = 0; step < maxSteps; step += 1) {
      if (clock.now() > leaseEnds - stepShare * leaseFor) {
        if (!(await store.renew(record.payout.id, owner(), leaseFor))) return 'held';
        leaseEnds = clock.now() + leaseFor;
      }
      // Read for each step: a pause that comes while the bank is slow holds up the very next one.
      const rules = { ...options.rules, paused: await paused() };
      const decision = decide(record, observation, clock.now(), rules);
      const isLast = decision.intent === null && !isDue(decision.record);
      const committed = await commit(record, decision, isLast ? [release(record.payout.id)] : []);
      if (typeof committed === 'string') return 'held';
      if (isLast) return 'released';
      record = committed;
      if (decision.intent) {
        const mayStillSend = () => clock.now() < leaseEnds - sendShare * leaseFor;
        const { intent } = decision;
        observation =
          intent.call === 'consult' ? await consult(record) : await call(record, intent, mayStillSend);
        if (observation.kind === 'sessions') record = asked(record, clock.now());
      } else {
        observation = { kind: 'due' };
      }
    }
    return 'held';
  }

  function isDue({ payout }: PayoutRecord): boolean {
    return payout.dueAt !== null && payout.dueAt <= clock.now();
  }

  function release(payoutId: string): Statement {
    return { do: 'release', payoutId, owner: owner() };
  }
}

function asked(record: PayoutRecord, at: number): PayoutRecord {
  return { ...record, payout: { ...record.payout, askedAt: at } };
}
