import type { Personality } from '@b131/sandbox';
import type { EngineRules } from '../dist/engine/rules.js';
import type { Limits } from '../dist/limits/limits.js';
import type { ConfirmMode } from '../dist/payout/payout.js';
import { createRandom, type Random } from './random.ts';

const second = 1000;
const minute = 60 * second;
const hour = 60 * minute;

/** How a bank differs from the one we assume. */
export interface BankTraits {
  personality: Partial<Personality>;
  /** Whether the BFF was told that the bank pays without asking (`autoConfirmation: true`). */
  told?: boolean;
  /** The bank does not look at `X-PARTNER-IDEMPOTENCY-KEY`. */
  ignoresKeys?: boolean;
  /** Share of money calls that the bank answers with an error although it did, or may yet do, what was asked. */
  errorCodes?: number;
  /** Share of starts that come to the bank when any client's patience is over. */
  holdsStarts?: number;
  /** Share of starts that the bank records with another amount, account or metadata than we asked for. */
  misrecords?: number;
}

/** The banks of `--bank`. `mixed` is several of them at once, and changes its mind in the middle. */
export const banks = {
  plain: () => ({ personality: {} }),
  'no-echo': () => ({ personality: { echoToken: false } }),
  'auto-confirm': () => ({ personality: { autoConfirm: true }, told: true }),
  'auto-confirm-untold': () => ({ personality: { autoConfirm: true } }),
  'late-start': () => ({ personality: { lateStartOnCancelled: true }, holdsStarts: 0.4 }),
  'stale-status': (random) => ({ personality: { statusLagMs: random.between(1, 90) * second } }),
  'cancel-loses-race': () => ({ personality: { cancelLosesRace: true } }),
  'error-then-success': () => ({ personality: { errorThenSuccess: true } }),
  'failed-stays-accepted': () => ({ personality: { failedSessionStatus: 'accepted' } }),
  'silent-cancel': () => ({ personality: { webhookOnCancel: false } }),
  'webhooks-v1': () => ({ personality: { webhookVersion: 'v1' } }),
  'webhooks-v2': () => ({ personality: { webhookVersion: 'v2' } }),
  'low-balance': (random) => ({ personality: { lowBalance: random.pick(['refused', 'fails']) } }),
  'error-codes': () => ({ personality: {}, errorCodes: 0.4 }),
  'ignores-keys': () => ({ personality: {}, ignoresKeys: true }),
  misrecords: () => ({ personality: {}, misrecords: 0.4 }),
  mixed,
  'cancels-while-processing': () => ({ personality: { cancelWhileProcessing: true } }),
  'pending-after-confirm': () => ({ personality: { confirmedPayoutStatus: 'pending' } }),
  'other-words': () => ({
    personality: {
      currencyCase: 'upper',
      bikName: 'bic',
      actions: false,
      webhookProject: true,
      webhookWants: '2xx',
    },
  }),
  'other-refusals': () => ({
    personality: {
      refusalHttpStatus: 422,
      unknownSessionCode: 'session_wrong_state',
      unknownTokenCode: 'account_not_found',
      keyAfterRefusal: 'used',
      keyScope: 'method',
    },
  }),
} satisfies Record<string, (random: Random) => BankTraits>;

export type BankName = keyof typeof banks;

export const bankNames = Object.keys(banks).filter((name): name is BankName => name in banks);

/** Everything a seed decides before its world begins. Probabilities are per call, times are milliseconds. */
export interface Plan {
  seed: number;
  bankName: BankName;
  bank: BankTraits;
  processingMs: number;
  confirmTimeoutMs: number;
  returnAfterMs: number;
  walletBalance: number;
  apiVersion: 'v1' | 'v2';
  replicas: number;
  confirm: ConfirmMode;
  rules: Partial<EngineRules>;
  limits: Limits;
  keepPersonal: number;
  /** How long things go wrong; afterwards the world is left in peace. */
  storm: number;
  recipients: number;
  payouts: number;
  operators: boolean;
  faults: Faults;
}

export interface Faults {
  /** The way to the bank and back. */
  network: {
    refused: number;
    lostBefore: number;
    lostAfter: number;
    htmlBefore: number;
    htmlAfter: number;
    truncated: number;
    duplicate: number;
    slow: number;
    slowest: number;
  };
  webhooks: { lost: number; doubled: number; late: number; forged: number; foreign: number };
  database: { down: number; answerLost: number; slow: number };
  processes: { crash: number; freeze: number; longestFreeze: number; deploys: number };
  clocks: { skew: number; jumps: number };
  merchant: { down: number; answerLost: number };
}

export interface PlanOptions {
  bank?: BankName | undefined;
}

/** What the world of a seed is like. */
export function planWorld(seed: number, options: PlanOptions = {}): Plan {
  const random = createRandom(`plan ${seed}`);
  const bankName = options.bank ?? pickBank(random);
  const bank: BankTraits = banks[bankName](random);
  const payouts = random.pick([1, 1, 2, 2, 3, 4]);
  const confirm = bank.told ? 'automatic' : pickConfirm(random);
  return {
    seed,
    bankName,
    bank,
    processingMs: random.between(300, 6000),
    confirmTimeoutMs: random.between(2, 15) * minute,
    returnAfterMs: random.pick([5 * second, 20 * minute, 3 * hour]),
    walletBalance: bank.personality.lowBalance && random.chance(0.7) ? 400_000 : 100_000_000,
    apiVersion: random.pick(['v2', 'v2', 'v1']),
    replicas: random.pick([1, 2, 2, 3, 4]),
    confirm,
    rules: planRules(random, bank),
    limits: planLimits(random),
    keepPersonal: random.pick([0, 0, 5 * minute]),
    storm: random.between(3, 12) * minute,
    recipients: random.between(1, payouts),
    payouts,
    operators: confirm === 'operator' || random.chance(0.4),
    faults: planFaults(random),
  };
}

