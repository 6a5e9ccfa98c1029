import { nodeHandler, runLoop } from '@b131/bff/node';
import fastify from 'fastify';
import { bff } from './bff.ts';

const app = fastify({ forceCloseConnections: true });
app.get('/', () => 'the shop');
app.register(async (scope) => {
  // The BFF reads bodies itself: it checks signatures over the bytes as they came.
  scope.removeAllContentTypeParsers();
  scope.addContentTypeParser('*', (_request, _body, done) => done(null));
  const handle = nodeHandler(bff, { path: '/b131' });
  scope.all('/b131/*', (request, reply) => {
    handle(request.raw, reply.raw);
    reply.hijack();
  });
});

await bff.checkConfiguration();
const loop = runLoop(bff, { onError: console.error });
app.addHook('onClose', async () => {
  await loop.stop();
  await bff.close();
});
await app.listen({ port: Number(process.env.PORT), host: '127.0.0.1' });

process.once('SIGTERM', () => app.close());
