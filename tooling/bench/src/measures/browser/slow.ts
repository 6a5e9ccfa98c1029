import { once } from 'node:events';
import { createServer, type IncomingMessage, request, type ServerResponse } from 'node:http';
import type { Socket } from 'node:net';

/** A server as far away as it is told to be. */
export interface Distant {
  url: string;
  /** Milliseconds of a round trip: a connection takes one, and each request one more. */
  roundTrip: number;
  /** Another browser comes, without connections. */
  forget(): void;
  close(): Promise<void>;
}

type Handle = (request: IncomingMessage, response: ServerResponse) => void;

/** Browsers keep connections for what goes with cookies, and others for what goes without. */
type Kind = 'with cookies' | 'without';

/**
 * Puts a distance in front of whatever answers. Connections are as with HTTP/2, which browsers speak with encryption
 * alone: one of each kind, for as many requests at once as there are, and opened ahead where a page asks for that.
 */
export async function distant(handle: Handle): Promise<Distant> {
  const opened = new WeakMap<Socket, number>();
  const connected = new Map<Kind, number>();
  const server = createServer((incoming, response) => {
    const now = performance.now();
    const kind = kindOf(incoming);
    const since = connected.get(kind) ?? opened.get(incoming.socket) ?? now;
    connected.set(kind, since);
    const wait = Math.max(0, since + place.roundTrip - now) + place.roundTrip;
    if (wait === 0) handle(incoming, response);
    else setTimeout(() => handle(incoming, response), wait);
  });
  server.on('connection', (socket) => opened.set(socket, performance.now()));
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  const address = server.address();
  const place: Distant = {
    url: `http://127.0.0.1:${typeof address === 'object' && address ? address.port : 0}`,
    roundTrip: 0,
    forget: () => connected.clear(),
    async close() {
      server.closeAllConnections();
      server.close();
      await once(server, 'close');
    },
  };
  return place;
}

function kindOf({ headers }: IncomingMessage): Kind {
  const isOthers = headers['sec-fetch-site'] !== 'same-origin' && headers['sec-fetch-mode'] === 'cors';
  return isOthers ? 'without' : 'with cookies';
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
