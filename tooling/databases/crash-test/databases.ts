import { join } from 'node:path';
import type { Store } from '@b131/bff';
import { sqliteStore } from '@b131/bff/node';
import type { Outage } from './postgres-process.ts';
import { startProcess } from './processes.ts';
import type { Random } from './random.ts';

/** Where a process finds the store. */
export type StoreAddress = { kind: 'sqlite'; path: string } | { kind: 'postgres'; url: string };

/** What holds the payouts, for as long as the test runs. */
export interface Database {
  readonly address: StoreAddress;
  /** Takes the database down and, after a moment, up again; null for one that has no process of its own. */
  readonly restart: (() => Promise<void>) | null;
  close(): Promise<void>;
}

/** Makes a new database; a SQLite file lies in the folder. */
export async function startDatabase(
  kind: StoreAddress['kind'],
  folder: string,
  random: Random,
): Promise<Database> {
  if (kind === 'postgres') return startPostgresDatabase(random);
  const path = join(folder, 'payouts.db');
  return { address: { kind, path }, restart: null, close: async () => undefined };
}

/** In a process of its own and apart: a Ctrl-C is not for it, and it goes with its data however the crash test ends. */
async function startPostgresDatabase(random: Random): Promise<Database> {
  const started = startProcess('postgres-process.ts', {}, { apart: true });
  return {
    address: { kind: 'postgres', url: await started.listening },
    async restart() {
      const outage: Outage = { kind: random.pick(['stop', 'kill']), lasts: random.between(0, 1500) };
      await started.ask(outage);
    },
    async close() {
      started.leave();
      await started.exited;
    },
  };
}

/** Opens the store as any replica does. */
export async function openStore(address: StoreAddress): Promise<Store> {
  if (address.kind === 'sqlite') return sqliteStore({ path: address.path });
  const { postgresStore } = await import('@b131/bff/postgres');
  return postgresStore({ url: address.url });
}
