import type { Break } from './breaks/break.ts';
import type { StoreName } from './database.ts';
import type { BankName } from './plan.ts';
import { createTally, type Tally } from './tally.ts';
import type { Violation, ViolationKind } from './violation.ts';
import { runWorld } from './world.ts';

export interface RunOptions {
  /** Seed of the first world; the next ones count on. */
  from: number;
  worlds: number;
  store: StoreName;
  bank?: BankName | undefined;
  broken?: Break | undefined;
  stopAtFirst?: boolean;
  trace?: boolean;
}

/** What became of one world, without its trace. */
export interface Outcome {
  seed: number;
  bank: BankName;
  payouts: number;
  faults: number;
  violations: readonly Violation[];
}

/** What became of many. */
export interface Totals {
  worlds: number;
  payouts: number;
  faults: number;
  violations: { [kind in ViolationKind]: number };
  tally: Tally;
}

export function noTotals(): Totals {
  const violations = { paid_twice: 0, lost: 0, wrong: 0, stuck: 0 };
  return { worlds: 0, payouts: 0, faults: 0, violations, tally: createTally() };
}

/** Adds a world to the totals: it counts once for each kind of violation. */
export function count(totals: Totals, { payouts, faults, violations }: Outcome): void {
  totals.worlds += 1;
  totals.payouts += payouts;
  totals.faults += faults;
  for (const kind of new Set(violations.map((violation) => violation.kind))) totals.violations[kind] += 1;
}

/**
 * Runs worlds one after the other.
 *
 * @param onWorld told of each; ends the run by giving back `false`
 */
export async function runWorlds(
  { from, worlds, ...options }: RunOptions,
  onWorld: (outcome: Outcome, trace: readonly string[], hash: string) => boolean | undefined,
): Promise<Totals> {
  const totals = noTotals();
  for (let seed = from; seed < from + worlds; seed += 1) {
    const { plan, payouts, faults, violations, counts, trace } = await runWorld({ seed, ...options });
    const outcome = { seed, bank: plan.bankName, payouts, faults, violations };
    count(totals, outcome);
    totals.tally.addAll(counts);
    if (onWorld(outcome, trace.lines, trace.hash()) === false) break;
  }
  return totals;
}
