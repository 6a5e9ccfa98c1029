/**
 * The world's time. It stands still while code runs and jumps from event to event: hours pass in milliseconds, and
 * the order of everything is the order in which events were set.
 */
export interface Scheduler {
  /** Milliseconds since the epoch. */
  now(): number;
  setTimeout(fn: () => void, ms: number): unknown;
  clearTimeout(handle: unknown): void;
  sleep(ms: number): Promise<void>;
  /** Lets happen what happens up to this time, or until `stop` says so. */
  runUntil(end: number, stop?: () => boolean): Promise<void>;
  /** How many events there were so far. */
  readonly events: number;
}

interface Timer {
  readonly at: number;
  readonly serial: number;
  fn: (() => void) | null;
}

const start = Date.UTC(2026, 10, 23, 6, 0);

export function createScheduler(): Scheduler {
  const queue: Timer[] = [];
  const timers = new Map<unknown, Timer>();
  let now = start;
  let serial = 0;
  let events = 0;

  function setTimer(fn: () => void, ms: number): number {
    serial += 1;
    const timer = { at: now + Math.max(0, Math.round(ms)), serial, fn };
    push(queue, timer);
    timers.set(serial, timer);
    return serial;
  }

  async function runUntil(end: number, stop = () => false): Promise<void> {
    for (let next = queue[0]; next && next.at <= end && !stop(); next = queue[0]) {
      pop(queue);
      timers.delete(next.serial);
      if (!next.fn) continue;
      now = Math.max(now, next.at);
      events += 1;
      next.fn();
      await quiet();
    }
    now = Math.max(now, end);
    await quiet();
  }

  return {
    now: () => now,
    setTimeout: setTimer,
    clearTimeout(handle) {
      const timer = timers.get(handle);
      if (timer) timer.fn = null;
    },
    sleep: (ms) =>
      new Promise((resolve) => {
        setTimer(resolve, ms);
      }),
    runUntil,
    get events() {
      return events;
    },
  };
}

/** When all that follows from the last event has happened: nothing here ever waits for another thread or a socket. */
function quiet(): Promise<void> {
  return new Promise((resolve) => {
    setImmediate(resolve);
  });
}

const before = (a: Timer, b: Timer) => a.at < b.at || (a.at === b.at && a.serial < b.serial);

function push(heap: Timer[], timer: Timer): void {
  let index = heap.length;
  heap.push(timer);
  while (index > 0) {
    const above = (index - 1) >> 1;
    if (!swapIf(heap, above, index)) return;
    index = above;
  }
}

function pop(heap: Timer[]): void {
  const last = heap.pop();
  if (!last || heap.length === 0) return;
  heap[0] = last;
  for (let index = 0; ; ) {
    const left = 2 * index + 1;
    const right = left + 1;
    const [a, b] = [heap[left], heap[right]];
    if (!a) return;
    const smaller = b && before(b, a) ? right : left;
    if (!swapIf(heap, index, smaller)) return;
    index = smaller;
  }
}

/** Puts the earlier of the two above; false when it was there already. */
function swapIf(heap: Timer[], above: number, below: number): boolean {
  const [a, b] = [heap[above], heap[below]];
  if (!a || !b || before(a, b)) return false;
  heap[above] = b;
  heap[below] = a;
  return true;
}
