import { once } from 'node:events';
import { setTimeout as sleep } from 'node:timers/promises';
import { startPostgres } from '../src/index.ts';

/** How the database is taken down, and for how many milliseconds. */
export interface Outage {
  kind: 'stop' | 'kill';
  lasts: number;
}

// Whoever started it may be gone before it is up.
const abandoned = once(process, 'disconnect');
const server = await startPostgres();
process.on('message', ({ kind, lasts }: Outage) => void suffer(kind, lasts));
process.send?.(server.url);
await abandoned;
await server.remove();

async function suffer(kind: Outage['kind'], lasts: number): Promise<void> {
  await server[kind]();
  await sleep(lasts);
  await server.start();
  process.send?.('up again');
}
