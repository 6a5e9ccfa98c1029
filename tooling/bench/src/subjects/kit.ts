// The kit as it is served: one store or another, one HTTP client or another.
import { join } from 'node:path';
import { createBank131 } from '@b131/api';
import { keepAliveFetch } from '@b131/api/node';
import { createBff, memoryStore, type Store } from '@b131/bff';
import { serve, sqliteStore } from '@b131/bff/node';
import { postgresStore } from '@b131/bff/postgres';
import { readSubjectConfig, report } from './subject.ts';

const config = readSubjectConfig();
const [kind = 'memory', client = 'keep-alive'] = (config.variant ?? 'memory').split(' ');
const bff = createBff({
  bank: createBank131({
    environment: { api: config.bank },
    project: config.project,
    privateKey: config.privateKey,
    bankPublicKeys: [config.bankPublicKey],
    ...(client === 'fetch' ? {} : { fetch: keepAliveFetch() }),
  }),
  store: open(kind),
  tickets: { keys: [{ algorithm: 'HS256', key: config.ticketKey }] },
  secret: 'a secret of the bench, as long as it must be',
  origins: ['https://shop.example'],
});
const server = await serve(bff, { port: 0, onError: (error) => console.error(error) });
report(server.url);

function open(store: string): Store {
  if (store === 'sqlite') return sqliteStore({ path: join(config.folder, 'payouts.db') });
  if (store === 'postgres') return postgresStore({ url: config.postgres ?? '' });
  return memoryStore();
}
