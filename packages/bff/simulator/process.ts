import { type Stage, strikes } from './stage.ts';

/** One process of the BFF: code that can be stopped, for a while or for ever, wherever it waits for something. */
export interface Process {
  readonly name: string;
  readonly alive: boolean;
  /** The clock of its machine. */
  readonly clock: { now(): number };
  /** Sets its clock forward or back. */
  leap(ms: number): void;
  /** Resolves after `ms`; later if the process is frozen then, and never if it is dead. */
  pass(ms: number): Promise<void>;
  /**
   * Does something outside of the process: a call to the database, the bank or the merchant. The process may die or
   * freeze before the effect, and after it with the answer unheard.
   */
  across<T>(where: string, effect: () => Promise<T>, delays?: { out: number; back: number }): Promise<T>;
  /** Ends it between two instructions, without a goodbye. */
  kill(why: string): void;
  setTimeout(callback: () => void, ms: number): unknown;
  clearTimeout(timer: unknown): void;
}

export interface ProcessOptions {
  stage: Stage;
  name: string;
  skew: number;
  onDeath: () => void;
}

const atOnce = { out: 0, back: 0 };

export function createProcess({ stage, name, skew, onDeath }: ProcessOptions): Process {
  const { scheduler, trace } = stage;
  const { crash, freeze, longestFreeze } = stage.plan.faults.processes;
  const random = stage.random.fork(`process ${name}`);
  const waiting: (() => void)[] = [];
  let state: 'running' | 'frozen' | 'dead' = 'running';
  let offset = skew;

  function enter(goOn: () => void): void {
    if (state === 'running') goOn();
    else if (state === 'frozen') waiting.push(goOn);
  }

  function freezeFor(ms: number, where: string): void {
    state = 'frozen';
    stage.disturbedAt = scheduler.now() + ms;
    trace.say(name, `freezes for ${ms} ms ${where}`);
    scheduler.setTimeout(thaw, ms);
  }

  function thaw(): void {
    if (state !== 'frozen') return;
    state = 'running';
    trace.say(name, 'thaws');
    for (const goOn of waiting.splice(0)) enter(goOn);
  }

  function kill(why: string): void {
    if (state === 'dead') return;
    state = 'dead';
    stage.disturbedAt = Math.max(stage.disturbedAt, scheduler.now());
    trace.say(name, `dies ${why}`);
    waiting.length = 0;
    onDeath();
  }

  function mishap(where: string): void {
    if (state !== 'running') return;
    if (strikes(stage, 'process killed', crash, random)) kill(where);
    else if (strikes(stage, 'process frozen', freeze, random))
      freezeFor(random.between(200, longestFreeze), where);
  }

  function pass(ms: number): Promise<void> {
    if (ms <= 0 && state === 'running') return Promise.resolve();
    return new Promise((resolve) => {
      if (ms <= 0) enter(resolve);
      else scheduler.setTimeout(() => enter(resolve), ms);
    });
  }

  async function across<T>(where: string, effect: () => Promise<T>, { out, back } = atOnce): Promise<T> {
    mishap(`before ${where}`);
    await pass(out);
    const [outcome] = await Promise.allSettled([effect()]);
    mishap(`after ${where}`);
    await pass(back);
    if (outcome.status === 'rejected') throw outcome.reason;
    return outcome.value;
  }

  return {
    name,
    get alive() {
      return state !== 'dead';
    },
    clock: { now: () => scheduler.now() + offset },
    leap(ms) {
      trace.say(name, `its clock leaps by ${ms} ms`);
      offset += ms;
    },
    pass,
    across,
    kill,
    setTimeout: (callback, ms) => scheduler.setTimeout(() => enter(callback), ms),
    clearTimeout: scheduler.clearTimeout,
  };
}
