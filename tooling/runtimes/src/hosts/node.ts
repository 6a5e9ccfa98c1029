import { serve } from '@hono/node-server';
import { announce, createProcessApplication } from './process.ts';

const { fetch } = createProcessApplication();
serve({ fetch: (request) => fetch(request), port: 0, hostname: '127.0.0.1' }, ({ port }) => announce(port));
