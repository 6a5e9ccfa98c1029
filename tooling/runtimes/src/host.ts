import type { HostConfig } from './host-config.ts';

/** A runtime with the application in it. */
export interface Host {
  /** Where it answers, without a slash at the end. */
  url: string;
  /** Triggers the cron of the runtime and resolves when its work is done. */
  cron(): Promise<void>;
  /** What it wrote to its log, for whoever has to find out what went wrong. */
  log(): string;
  stop(): Promise<void>;
}

/** One column of the table. */
export interface Runtime {
  name: string;
  /** What it keeps payouts in. */
  store: string;
  /** Rejects, with what it wrote, when it does not come up. */
  start(config: HostConfig): Promise<Host>;
}