/** Banks that only differ in what a seed would seldom meet: simulated when asked for by name. */
const byNameOnly: readonly BankName[] = [
  'cancels-while-processing',
  'pending-after-confirm',
  'other-words',
  'other-refusals',
];

function pickBank(random: Random): BankName {
  if (random.chance(0.3)) return 'plain';
  if (random.chance(0.3)) return 'mixed';
  const drawn = bankNames.filter((name) => !byNameOnly.includes(name));
  return random.pick([...drawn, 'misrecords', 'misrecords', 'error-codes', 'late-start']);
}

function pickConfirm(random: Random): ConfirmMode {
  return random.pick(['automatic', 'automatic', 'recipient', 'operator', 'merchant']);
}

/** Patience is shorter than in real life where only waiting would be simulated. */
function planRules(random: Random, { personality, misrecords }: BankTraits): Partial<EngineRules> {
  // What a bank that echoes nothing records wrongly can only be noticed by a BFF that insists on the echo.
  const silent = personality.echoToken === false;
  const insist = silent ? misrecords !== undefined || random.chance(0.2) : random.chance(0.2);
  return {
    destinationCheck: insist ? 'required' : 'whenEchoed',
    workPatience: 2 * hour,
    confirmWithin: random.pick([null, null, minute, 5 * minute]),
    returnsEvery: 3 * hour,
    returnsFor: 9 * hour,
    startPatience: random.pick([20, 60, 60]) * second,
    maxAttempts: random.pick([10, 10, 3]),
    leaseFor: random.pick([30, 30, 9]) * second,
    // A BFF that seldom asks of its own accord lives by the bank's webhooks.
    ...(random.chance(0.2) ? { askAt: [], laterEvery: 15 * minute } : {}),
  };
}

const noLimits: Limits = {};

function planLimits(random: Random): Limits {
  if (!random.chance(0.35)) return noLimits;
  const perSubjectPerDay = random.between(150, 500) * 1000;
  return random.pick([
    { perSubjectPerDay },
    { perDay: random.between(200, 900) * 1000 },
    { perSubjectPerDay, perDay: 2 * perSubjectPerDay, perPayout: 280_000 },
  ]);
}

function planFaults(random: Random): Faults {
  /** A kind of fault is absent in some worlds, rare in most and frequent in a few. */
  const share = (most: number) => random.pick([0, 0.2, 0.5, 1]) * most * random.next();
  const quiet = random.chance(0.06);
  const of = quiet ? () => 0 : share;
  return {
    network: {
      refused: of(0.2),
      lostBefore: of(0.3),
      lostAfter: of(0.3),
      htmlBefore: of(0.2),
      htmlAfter: of(0.2),
      truncated: of(0.2),
      duplicate: of(0.3),
      slow: of(0.3),
      slowest: random.pick([5, 30, 90, 400]) * second,
    },
    webhooks: { lost: of(0.8), doubled: of(0.5), late: of(0.5), forged: of(0.5), foreign: of(0.3) },
    database: { down: of(0.05), answerLost: of(0.05), slow: of(0.1) },
    processes: {
      crash: of(0.03),
      freeze: of(0.03),
      longestFreeze: random.pick([20 * second, 2 * minute, 20 * minute]),
      deploys: quiet ? 0 : random.pick([0, 0, 1, 3]),
    },
    clocks: { skew: quiet ? 0 : random.pick([0, 50, 400]), jumps: quiet ? 0 : random.pick([0, 0, 0, 2]) },
    merchant: { down: of(0.9), answerLost: of(0.5) },
  };
}

/** Several traits at once; about half of the switches stand as we assume. */
function mixed(random: Random): BankTraits {
  const maybe = <T extends object>(traits: T): Partial<T> => (random.chance(0.4) ? traits : {});
  const acceptsLate = random.chance(0.4);
  const untoldAuto = random.chance(0.15) ? { autoConfirm: true } : {};
  return {
    personality: {
      ...maybe({ echoToken: false }),
      ...(acceptsLate ? { lateStartOnCancelled: true } : {}),
      ...maybe({ statusLagMs: random.between(1, 40) * second }),
      ...maybe({ errorThenSuccess: true }),
      ...maybe({ failedSessionStatus: 'accepted' as const }),
      ...maybe({ webhookOnCancel: false }),
      ...maybe({ webhookVersion: random.pick(['v1', 'v2'] as const) }),
      ...(random.chance(0.15) ? { cancelLosesRace: true } : {}),
      ...untoldAuto,
    },
    ...(acceptsLate || random.chance(0.2) ? { holdsStarts: 0.3 } : {}),
    ...maybe({ ignoresKeys: true }),
    ...maybe({ errorCodes: 0.2 }),
    ...maybe({ misrecords: 0.15 }),
  };
}

/**
 * Why this bank can pay twice whatever a client does; null when it must not. See the README: a session that was
 * seen cancelled, and so was replaced by another, pays after all without our word.
 */
export function whyHopeless({ personality }: BankTraits): string | null {
  if (!personality.lateStartOnCancelled) return null;
  if (personality.autoConfirm) return 'a cancelled session starts late and pays without being confirmed';
  return personality.cancelLosesRace ? 'a cancelled session starts late and pays when it is cancelled' : null;
}
