import { announce, createProcessApplication } from './process.ts';

declare const Deno: {
  serve(
    options: { port: number; hostname: string; onListen: (address: { port: number }) => void },
    handler: (request: Request) => Response | Promise<Response>,
  ): unknown;
};

const { fetch } = createProcessApplication();
Deno.serve({ port: 0, hostname: '127.0.0.1', onListen: ({ port }) => announce(port) }, (request) =>
  fetch(request),
);
