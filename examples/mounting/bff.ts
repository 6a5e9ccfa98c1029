import { env } from 'node:process';
import { createBank131 } from '@b131/api';
import { createBff } from '@b131/bff';
import { sqliteStore } from '@b131/bff/node';

/** The one BFF of the app, configured by its environment. */
export const bff = createBff({
  bank: createBank131({
    environment: { api: read('BANK_API') },
    project: read('BANK_PROJECT'),
    privateKey: read('BANK_PRIVATE_KEY'),
    bankPublicKeys: [read('BANK_PUBLIC_KEY')],
  }),
  store: sqliteStore({ path: read('PAYOUTS_DB') }),
  tickets: { keys: [{ algorithm: 'HS256', key: read('TICKET_SECRET') }] },
  secret: read('BFF_SECRET'),
  origins: [read('SHOP_ORIGIN')],
});

function read(name: string): string {
  const value = env[name];
  if (!value) throw new Error(`${name} is not set`);
  return value;
}
