import { createPlaces } from './places.js';

/** How much of one kind of work is taken on at once. */
export interface GateLimits {
  /** How much is under way at most. */
  atOnce: number;
  /** How much may wait for its turn; what comes beyond that is refused at once. */
  waiting: number;
  /** Milliseconds something may wait: whoever asked has given up by then. */
  patience: number;
}

/** What a gate holds just now. */
export interface GateLoad {
  running: number;
  waiting: number;
}

/** Lets a bounded amount of work through, in the order it came, so that what was begun is finished under any load. */
export interface Gate {
  /** @throws {GateFullError} when the work was not begun. */
  run<T>(work: () => Promise<T>): Promise<T>;
  load(): GateLoad;
}

/** There is more to do than can be done in time; nothing was begun. */
export class GateFullError extends Error {
  override readonly name = 'GateFullError';
}

interface Waiting {
  enter: (leave: () => void) => void;
  giveUp: () => void;
}

/** No request takes longer: the bank's calls end before that. Then its place counts as free. */
const longest = 60_000;

/** Makes a gate. */
export function createGate(
  { atOnce, waiting: most, patience }: GateLimits,
  clock: { now(): number } = Date,
): Gate {
  const queue = new Set<Waiting>();
  const places = createPlaces(longest, clock);

  /** Whoever waits longest takes over what is free. */
  function admit(): void {
    for (const one of queue) {
      if (places.taken() >= atOnce) return;
      queue.delete(one);
      one.enter(places.take());
    }
  }

  /** Resolves with the way to leave. */
  async function turn(): Promise<() => void> {
    admit();
    if (places.taken() < atOnce) return places.take();
    if (queue.size >= most) throw new GateFullError();
    return new Promise((resolve, reject) => {
      const timer = setTimeout(() => one.giveUp(), patience);
      const one: Waiting = {
        enter(leave) {
          clearTimeout(timer);
          resolve(leave);
        },
        giveUp() {
          queue.delete(one);
          reject(new GateFullError());
        },
      };
      queue.add(one);
    });
  }

  return {
    async run(work) {
      const leave = await turn();
      try {
        return await work();
      } finally {
        leave();
        admit();
      }
    },
    load: () => ({ running: places.taken(), waiting: queue.size }),
  };
}
