import type { Store } from '@b131/bff';

/** One database with so many payouts that are over. */
export interface GrownDatabase {
  size: number;
  store: Store;
  /** CPU of the database's own processes so far, in microseconds. */
  cpu(): Promise<number>;
  /** Rows and index entries that it has read so far; null where it does not tell. Takes its time. */
  rows(): Promise<number | null>;
  /** Whatever was asked that made it read a whole table. */
  scans(): Promise<string[]>;
  close(): Promise<void>;
}

export interface Databases {
  name: string;
  /** Makes one and fills it. */
  open(size: number): Promise<GrownDatabase>;
  close(): Promise<void>;
}

/** Whose payouts they are. */
export const scope = 'sandbox:bench';
