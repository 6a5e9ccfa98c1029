import { announce, createProcessApplication } from './process.ts';

declare const Bun: {
  serve(options: {
    port: number;
    hostname: string;
    idleTimeout: number;
    fetch: (request: Request) => Response | Promise<Response>;
  }): { port: number };
};

const { fetch } = createProcessApplication();
// By default Bun ends a connection that is silent for 10 seconds, and a stream gives a sign of life every 15.
const server = Bun.serve({
  port: 0,
  hostname: '127.0.0.1',
  idleTimeout: 30,
  fetch: (request) => fetch(request),
});
announce(server.port);
