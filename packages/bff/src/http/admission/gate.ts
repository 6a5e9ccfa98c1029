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
  enter: () => void;
  leave: (error: GateFullError) => void;
}

/** Makes a gate. */
export function createGate({ atOnce, waiting: most, patience }: GateLimits): Gate {
  const queue = new Set<Waiting>();
  let running = 0;

  function turn(): Promise<void> {
    if (running < atOnce) {
      running += 1;
      return Promise.resolve();
    }
    if (queue.size >= most) return Promise.reject(new GateFullError());
    return new Promise((resolve, reject) => {
      const timer = setTimeout(() => one.leave(new GateFullError()), patience);
      const one: Waiting = {
        enter() {
          clearTimeout(timer);
          resolve();
        },
        leave(error) {
          queue.delete(one);
          reject(error);
        },
      };
      queue.add(one);
    });
  }

  /** Whoever waits longest takes the place over; without anybody waiting it is free. */
  function next(): void {
    const [first] = queue;
    if (!first) {
      running -= 1;
      return;
    }
    queue.delete(first);
    first.enter();
  }

  return {
    async run(work) {
      await turn();
      try {
        return await work();
      } finally {
        next();
      }
    },
    load: () => ({ running, waiting: queue.size }),
  };
}
