import type { Store } from '@b131/bff';

/** One database with so many payouts that are over. */
export interface GrownDatabase {
  size: number;
  store: Store;
  /** What the database did so far. */
  counters(): Promise<Counters>;
  /** Whatever was asked that made it read a whole table. */
  scans(): Promise<string[]>;
  close(): Promise<void>;
}

export interface Counters {
  /** Rows and index entries it read; null where it does not tell. */
  rows: number | null;
  /** CPU of its own processes, in microseconds. */
  cpu: number;
}

export interface Databases {
  name: string;
  /** Makes one and fills it. */
  open(size: number): Promise<GrownDatabase>;
  close(): Promise<void>;
}

/** Whose payouts they are. */
export const scope = 'sandbox:bench';
