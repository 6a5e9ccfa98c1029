import type { Bank131 } from '@b131/api';
import type { WidgetOverride } from '@b131/element/frame';
import type { Context, Hono } from 'hono';
import { createBankCalls } from './engine/bank-calls.js';
import { createCommit } from './engine/commit.js';
import { type ConfirmFunction, createConsult } from './engine/consult.js';
import type { DrainOptions, DrainReport } from './engine/engine.js';
import { createEngine } from './engine/engine.js';
import { createPauseReader } from './engine/pause.js';
import { defaultRules, type EngineRules } from './engine/rules.js';
import { createTimed } from './engine/timed.js';
import type { BffEvent, OnEvent } from './events/events.js';
import { createAdmission, type Load, type LoadReport } from './http/admission/admission.js';
import { createApp } from './http/app.js';
import { createServerKeys } from './http/merchant/server-keys.js';
import type { WhoIsOperator } from './http/operator/access.js';
import { createLimitKeeper, type Limits } from './limits/limits.js';
import { createMerchantDesk } from './merchant/merchant.js';
import { type Courier, createCourier } from './notify/courier.js';
import { createNoticeSigner } from './notify/signature.js';
import { createOperatorDesk, type OperatorDesk } from './operator/operator.js';
import type { ConfirmMode, PayoutRecord } from './payout/payout.js';
import { createPayoutDesk } from './payout/payout-desk.js';
import { createReadiness } from './readiness/readiness.js';
import { ConfigurationError } from './secrets/configuration-error.js';
import { createSecrets } from './secrets/secrets.js';
import type { Store } from './store/store.js';
import { createTicketVerifier, type TicketOptions } from './tickets/index.js';
import { createViewTokens } from './tickets/view-token.js';
import { widgetContractOf } from './widget/contract.js';

export interface BffOptions {
  /** The bank, as `createBank131` of `@b131/api` makes it. */
  bank: Bank131;
  /** Where payouts are kept: `sqliteStore` of `@b131/bff/node`, or `memoryStore` for a first try. */
  store: Store;
  /** Keys that verify the merchant's payout tickets. */
  tickets: TicketOptions;
  /**
   * At least 32 characters (`openssl rand -base64 32`), the same for every replica and after every restart: view
   * tokens and the digests of tokens are keyed with it. A list rotates: the first signs, all verify.
   */
  secret: string | readonly string[];
  /** Origins of the pages that hold `<b131-payout>`, e.g. `https://shop.example`. */
  origins: readonly string[];
  /**
   * Corrections to the widget contract, for the page in the frame: what the bank has told you of its tokenization widget.
   * The rest is that of the bank's environment; the sandbox's stands at the bank's address.
   */
  widget?: WidgetOverride;
  /**
   * Who has the last word before money moves; default `automatic`: the checks alone decide. A function is asked what
   * your own rules say, once the checks have passed.
   */
  confirm?: Exclude<ConfirmMode, 'merchant'> | ConfirmFunction;
  /**
   * Say so if the bank's manager has switched confirmation off for your project: money then moves at the start.
   * Only `confirm: 'automatic'` goes with it.
   */
  autoConfirmation?: boolean;
  /** Patience, schedule and the like; see {@link EngineRules}. */
  rules?: Partial<Omit<EngineRules, 'confirm' | 'autoConfirmation' | 'paused'>>;
  /** Ceilings; what would pass one is refused before anything is recorded. */
  limits?: Limits;
  /** Tells your server of every final result, signed as Standard Webhooks says, until it answers 2xx. */
  notify?: NotifyOptions;
  /** Opens `/merchant/*` to your own servers; without it, those routes are closed. */
  merchant?: MerchantOptions;
  /**
   * Opens `/operator/*` to the people who run payouts: tells who sends a request, by your own session, key or proxy, or
   * null for nobody who may be there. Without it, those routes are closed.
   */
  operator?: WhoIsOperator;
  retention?: RetentionOptions;
  /** How much is taken from one recipient, one address, and at once; see {@link Load}. */
  load?: Load;
  /** How long an event stream lasts and how often it looks; see {@link StreamTimes}. */
  stream?: StreamTimes;
  /** Told of every step, by ids, statuses and codes only. An error it throws is ignored. */
  onEvent?: OnEvent;
  /** Told of a failure nobody foresaw, with the `id` that the answer 500 carries; by default `console.error`. */
  onError?: (error: unknown, id: string) => void;
  /** For tests and simulation. */
  clock?: { now(): number };
}

