/** What a loop needs of a BFF; `createBff` makes one. */
export interface DrainableBff {
  /** Does what is due. */
  drain(options?: { limit?: number; waitForNotices?: boolean }): Promise<{ worked: number; more: boolean }>;
  /** When something is due next (ms since the epoch); null when nothing is. */
  nextDue(): Promise<number | null>;
  /** Calls back when something became due before its time; returns the way to stop that. */
  onWake(listener: () => void): () => void;
}

/** Time as the loop sees it; tests pass their own. */
export interface LoopClock {
  /** Milliseconds since the epoch. */
  now(): number;
  setTimeout(callback: () => void, ms: number): unknown;
  clearTimeout(timer: unknown): void;
}

export interface LoopOptions {
  /** Longest sleep in milliseconds, default 1000: other processes may make payouts due that nobody wakes us for. */
  idle?: number;
  clock?: LoopClock;
  /** Told when a round failed; the loop goes on, slower and slower until a round succeeds. */
  onError?: (error: unknown) => void;
}

export interface Loop {
  /** Resolves when the round under way is over; no other begins. */
  stop(): Promise<void>;
}

/** Shortest sleep when nothing could be done about what is due: somebody else works on it. */
const shortest = 50;
const longestBackoff = 30_000;

/** Calls `drain` whenever something is due or wakes it, one round at a time, until it is stopped. */
export function runLoop(bff: DrainableBff, options: LoopOptions = {}): Loop {
  const { idle = 1000, clock = systemTime(), onError } = options;
  const alarm = createAlarm(clock);
  let stopped = false;
  let failures = 0;
  const unsubscribe = bff.onWake(() => {
    // While it backs off, being woken does not make the store or the bank any better.
    if (failures === 0) alarm.ring();
  });

  const round = async (): Promise<number> => {
    const { worked, more } = await bff.drain({ waitForNotices: false });
    if (worked > 0 && more) return 0;
    const due = await bff.nextDue();
    const wait = due === null ? idle : Math.min(due - clock.now(), idle);
    return Math.max(wait, worked > 0 ? 0 : Math.min(shortest, idle));
  };
  const attempt = async (): Promise<number> => {
    try {
      const wait = await round();
      failures = 0;
      return wait;
    } catch (error) {
      failures += 1;
      tell(onError, error);
      return Math.min(idle * 2 ** (failures - 1), longestBackoff);
    }
  };
  const run = async () => {
    while (!stopped) await alarm.sleep(await attempt());
  };

  const done = run();
  return {
    stop() {
      stopped = true;
      unsubscribe();
      alarm.ring();
      return done;
    },
  };
}

function tell(onError: LoopOptions['onError'], error: unknown): void {
  try {
    onError?.(error);
  } catch {
    // A logger that fails must not stop payouts.
  }
}

/** A sleep that can be cut short; ringing before it begins counts. */
function createAlarm(clock: LoopClock) {
  let rang = false;
  let wakeUp: (() => void) | undefined;
  return {
    ring() {
      rang = true;
      wakeUp?.();
    },
    async sleep(ms: number): Promise<void> {
      if (!rang) {
        await new Promise<void>((resolve) => {
          const timer = clock.setTimeout(resolve, ms);
          wakeUp = () => {
            clock.clearTimeout(timer);
            resolve();
          };
        });
      }
      rang = false;
      wakeUp = undefined;
    },
  };
}

function systemTime(): LoopClock {
  const timers = new Map<unknown, NodeJS.Timeout>();
  return {
    now: () => Date.now(),
    setTimeout(callback, ms) {
      const handle = Symbol('timer');
      const timer = setTimeout(() => {
        timers.delete(handle);
        callback();
      }, ms);
      timers.set(handle, timer);
      return handle;
    },
    clearTimeout(handle) {
      clearTimeout(timers.get(handle));
      timers.delete(handle);
    },
  };
}
