import type { Server } from 'node:http';
import type { Socket } from 'node:net';

/**
 * Follows a server's connections, so that closing waits for requests and for nothing else. Node's own way waits as
 * well for connections that were opened and not used yet, and for those kept alive after a stream.
 *
 * @returns ends every connection without a request under way, now and as requests finish
 */
export function followConnections(server: Server): () => void {
  const requests = new Map<Socket, number>();
  let ending = false;

  const count = (socket: Socket, change: number) => {
    const under = (requests.get(socket) ?? 0) + change;
    requests.set(socket, under);
    if (ending && under === 0) socket.destroySoon();
  };
  server.on('connection', (socket) => {
    count(socket, 0);
    socket.once('close', () => requests.delete(socket));
  });
  // Before the one that answers: afterwards it may be too late to say that the connection ends.
  server.prependListener('request', ({ socket }, response) => {
    if (ending) response.setHeader('connection', 'close');
    count(socket, 1);
    response.once('close', () => {
      if (requests.has(socket)) count(socket, -1);
    });
  });

  return () => {
    ending = true;
    for (const [socket, under] of requests) if (under === 0) socket.destroySoon();
  };
}
