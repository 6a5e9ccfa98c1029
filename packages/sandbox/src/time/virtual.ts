import type { Clock } from './clock.js';

/** A clock that stands still until it is told to move: hours of a bank's life in milliseconds of a test. */
export interface VirtualClock extends Clock {
  /**
   * Moves the time on by `ms`, firing each timer on the way at its own moment, in order (ties: first set, first
   * fired). `settle` is awaited after each timer and once at the end; pass `() => sandbox.idle()` to let
   * deliveries come to an end before the time moves on.
   */
  advance(ms: number, settle?: () => Promise<unknown>): Promise<void>;
  /** How many timers are set. */
  readonly pending: number;
  /** When the next timer fires (ms since 1970), or `null`. */
  readonly nextAt: number | null;
}

interface Timer {
  readonly serial: number;
  readonly at: number;
  readonly fn: () => void;
}

/** Makes a virtual clock that starts at `start` (ms since 1970; by default 2026-01-12T09:00:00Z). */
export function virtualClock(start = 1_768_208_400_000): VirtualClock {
  const timers = new Map<number, Timer>();
  let now = start;
  let serial = 0;

  function next(): Timer | undefined {
    let first: Timer | undefined;
    for (const timer of timers.values()) if (!first || timer.at < first.at) first = timer;
    return first;
  }

  async function advance(ms: number, settle: () => Promise<unknown> = async () => undefined): Promise<void> {
    const end = now + ms;
    for (let timer = next(); timer && timer.at <= end; timer = next()) {
      now = Math.max(now, timer.at);
      timers.delete(timer.serial);
      timer.fn();
      await settle();
    }
    now = end;
    await settle();
  }

  return {
    now: () => now,
    setTimeout(fn, ms) {
      serial += 1;
      timers.set(serial, { serial, at: now + Math.max(0, ms), fn });
      return serial;
    },
    clearTimeout(handle) {
      if (typeof handle === 'number') timers.delete(handle);
    },
    advance,
    get pending() {
      return timers.size;
    },
    get nextAt() {
      return next()?.at ?? null;
    },
  };
}
