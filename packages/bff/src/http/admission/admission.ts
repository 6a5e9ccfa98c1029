import type { Context } from 'hono';
import { ConfigurationError } from '../../secrets/configuration-error.js';
import type { Store } from '../../store/store.js';
import { Problem } from '../refusal/problem.js';
import { type AddressOf, counted } from './address.js';
import { createCounters } from './counters.js';
import { createGate, GateFullError, type GateLimits, type GateLoad } from './gate.js';
import { createPlaces } from './places.js';

/** How much is taken from whom, and how much at once. Whatever is left out has its default. */
export interface Load {
  /** Requests a minute by one recipient's tickets, over all replicas; default 60. Reading a payout does not count. */
  perSubject?: number;
  /** Requests a minute from one address to the browser's routes, a process; default 600. Needs `address`. */
  perAddress?: number;
  /**
   * How the caller's address is found: `socketAddress` of `@b131/bff/node`, `forwardedAddress(1)` behind a proxy of
   * yours, `addressInHeader('CF-Connecting-IP')` at an edge. Without it addresses are not counted: behind a proxy that
   * nobody told us of, all recipients have one address.
   */
  address?: AddressOf;
  /** Public tokens asked of the bank: 16 at once, 64 waiting, each at most 5 s. */
  publicTokens?: Partial<GateLimits>;
  /** Payouts being recorded: 32 at once, 128 waiting, each at most 5 s. Confirming and reading never wait here. */
  payouts?: Partial<GateLimits>;
  /** Open event streams of one payout, a process; default 20. */
  streamsPerPayout?: number;
  /** Open event streams, a process; default 10,000. */
  streams?: number;
}

/** What stands between a request and its work. */
export interface Admission {
  /** @throws {Problem} `rate_limited` */
  address(c: Context): void;
  /** @throws {Problem} `rate_limited` */
  subject(subject: string): Promise<void>;
  /** @throws {Problem} `busy` when there is too much to do; the work was not begun. */
  publicToken<T>(work: () => Promise<T>): Promise<T>;
  /** @throws {Problem} `busy` when there is too much to do; the work was not begun. */
  payout<T>(work: () => Promise<T>): Promise<T>;
  /**
   * A place for a stream. It is taken once somebody reads: of an answer that nobody reads no end would be told.
   *
   * @throws {Problem} `rate_limited` or `busy`
   */
  stream(payoutId: string): Place;
  load(): LoadReport;
}

/** Taken at most once, and given back at most once. */
export interface Place {
  take(): void;
  giveBack(): void;
}

/** What is under way and what waits, for metrics. */
export interface LoadReport {
  publicTokens: GateLoad;
  payouts: GateLoad;
  streams: number;
}

export interface AdmissionOptions {
  load?: Load | undefined;
  scope: string;
  store: Pick<Store, 'batch'>;
  /** Turns a recipient into something that names nobody. */
  digest: (subject: string) => Promise<string>;
  /** Milliseconds after which every stream has ended. */
  streamLifetime: number;
  clock: { now(): number };
}

const minute = 60_000;
const mostKeys = 50_000;
/** So many a minute each process counts for itself: whoever behaves never costs the store a write. */
const uncounted = 10;

/** @throws {ConfigurationError} when a limit is no whole number above 0. */
export function createAdmission(options: AdmissionOptions): Admission {
  const { scope, store, digest, clock, streamLifetime, load = {} } = options;
  const {
    perSubject = 60,
    perAddress = 600,
    address,
    streamsPerPayout = 20,
    streams: mostStreams = 10_000,
  } = load;
  const publicTokens = { atOnce: 16, waiting: 64, patience: 5000, ...load.publicTokens };
  const payouts = { atOnce: 32, waiting: 128, patience: 5000, ...load.payouts };
  checkLimits({ perSubject, perAddress, streamsPerPayout, streams: mostStreams });
  checkLimits(publicTokens, 'publicTokens.');
  checkLimits(payouts, 'payouts.');
  const counters = createCounters(minute, mostKeys, clock);
  const gates = { publicTokens: createGate(publicTokens, clock), payouts: createGate(payouts, clock) };
  const streams = createPlaces(streamLifetime, clock);

  function tooMany(): Problem {
    const seconds = Math.max(1, Math.ceil(counters.remaining() / 1000));
    return new Problem('rate_limited', { headers: { 'retry-after': String(seconds) } });
  }

  /** The store counts what goes beyond a process's own share, in the totals where limits are counted too. */
  async function isWithin(key: string): Promise<boolean> {
    const day = new Date(counters.since()).toISOString().slice(0, 16);
    const ceiling = perSubject - uncounted;
    const result = await store.batch([{ do: 'reserve', scope, day, key, amount: 1, ceiling }]);
    return result.committed;
  }

  return {
    address(c) {
      const from = address?.(c) ?? null;
      if (from !== null && counters.hit(`address ${counted(from)}`) > perAddress) throw tooMany();
    },
    async subject(subject) {
      const count = counters.hit(`subject ${subject}`);
      if (count > perSubject) throw tooMany();
      if (count > uncounted && !(await isWithin(`rate:${await digest(subject)}`))) throw tooMany();
    },
    publicToken: (work) => gates.publicTokens.run(work).catch(asBusy),
    payout: (work) => gates.payouts.run(work).catch(asBusy),
    stream(payoutId) {
      if (streams.taken(payoutId) >= streamsPerPayout) throw tooMany();
      if (streams.taken() >= mostStreams) throw new Problem('busy');
      return placeOf(() => streams.take(payoutId));
    },
    load: () => ({
      publicTokens: gates.publicTokens.load(),
      payouts: gates.payouts.load(),
      streams: streams.taken(),
    }),
  };
}

function checkLimits(limits: { readonly [name: string]: number }, prefix = ''): void {
  for (const [name, limit] of Object.entries(limits)) {
    if (!(Number.isSafeInteger(limit) && limit > 0))
      throw new ConfigurationError(`load.${prefix}${name}`, 'must be a whole number above 0');
  }
}

function asBusy(error: unknown): never {
  throw error instanceof GateFullError ? new Problem('busy') : error;
}

function placeOf(take: () => () => void): Place {
  let giveBack: (() => void) | null = null;
  let isOver = false;
  return {
    take() {
      if (!isOver) giveBack ??= take();
    },
    giveBack() {
      isOver = true;
      giveBack?.();
    },
  };
}
