import type { Plan } from './plan.ts';
import type { Random } from './random.ts';
import type { Scheduler } from './scheduler.ts';
import type { Tally } from './tally.ts';
import type { Trace } from './trace.ts';

/** What all parts of one world share. */
export interface Stage {
  readonly plan: Plan;
  readonly scheduler: Scheduler;
  readonly trace: Trace;
  readonly tally: Tally;
  /** The root of all chance in this world; parts fork their own. */
  readonly random: Random;
  /** While true, things go wrong; afterwards nothing does any more. */
  storming: boolean;
  /** When last something went wrong with a process or the database: checks of punctuality begin anew there. */
  disturbedAt: number;
}

/** Decides whether a fault strikes here and now; never in the calm. */
export function strikes(stage: Stage, kind: string, probability: number, random: Random): boolean {
  if (!stage.storming || !random.chance(probability)) return false;
  stage.tally.add(`fault: ${kind}`);
  return true;
}
