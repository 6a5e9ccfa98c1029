import { runLoop } from '@b131/bff/node';
import { serve } from '@hono/node-server';
import { Hono } from 'hono';
import { bff } from './bff.ts';

const app = new Hono();
app.get('/', (c) => c.text('the shop'));
app.route('/b131', bff.app);

await bff.checkConfiguration();
const server = serve({ fetch: app.fetch, port: Number(process.env.PORT), hostname: '127.0.0.1' });
const loop = runLoop(bff, { onError: console.error });

process.once('SIGTERM', async () => {
  server.close();
  if ('closeAllConnections' in server) server.closeAllConnections();
  await loop.stop();
  await bff.close();
});
