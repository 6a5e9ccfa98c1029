import type { LoadReport } from '@b131/bff';
import type { Canaries } from './canaries.ts';

/** What the server under fire is given. */
export interface TargetConfig {
  canaries: Canaries;
  bankApi: string;
  bankPublicKey: string;
  project: string;
  origin: string;
  confirm: 'recipient' | 'automatic';
}

/** What it says of itself when asked. */
export interface TargetReport {
  /** Bytes in use after a full collection. */
  heap: number;
  /** Microseconds of CPU the process has used. */
  cpu: number;
  /** Open TCP sockets, those it listens with left out. */
  sockets: number;
  load: LoadReport;
}
