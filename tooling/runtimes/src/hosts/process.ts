import { join } from 'node:path';
import { env } from 'node:process';
import { sqliteStore } from '@b131/bff/node';
import type { OpenStore } from '@b131/bff/testing';
import { type Application, createApplication } from '../application.ts';
import { configVariable, type HostConfig } from '../host-config.ts';

/** The application over SQLite, for the runtimes that are a process and have `node:sqlite`. */
export function createProcessApplication(): Application {
  const config: HostConfig = JSON.parse(env[configVariable] ?? 'null');
  const open: OpenStore = ({ data, clock }) =>
    sqliteStore({ path: join(config.folder, `${data}.db`), ...(clock ? { clock } : {}) });
  return createApplication(config, sqliteStore({ path: join(config.folder, 'payouts.db') }), open);
}

/** Tells whoever started this process where it listens. */
export function announce(port: number): void {
  console.log(`listening ${port}`);
}
