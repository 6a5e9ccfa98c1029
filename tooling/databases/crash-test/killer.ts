import { setTimeout as sleep } from 'node:timers/promises';
import type { Moment } from './bank-road.ts';
import type { Fleet } from './fleet.ts';
import type { Random } from './random.ts';

/** Decides who is killed, and when. */
export interface Killer {
  readonly kills: number;
  /** Where the victims were, such as `session/confirm acted 4, anywhere 2`. */
  inWords(): string;
  /** Told where every replica is; most victims are chosen by it. */
  onMoment(moment: Moment): void;
  /** Kills as often as it is to; resolves when that is done. */
  run(): Promise<void>;
}

export interface KillerOptions {
  kills: number;
  random: Random;
  /** Null until it is launched. */
  fleet: () => Fleet | null;
  onKill: () => void;
  signal: AbortSignal;
}

/** Around these calls a payout is neither untouched nor settled. */
export function isMoneyCall(method: string): boolean {
  return ['session/start/payout', 'session/confirm', 'session/cancel'].includes(method);
}

const longestWait = 2500;
const pause = { least: 200, most: 1200 };
/** How long at most a killing waits until all live again, when it does: a replica needs a second or so to come up. */
const longestTruce = 4000;

/**
 * One kill after another, each at a moment that is worth it: a money call on its way, done but not answered, just
 * answered, or a little later. When no such moment comes, anybody dies at any time. Now and then all die at once.
 */
export function createKiller({ kills: wanted, random, fleet, onKill, signal }: KillerOptions): Killer {
  let kills = 0;
  const places = new Map<string, number>();
  let waiting: ((moment: Moment | null) => void) | null = null;

  return {
    get kills() {
      return kills;
    },
    inWords: () => [...places].map(([place, count]) => `${place} ${count}`).join(', ') || 'nowhere',
    onMoment(moment) {
      const isWorthIt = random.chance(isMoneyCall(moment.method) ? 0.4 : 0.03);
      if (isWorthIt) waiting?.(moment);
    },
    async run() {
      while (kills < wanted && !signal.aborted) {
        // Half of the time, so that payouts get somewhere, and that there are times with nobody alive as well.
        if (random.chance(0.5)) await truce();
        await sleep(random.between(pause.least, pause.most), undefined, { signal });
        await strike(await nextMoment());
      }
    },
  };

  async function truce(): Promise<void> {
    const giveUpAt = Date.now() + longestTruce;
    while (!fleet()?.isWhole() && Date.now() < giveUpAt) await sleep(50, undefined, { signal });
  }

  function nextMoment(): Promise<Moment | null> {
    const { promise, resolve } = Promise.withResolvers<Moment | null>();
    const timer = setTimeout(resolve, longestWait, null);
    waiting = resolve;
    return promise.finally(() => {
      waiting = null;
      clearTimeout(timer);
    });
  }

  async function strike(moment: Moment | null): Promise<void> {
    const delay = random.pick([0, 0, random.between(1, 30), random.between(30, 400)]);
    if (delay > 0) await sleep(delay, undefined, { signal });
    const victims = fleet()?.victims() ?? [];
    const [first, ...others] = moment ? [moment.replica] : victims;
    if (first === undefined) return;
    for (const victim of random.chance(0.07) ? victims : [random.pick([first, ...others])]) {
      if (kills >= wanted || !fleet()?.kill(victim)) continue;
      kills += 1;
      const place = moment?.replica === victim ? `${moment.method} ${moment.phase}` : 'anywhere';
      places.set(place, (places.get(place) ?? 0) + 1);
      onKill();
    }
  }
}