export interface NotifyOptions {
  url: string;
  /** `whsec_` and base64 of 24 bytes or more (`echo whsec_$(openssl rand -base64 32)`); a list while it rotates. */
  secret: string | readonly string[];
  /** Milliseconds one try may take; default 15000. */
  timeout?: number;
  fetch?: typeof fetch;
}

/**
 * Times of an event stream, in milliseconds. Where one request may ask the database only so often, as in Workers, let
 * `lifetime / pollEvery * 2` stay below that.
 */
export interface StreamTimes {
  /** How long one lasts; then its reader comes back and proves again that it may read. Default 30 minutes. */
  lifetime?: number;
  /** How often the store is looked at for what other processes did; default 1000. */
  pollEvery?: number;
}

export interface MerchantOptions {
  /**
   * Server keys, each at least 32 characters (`openssl rand -base64 32`); several while they rotate: take the old one
   * out when no server sends it any more. Whoever has one can pay within `limits`.
   */
  keys: readonly string[];
}

/** How long what is not needed for paying is kept, in milliseconds. */
export interface RetentionOptions {
  /** Name and account token after the payout is final; default 0. */
  personal?: number;
  /** Digests of webhooks, delivered notices, totals of limits; default 30 days. */
  records?: number;
}

export interface Bff {
  /** Mount it: `app.route('/b131', bff.app)`. */
  app: Hono;
  /** Or serve it as it is. */
  fetch: (request: Request) => Response | Promise<Response>;
  /**
   * Imports every key; `serve` does it before it listens.
   *
   * @throws {KeyError} for a key of the bank's client, {ConfigurationError} for one that verifies tickets.
   */
  checkConfiguration(): Promise<void>;
  /** Does what is due; a loop, a cron or any other scheduler calls it. Safe at any time, from any number of processes. */
  drain(options?: DrainOptions): Promise<DrainReport>;
  /** When something is due next (ms since the epoch); null when nothing is. */
  nextDue(): Promise<number | null>;
  /** What the people who run payouts can do; give it to nobody else. */
  operator: OperatorDesk;
  /** The payout of a reference, for your own server; null when there is none. */
  lookUp(ref: string): Promise<PayoutRecord | null>;
  /**
   * Drops what identifies a recipient from their final payouts. The rows stay under a keyed digest, so that no
   * reference is paid again.
   *
   * @returns how many of their payouts are still on their way and keep what they need
   */
  erase(subject: string): Promise<{ left: number }>;
  /** What is under way and what waits, for metrics. */
  load(): LoadReport;
  /** Makes a drain that is under way look again for what is due. */
  poke(): void;
  /** Calls back when a payout has become due before its time; returns the way to stop that. */
  onWake(listener: () => void): () => void;
  /** Waits for work under way and closes the store. */
  close(): Promise<void>;
}

/**
 * Makes the backend-for-frontend: the routes for `<b131-payout>`, the engine that carries each payout through, and the
 * webhook route for the bank.
 *
 * Nothing runs in the background but what a request wakes: on Node use `serve` or `runLoop` of `@b131/bff/node`,
 * elsewhere let a scheduler call `drain`.
 *
 * @throws {ConfigurationError} when options contradict each other or cannot work.
 */
