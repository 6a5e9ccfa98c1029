import { once } from 'node:events';
import { createServer, type IncomingMessage, request, type ServerResponse } from 'node:http';
import type { Socket } from 'node:net';

/** A server as far away as it is told to be. */
export interface Distant {
  url: string;
  /** Milliseconds of a round trip: each request takes one, the first on a connection one more. */
  roundTrip: number;
  close(): Promise<void>;
}

type Handle = (request: IncomingMessage, response: ServerResponse) => void;

/** Puts a distance in front of whatever answers. */
export async function distant(handle: Handle): Promise<Distant> {
  const known = new WeakSet<Socket>();
  const server = createServer((incoming, response) => {
    const isFirst = !known.has(incoming.socket);
    known.add(incoming.socket);
    const wait = place.roundTrip * (isFirst ? 2 : 1);
    if (wait === 0) handle(incoming, response);
    else setTimeout(() => handle(incoming, response), wait);
  });
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  const address = server.address();
  const place: Distant = {
    url: `http://127.0.0.1:${typeof address === 'object' && address ? address.port : 0}`,
    roundTrip: 0,
    async close() {
      server.closeAllConnections();
      server.close();
      await once(server, 'close');
    },
  };
  return place;
}

/** Passes everything on to another server of this machine. */
export function passOn(target: () => string): Handle {
  return (incoming, response) => {
    const { method, url, headers } = incoming;
    const sent = request(`${target()}${url}`, { method, headers }, (answer) => {
      response.writeHead(answer.statusCode ?? 502, answer.headers);
      answer.pipe(response);
    });
    sent.on('error', () => response.destroy());
    incoming.pipe(sent);
  };
}
