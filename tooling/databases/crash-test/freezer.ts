import type { Moment } from './bank-road.ts';
import type { Fleet } from './fleet.ts';
import { isMoneyCall } from './killer.ts';
import type { Random } from './random.ts';
import type { Tally } from './tally.ts';

export interface FreezerOptions {
  fleet: () => Fleet | null;
  random: Random;
  tally: Tally;
}

/** Longer than a lease of the replicas: whoever thaws finds that another one has gone on with its work. */
const frozenFor = { least: 3500, most: 7000 };

/**
 * Stops a replica in the middle of a money call, as a machine that is moved or swaps does, and lets it go on later:
 * with what it knew then, and without knowing that time has passed. One at a time.
 */
export function createFreezer({ fleet, random, tally }: FreezerOptions): (moment: Moment) => void {
  let isAnyFrozen = false;
  return ({ replica, method }) => {
    if (isAnyFrozen || !tally.stormy || !isMoneyCall(method) || !random.chance(0.05)) return;
    if (!fleet()?.freeze(replica)) return;
    isAnyFrozen = true;
    tally.count('replica: frozen');
    setTimeout(
      () => {
        isAnyFrozen = false;
        fleet()?.thaw(replica);
      },
      random.between(frozenFor.least, frozenFor.most),
    );
  };
}