export function createBff(options: BffOptions): Bff {
  const { bank, store, clock = Date } = options;
  const rules = rulesOf(options);
  const secrets = createSecrets(options.secret);
  const audience = `${bank.environment}:${bank.project}`;
  const scope = bank.submerchant === undefined ? audience : `${audience}:${bank.submerchant}`;
  const tickets = createTicketVerifier({ clock, ...options.tickets }, audience);
  const readiness = createReadiness({ store, bank, tickets });
  const onEvent = toAll(readiness.onEvent, options.onEvent);
  const timed = createTimed(clock, onEvent);
  const call = createBankCalls({ bank, store, secrets, timed });
  const limits = createLimitKeeper(options.limits);
  const stream = { lifetime: 30 * 60_000, pollEvery: 1000, ...options.stream };
  const { personal: keepPersonal = 0, records: keepRecords = 30 * day } = options.retention ?? {};
  const notify = options.notify !== undefined;
  const commit = createCommit({ store, limits, notify, keepPersonal, clock, onEvent });
  const owner = createOwner();
  const paused = createPauseReader(store, scope, clock);
  const onError = options.onError ?? toConsole;
  const consult = createConsult({
    confirm: typeof options.confirm === 'function' ? options.confirm : null,
    timeout: Math.min(rules.confirmTimeout, rules.leaseFor / 2),
    ...{ onEvent, onError },
  });
  const engine = createEngine({ scope, store, commit, call, consult, rules, paused, clock, onEvent, owner });
  const courier = options.notify && openCourier(options.notify, { scope, store, clock, onEvent, owner });
  const sweep = createSweep({ scope, store, clock, keepRecords, dayOf: limits.dayOf });
  const background = createBackground(
    (payoutId) => engine.drain({ payoutId, limit: 1 }),
    engine.poke,
    onEvent,
  );
  const newId = () => crypto.randomUUID().replaceAll('-', '');
  const desk = createPayoutDesk({
    scope,
    store,
    commit,
    limits,
    rules,
    secrets,
    clock,
    wake: background.wake,
    newId: () => `pay_${newId()}`,
    pollEvery: stream.pollEvery,
  });
  const merchant = options.merchant && {
    keys: createServerKeys(options.merchant.keys),
    notifies: notify,
    desk: createMerchantDesk({
      ...{ scope, store, commit, rules, clock, wake: background.wake, start: desk.start },
      deliver: () => background.begin(courier?.deliver(noticesAtOnce) ?? Promise.resolve(), null),
    }),
  };
  const operator = createOperatorDesk({
    ...{ scope, store, commit, call, rules, clock, wake: background.wake },
    readPaused: () => createPauseReader(store, scope, clock)(),
    newId: () => `${clock.now().toString(36).padStart(10, '0')}_${newId()}`,
  });
  const admission = createAdmission({
    ...{ load: options.load, scope, store, clock, streamLifetime: stream.lifetime },
    digest: (subject) => secrets.digest('subject', subject),
  });
  const app = createApp({
    desk,
    admission,
    stream,
    merchant,
    operator: options.operator && { desk: operator, who: options.operator },
    issuePublicToken: () =>
      timed('token', null, async () => {
        return (await bank.token.create({ tokenize_widget: { access: true } })).public_token;
      }),
    verifyWebhook: async (raw, signature) => {
      const { type, session } = await bank.verifyWebhook(raw, signature);
      return { type, sessionId: session.id, changedAt: timeOf(session.updated_at) };
    },
    tickets,
    viewTokens: createViewTokens(secrets, { clock }),
    origins: options.origins,
    widget: widgetContractOf(bank, options.widget),
    ready: readiness.ready,
    clock,
    onEvent,
    onError,
    afterCommit(c) {
      const work = background.handOver();
      if (work) executionContextOf(c)?.waitUntil(work);
    },
  });
  return {
    app,
    fetch: (request) => app.fetch(request),
    checkConfiguration: readiness.checkConfiguration,
    async drain(drainOptions) {
      const most = Math.min(noticesAtOnce, drainOptions?.limit ?? noticesAtOnce);
      const notices = background.track(courier?.deliver(most) ?? Promise.resolve(), null);
      const waited = drainOptions?.waitForNotices === false ? undefined : notices;
      const [report] = await Promise.all([engine.drain(drainOptions), waited, sweep()]);
      return report;
    },
    operator,
    load: admission.load,
    lookUp: (ref) => store.loadByRef(scope, ref),
    async erase(subject) {
      const replacement = `erased:${await secrets.digest('subject', subject)}`;
      await store.batch([{ do: 'eraseSubject', scope, subject, replacement }]);
      return { left: (await store.list({ scope, subject, limit: 1000 })).length };
    },
    poke: engine.poke,
    nextDue: () => store.nextDue(scope),
    onWake: background.onWake,
    async close() {
      await background.settled();
      await store.close();
    },
  };
}

const day = 24 * 3_600_000;

function timeOf(text: string | undefined): number | null {
  const time = Date.parse(text ?? '');
  return Number.isNaN(time) ? null : time;
}
const noticesAtOnce = 20;

type CourierParts = Pick<
  Parameters<typeof createCourier>[0],
  'scope' | 'store' | 'clock' | 'onEvent' | 'owner'
>;

function openCourier(
  { url, secret, timeout = 15_000, fetch = globalThis.fetch }: NotifyOptions,
  parts: CourierParts,
): Courier {
  if (!URL.canParse(url))
    throw new ConfigurationError('notify.url', 'must be a full URL, such as https://shop.example/hooks');
  return createCourier({ ...parts, url, signer: createNoticeSigner(secret), timeout, fetch });
}

