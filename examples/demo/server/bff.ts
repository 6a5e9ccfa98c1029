/**
 * The backend-for-frontend: `@b131/bff` with the merchant's key for the bank, a SQLite file for the payouts, and the
 * secret it shares with the shop for tickets. Kill it whenever you like; it goes on where it was.
 */
import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { createBank131 } from '@b131/api';
import { createBff } from '@b131/bff';
import { serve, sqliteStore } from '@b131/bff/node';
import { Hono } from 'hono';
import { live, setting } from './child.ts';
import { createStage } from './stage.ts';

const keys = setting('KEYS_DIR');
const stage = createStage();

await live(async () => {
  const bank = createBank131({
    environment: { api: setting('SANDBOX_URL') },
    project: setting('PROJECT'),
    privateKey: await readFile(join(keys, 'partner-private.pem'), 'utf8'),
    bankPublicKeys: [await readFile(join(keys, 'bank-public.pem'), 'utf8')],
  });
  const bff = createBff({
    bank,
    store: sqliteStore({ path: setting('BFF_DATABASE') }),
    tickets: { keys: [{ kid: 'rover-1', algorithm: 'HS256', key: setting('TICKET_SECRET') }] },
    secret: setting('BFF_SECRET'),
    origins: setting('BFF_ORIGINS').split(','),
    confirm: 'recipient',
    onEvent: (event) => stage.tell(event),
  });

  // Only the demo wants this: what the page's panel shows of the BFF's work.
  const app = new Hono();
  app.get('/demo/events', stage.stream);
  app.use('/b131/*', stage.watch);
  app.route('/b131', bff.app);

  return serve({ ...bff, app }, { port: Number(setting('BFF_PORT')), shutdownTimeout: 1000 });
});
