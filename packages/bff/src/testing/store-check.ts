import type { Store } from '../store/store.js';

export interface StoreOpening {
  /** Names the data, in letters, digits and underscores: a file, a schema, a database. */
  data: string;
  /** Plays the database's clock; without it the store goes by the database's own. */
  clock?: { now(): number };
}

/**
 * Opens a store on the data of that name: empty when the name is new, with everything that was left there when it is
 * not. Two stores may be open on the same data, as two processes are. A store that keeps nothing beyond its process
 * gives the same store again.
 */
export type OpenStore = (opening: StoreOpening) => Store | Promise<Store>;

/** One thing every store must do. */
export interface StoreCheck {
  name: string;
  /** Resolves when the store does it; rejects with a `StoreCheckError` that says what it did instead. */
  run(open: OpenStore): Promise<void>;
}

/** A clock that stands still unless it is set. */
export interface HandClock {
  time: number;
  now(): number;
}

/** What a check works with. */
export interface Bench {
  /** A store, empty at first, on the clock. */
  store: Store;
  clock: HandClock;
  /** One more store on the same data, as another process would open it. */
  another(): Promise<Store>;
}

/** When the hand clock of a check begins. */
export const beginning = 5000;

/** Describes a check on a clock of its own. */
export function check(name: string, work: (bench: Bench) => Promise<void>): StoreCheck {
  return {
    name,
    async run(open) {
      const clock: HandClock = { time: beginning, now: () => clock.time };
      await onBench(open, { clock }, (tools) => work({ ...tools, clock }));
    },
  };
}

/** Describes a check that goes by the database's own clock. */
export function checkInRealTime(name: string, work: (tools: Tools) => Promise<void>): StoreCheck {
  return { name, run: (open) => onBench(open, {}, work) };
}

type Tools = Omit<Bench, 'clock'>;

async function onBench(
  open: OpenStore,
  opening: Omit<StoreOpening, 'data'>,
  work: (tools: Tools) => Promise<void>,
): Promise<void> {
  const data = `check_${crypto.randomUUID().replaceAll('-', '')}`;
  const opened: Store[] = [];
  const another = async (): Promise<Store> => {
    const store = await open({ data, ...opening });
    opened.push(store);
    return store;
  };
  try {
    await work({ store: await another(), another });
  } finally {
    for (const store of new Set(opened)) await store.close();
  }
}