interface SweepParts {
  scope: string;
  store: Store;
  clock: { now(): number };
  keepRecords: number;
  dayOf: (now: number) => string;
}

/** Drops what is old, now and then: it is never urgent. */
function createSweep({ scope, store, clock, keepRecords, dayOf }: SweepParts): () => Promise<void> {
  const every = 60_000;
  let nextAt = clock.now() + every;
  return async () => {
    const now = clock.now();
    if (now < nextAt) return;
    nextAt = now + every;
    // Yesterday's totals are kept: a payout of before midnight may still be taken back from them.
    const beforeDay = dayOf(now - Math.max(keepRecords, 2 * day));
    await store.batch([{ do: 'sweep', scope, now, before: now - keepRecords, beforeDay }]);
  };
}

function rulesOf({ confirm = 'automatic', autoConfirmation = false, rules }: BffOptions): EngineRules {
  const mode = typeof confirm === 'function' ? 'merchant' : confirm;
  if (autoConfirmation && mode !== 'automatic') {
    throw new ConfigurationError(
      'confirm',
      `${mode === 'merchant' ? 'a function' : `"${mode}"`} cannot be kept with autoConfirmation: true, because the bank then pays without asking; have the bank's manager switch confirmation on, or use "automatic"`,
    );
  }
  return { ...defaultRules, ...rules, confirm: mode, autoConfirmation };
}

/** A host's listener must not be able to stop a payout. */
function toAll(...listeners: readonly (OnEvent | undefined)[]): OnEvent {
  return (event: BffEvent) => {
    for (const listener of listeners) {
      try {
        listener?.(event);
      } catch {
        // Nobody is left to be told.
      }
    }
  };
}

/** A failure that nobody foresaw must leave a trace somewhere. Our errors hold no secrets, names or numbers. */
function toConsole(error: unknown, id: string): void {
  console.error(`b131 ${id}`, error);
}

/** What keeps an edge runtime alive beyond the answer; a server needs no such thing and has none. */
function executionContextOf(c: Context): Context['executionCtx'] | undefined {
  try {
    return c.executionCtx;
  } catch {
    // Hono throws where there is no execution context.
    return undefined;
  }
}

/** Names this process in leases. Drawn at first use: Workers allow no randomness before the first request. */
function createOwner(): () => string {
  let owner: string | undefined;
  return () => {
    owner ??= crypto.randomUUID();
    return owner;
  };
}

/**
 * How many payouts requests work on at the same time. What is beyond stays due and is left to `drain`: a merchant's
 * batch of a thousand must not become a thousand questions to the bank at once.
 */
const wokenAtOnce = 20;

/**
 * What a request sets going. With a loop that listens, the loop does it; without one, it is done at once, beside the
 * request, and an edge runtime is handed the work to wait for.
 */
function createBackground(work: (payoutId: string) => Promise<unknown>, poke: () => void, onEvent: OnEvent) {
  const listeners = new Set<() => void>();
  const running = new Set<Promise<unknown>>();
  const woken = new Set<Promise<unknown>>();

  /** Sees to it that `settled` waits for the work; resolves when it is done, well or not. */
  function track(work: Promise<unknown>, payoutId: string | null): Promise<unknown> {
    const done = work
      .catch(() => onEvent({ type: 'engine.stumbled', payoutId, code: 'store' }))
      .finally(() => running.delete(done));
    running.add(done);
    return done;
  }

  /** Begins work that belongs to a request. */
  function begin(what: Promise<unknown>, payoutId: string | null): void {
    const begun = track(what, payoutId).finally(() => woken.delete(begun));
    woken.add(begun);
  }

  return {
    begin,
    wake(payoutId: string): void {
      if (listeners.size > 0) poke();
      else if (woken.size < wokenAtOnce) begin(work(payoutId), payoutId);
      for (const listener of [...listeners]) listener();
    },
    /**
     * What was woken since the last time, if anything was, for the request that woke it to wait for. Each piece of work is handed over
     * once: what belongs to a request that an edge runtime has ended never settles, and nobody else may wait for it.
     */
    handOver(): Promise<unknown> | null {
      if (woken.size === 0) return null;
      const work = [...woken];
      woken.clear();
      return Promise.all(work);
    },
    track,
    onWake(listener: () => void): () => void {
      listeners.add(listener);
      return () => listeners.delete(listener);
    },
    /** Resolves when nothing that a request set going is running any more. */
    async settled(): Promise<void> {
      await Promise.all(running);
    },
  };
}
