import { nodeHandler, runLoop } from '@b131/bff/node';
import express from 'express';
import { bff } from './bff.ts';

const app = express();
// Before express.json(): the BFF checks signatures over the bytes as they came.
app.use('/b131', nodeHandler(bff));
app.use(express.json());
app.get('/', (_request, response) => {
  response.send('the shop');
});

await bff.checkConfiguration();
const server = app.listen(Number(process.env.PORT), '127.0.0.1');
const loop = runLoop(bff, { onError: console.error });

process.once('SIGTERM', async () => {
  server.close();
  server.closeAllConnections();
  await loop.stop();
  await bff.close();
});
