// The kit's webhook route over SQLite. Its engine rests: what a webhook wakes is no part of taking it.
import { createServer } from 'node:http';
import { join } from 'node:path';
import { createBank131 } from '@b131/api';
import { createBff } from '@b131/bff';
import { nodeHandler, sqliteStore } from '@b131/bff/node';
import { readSubjectConfig, report } from './subject.ts';
import { waitingPayout, waitingPayouts } from './webhook-table.ts';

const { bank, project, privateKey, bankPublicKey, ticketKey, folder } = readSubjectConfig();
const store = sqliteStore({ path: join(folder, 'payouts.db') });
for (let n = 1; n <= waitingPayouts; n += 1) await store.batch(waitingPayout(n));
const bff = createBff({
  bank: createBank131({
    environment: { api: bank },
    ...{ project, privateKey, bankPublicKeys: [bankPublicKey] },
  }),
  store,
  tickets: { keys: [{ algorithm: 'HS256', key: ticketKey }] },
  secret: 'a secret of the bench, as long as it must be',
  origins: ['https://shop.example'],
});
bff.onWake(() => undefined);
const server = createServer(nodeHandler(bff)).listen(0, '127.0.0.1', () => {
  const address = server.address();
  report(`http://127.0.0.1:${typeof address === 'object' && address ? address.port : 0}`);
});
