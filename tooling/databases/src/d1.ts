import { fileURLToPath } from 'node:url';
import type { D1Binding } from '@b131/bff/d1';
import { Miniflare } from 'miniflare';
import { workerModules } from './worker-modules.ts';

export interface D1Options {
  /** Names of the databases, each empty. */
  databases: readonly string[];
  /** A folder in which they stay; without it they end with workerd. */
  folder?: string;
}

/** A workerd with D1 databases, as it runs at the edge. */
export interface D1 {
  /** The database as a binding, for code in this process. */
  binding(database: string): Promise<D1Binding>;
  /** Runs one check of the stores' suite inside workerd; rejects with what it did not like. */
  runCheck(check: string, database: string): Promise<void>;
  stop(): Promise<void>;
}

const worker = fileURLToPath(new URL('./worker/store-checks.js', import.meta.url));

/** Starts workerd; takes a second or two. */
export async function startD1({ databases, folder }: D1Options): Promise<D1> {
  const workerd = new Miniflare({
    modules: workerModules(worker),
    modulesRoot: '/',
    compatibilityDate: '2026-07-01',
    d1Databases: Object.fromEntries(databases.map((name) => [name, name])),
    ...(folder === undefined ? {} : { d1Persist: folder }),
  });
  await workerd.ready;
  return {
    binding: (database) => workerd.getD1Database(database),
    async runCheck(check, database) {
      const query = new URLSearchParams({ check, database });
      const response = await workerd.dispatchFetch(`http://workerd.test/?${query}`);
      const text = await response.text();
      if (!response.ok) throw new Error(text);
    },
    stop: () => workerd.dispose(),
  };
}
