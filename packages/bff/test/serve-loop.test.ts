import { afterEach, describe, expect, test, vi } from 'vitest';
import { type Loop, type LoopClock, runLoop } from '../src/node/loop.js';

/** Time that stands still until it is told to go on; says what was slept. */
function fakeTime() {
  const timers = new Map<number, { at: number; callback: () => void }>();
  const slept: number[] = [];
  let now = 1_000_000;
  let last = 0;
  const clock: LoopClock = {
    now: () => now,
    setTimeout(callback, ms) {
      slept.push(ms);
      last += 1;
      timers.set(last, { at: now + ms, callback });
      return last;
    },
    clearTimeout: (timer) => void timers.delete(timer as number),
  };
  return {
    clock,
    slept,
    asleep: () => vi.waitFor(() => expect(timers.size).toBe(1)),
    goOn(ms: number) {
      now += ms;
      for (const [id, { at, callback }] of timers) {
        if (at > now) continue;
        timers.delete(id);
        callback();
      }
    },
  };
}

function fakeBff() {
  const wakers = new Set<() => void>();
  const state = { drains: 0, overlap: 0, running: 0, due: null as number | null };
  const answers: (() => Promise<{ worked: number; more: boolean }>)[] = [];
  return {
    state,
    answers,
    wake: () => {
      for (const waker of wakers) waker();
    },
    wakers,
    async drain() {
      state.drains += 1;
      state.running += 1;
      state.overlap = Math.max(state.overlap, state.running);
      try {
        return await (answers.shift()?.() ?? Promise.resolve({ worked: 0, more: false }));
      } finally {
        state.running -= 1;
      }
    },
    nextDue: async () => state.due,
    onWake(listener: () => void) {
      wakers.add(listener);
      return () => wakers.delete(listener);
    },
  };
}

let loop: Loop | undefined;
afterEach(() => loop?.stop());

describe('runLoop', () => {
  test('sleeps until the next payout is due, but never longer than it may idle', async () => {
    const time = fakeTime();
    const bff = fakeBff();
    bff.state.due = time.clock.now() + 300;
    loop = runLoop(bff, { clock: time.clock });
    await time.asleep();
    expect(time.slept).toEqual([300]);
    bff.state.due = time.clock.now() + 3600_000;
    time.goOn(300);
    await time.asleep();
    expect(time.slept).toEqual([300, 1000]);
    bff.state.due = null;
    time.goOn(1000);
    await time.asleep();
    expect(time.slept).toEqual([300, 1000, 1000]);
    expect(bff.state.drains).toBe(3);
  });

  test('does not spin on what somebody else works on', async () => {
    const time = fakeTime();
    const bff = fakeBff();
    bff.state.due = time.clock.now() - 5000;
    loop = runLoop(bff, { clock: time.clock });
    await time.asleep();
    expect(time.slept).toEqual([50]);
  });

  test('goes on at once while there is more', async () => {
    const time = fakeTime();
    const bff = fakeBff();
    bff.answers.push(async () => ({ worked: 2, more: true }));
    loop = runLoop(bff, { clock: time.clock });
    await time.asleep();
    time.goOn(0);
    await vi.waitFor(() => expect(bff.state.drains).toBe(2));
    expect(time.slept[0]).toBe(0);
  });

  test('wakes when it is told, even while it works, and never overlaps itself', async () => {
    const time = fakeTime();
    const bff = fakeBff();
    loop = runLoop(bff, { clock: time.clock });
    await time.asleep();
    let finish = () => {};
    const blocked = new Promise<void>((resolve) => {
      finish = resolve;
    });
    bff.answers.push(async () => {
      await blocked;
      return { worked: 1, more: false };
    });
    bff.wake();
    await vi.waitFor(() => expect(bff.state.running).toBe(1));
    for (let count = 0; count < 5; count += 1) bff.wake();
    expect(bff.state.drains).toBe(2);
    finish();
    await time.asleep();
    expect(bff.state.drains).toBe(3);
    expect(bff.state.overlap).toBe(1);
  });

  test('slows down while it fails, tells why, and recovers', async () => {
    const time = fakeTime();
    const bff = fakeBff();
    const errors: unknown[] = [];
    const failure = new Error('store is down');
    for (let count = 0; count < 7; count += 1) bff.answers.push(() => Promise.reject(failure));
    loop = runLoop(bff, { clock: time.clock, onError: (error) => errors.push(error) });
    for (let count = 0; count < 7; count += 1) {
      await time.asleep();
      bff.wake();
      time.goOn(30_000);
    }
    await time.asleep();
    expect(time.slept).toEqual([1000, 2000, 4000, 8000, 16_000, 30_000, 30_000, 1000]);
    expect(errors).toEqual(Array(7).fill(failure));
  });

  test('stops when the round under way is over, and is not woken any more', async () => {
    const bff = fakeBff();
    let finish = () => {};
    bff.answers.push(
      () =>
        new Promise((resolve) => {
          finish = () => resolve({ worked: 1, more: true });
        }),
    );
    const running = runLoop(bff);
    await vi.waitFor(() => expect(bff.state.running).toBe(1));
    let stopped = false;
    const stopping = running.stop().then(() => {
      stopped = true;
    });
    await new Promise((resolve) => setTimeout(resolve));
    expect(stopped).toBe(false);
    finish();
    await stopping;
    expect(bff.state).toMatchObject({ drains: 1, running: 0 });
    expect(bff.wakers.size).toBe(0);
  });

  test('works by the clock of the machine', async () => {
    const bff = fakeBff();
    loop = runLoop(bff, { idle: 1 });
    await vi.waitFor(() => expect(bff.state.drains).toBeGreaterThan(3));
  });
});
