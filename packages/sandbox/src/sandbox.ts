import type { PrivateKey, PublicKey } from '@b131/api';
import { Hono } from 'hono';
import { Bank, type BankMemory } from './bank/bank.js';
import type { Movement, Session } from './bank/model.js';
import { lastPayout } from './bank/session.js';
import {
  applyPatch,
  createSettings,
  type Personality,
  type Settings,
  type SettingsPatch,
} from './bank/settings.js';
import { Vault, type VaultMemory } from './bank/vault.js';
import { createJournal, type SandboxEvent, type StateEvent } from './control/journal.js';
import { mountControl } from './control/routes.js';
import type { KeyFacts } from './control/setup.js';
import { createStreams } from './control/stream.js';
import { type SessionView, sessionView } from './control/view.js';
import { createAuthentication, type Verify } from './door/authentication.js';
import { mountDoor } from './door/door.js';
import { Faults } from './faults/faults.js';
import { type FaultOrder, readFaultOrder } from './faults/order.js';
import { type Clock, systemClock } from './time/clock.js';
import { bankStamp } from './time/stamp.js';
import { Courier } from './webhooks/courier.js';
import { mountWidget } from './widget/routes.js';

/** What a sandbox is made from. */
export interface SandboxOptions {
  /** The name partners give in `X-PARTNER-PROJECT`. */
  project: string;
  /** The public key of the partner, whose private key signs the calls; or a function that verifies. */
  partnerPublicKey: PublicKey | Verify;
  /** The bank's private key, which signs the webhooks; or a function that signs. */
  bankPrivateKey: PrivateKey;
  /** By default the machine's clock. */
  clock?: Clock;
  /** Numbers from 0 up to 1; tokens are made of them. By default `Math.random`. */
  random?: () => number;
  /** Delivers webhooks. By default the platform's `fetch`. */
  fetch?: typeof fetch;
  /** Where webhooks go. By default, and with `null`, nowhere. */
  webhookUrl?: string | null;
  /** What another sandbox knew: this one goes on from it. What is given beside it wins. */
  memory?: SandboxMemory;
  settings?: SettingsPatch;
  personality?: Partial<Personality>;
  /** What goes wrong on purpose, from the beginning. */
  faults?: readonly FaultOrder[];
  /** Of faults that strike now and then: the same seed and calls give the same strikes. By default 131. */
  seed?: number;
  /** The origin under which the sandbox is reached, for its help page; by default that of the request. */
  publicOrigin?: string;
  /** Public keys and the places of the key files, for the page that helps to set up a client. */
  keys?: KeyFacts;
}

/** All that a sandbox knows but its events and faults, as plain data. Holds account numbers and tokens. */
export interface SandboxMemory {
  readonly settings: Settings;
  readonly bank: BankMemory;
  readonly vault: VaultMemory;
  /** Idempotency keys, each with the moment it was used (ms since 1970). */
  readonly usedKeys: readonly (readonly [string, number])[];
}

/** The bank on a desk. */
export interface Sandbox {
  /** The door: the bank's API, the widget and the desk's own routes. */
  fetch(request: Request): Promise<Response>;
  /** Every movement of money so far, oldest first. */
  ledger(): Movement[];
  /** Every session so far, oldest first, numbers masked. */
  sessions(): SessionView[];
  /** Tells of everything that happens from now on; the answer ends that. */
  on(listener: (event: SandboxEvent) => void): () => void;
  /** How the bank behaves. Live: assign to its fields, the next step goes by them. */
  readonly settings: Settings;
  /** What another sandbox can go on from: give it to `createSandbox({ memory })`. */
  memory(): SandboxMemory;
  /** Imports the keys. @throws KeyError for a key of no use */
  ready(): Promise<void>;
  /** When no webhook is under way (those that wait to be sent again do not count). For virtual clocks. */
  idle(): Promise<void>;
  /** Stops all timers and deliveries and ends open event streams. */
  close(): void;
}

/**
 * Makes a sandbox of Bank 131: a pure object that touches nothing but what it is given. With a virtual clock, a
 * seeded `random`, and functions for verifying and signing, the same calls in the same order give the same world.
 */
export function createSandbox(options: SandboxOptions): Sandbox {
  const { project, clock = systemClock(), random = Math.random, publicOrigin } = options;
  const { memory } = options;
  const settings = createSettings({ ...memory?.settings });
  applyPatch(settings, patchOf(options));
  const journal = createJournal(clock);
  const authentication = createAuthentication(project, options.partnerPublicKey);
  const send = options.fetch ?? ((input, init) => fetch(input, init));
  const faults = new Faults(options.seed ?? 131, options.faults?.map(readFaultOrder));
  const courier = new Courier({
    clock,
    settings,
    journal,
    faults,
    project,
    privateKey: options.bankPrivateKey,
    fetch: send,
    ordinalOf: (id) => bank.ordinalOf(id),
  });
  const bank = new Bank({
    clock,
    stamp: bankStamp(clock),
    settings,
    onState: (session) => journal.add(stateEvent(session)),
    onMovement: (movement) => journal.add({ kind: 'money', movement }),
    onWebhook: (type, session) => courier.send(type, session),
  });
  const vault = new Vault(settings, () => clock.now(), random);
  const usedKeys = new Map<string, number>(memory?.usedKeys);
  if (memory) {
    vault.remember(memory.vault);
    bank.remember(memory.bank);
  }
  const streams = createStreams(journal, clock);

  const app = new Hono();
  mountDoor(app, { clock, authentication, bank, vault, settings, journal, faults, usedKeys });
  mountWidget(app, { vault, settings, journal });
  mountControl(app, {
    project,
    publicOrigin,
    startedAt: clock.now(),
    keys: options.keys,
    bank,
    journal,
    settings,
    streams,
    faults,
    courier,
  });
  app.onError((error) => {
    throw error;
  });
  app.notFound((c) => c.json({ error: { code: 'not_found', description: 'Nothing here; see GET /' } }, 404));

  return {
    fetch: async (request) => app.fetch(request),
    ledger: () => bank.ledger(),
    sessions: () => bank.sessions().map(sessionView),
    on: (listener) => journal.on(listener),
    settings,
    memory: () => ({
      settings: { ...settings, personality: { ...settings.personality } },
      bank: bank.memory(),
      vault: vault.memory(),
      usedKeys: [...usedKeys],
    }),
    ready: async () => void (await Promise.all([authentication.ready(), courier.ready()])),
    idle: () => courier.idle(),
    close() {
      bank.close();
      courier.close();
      streams.close();
    },
  };
}

function patchOf({ settings = {}, webhookUrl, personality }: SandboxOptions): SettingsPatch {
  return {
    ...settings,
    ...(webhookUrl !== undefined && { webhookUrl }),
    personality: { ...settings.personality, ...personality },
  };
}

function stateEvent(session: Session): StateEvent {
  const payout = lastPayout(session);
  return {
    kind: 'state',
    sessionId: session.id,
    session: session.status,
    payout: payout?.status ?? null,
    next_action: session.next_action ?? null,
    ...(payout?.error && { error: payout.error.code }),
  };
}
