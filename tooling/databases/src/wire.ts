import { once } from 'node:events';
import { connect as connectTo, createServer, type Socket } from 'node:net';

/**
 * What happens to the next COMMIT on a {@link Wire}:
 * - `lost`: it never reaches Postgres;
 * - `unanswered`: Postgres commits, the answer never reaches the client;
 * - `late`: the client loses its connection, and Postgres gets the COMMIT when the wire is told to deliver it;
 * - `silent`: as `late`, but the client's connection stays open and nothing ever comes.
 */
export type Fate = 'lost' | 'unanswered' | 'late' | 'silent';

/** A network between a client and a Postgres that loses a COMMIT when it is told to. */
export interface Wire {
  /** The address of Postgres through the wire. */
  url: string;
  /** Decides about the next COMMIT; resolves when it has happened. Fits connections that were not used before. */
  nextCommit(fate: Fate): Promise<void>;
  /** Hands Postgres the COMMIT that was held back. */
  deliver(): void;
  close(): Promise<void>;
}

export async function startWire(postgresUrl: string): Promise<Wire> {
  const address = new URL(postgresUrl);
  const sockets = new Set<Socket>();
  let next: { fate: Fate; happened: () => void } | null = null;
  let held: { server: Socket; bytes: Buffer } | null = null;

  const wire = createServer((client) => {
    const server = connectTo(Number(address.port), address.hostname);
    for (const socket of [client, server]) {
      sockets.add(socket);
      socket.on('error', () => {});
      socket.on('close', () => sockets.delete(socket));
    }
    server.on('data', (bytes) => client.write(bytes));
    server.on('close', () => client.destroy());
    client.on('close', () => {
      if (held?.server !== server) server.destroy();
    });
    client.on('data', (bytes) => {
      if (!next || !bytes.includes('commit\0')) return server.write(bytes);
      const { fate, happened } = next;
      next = null;
      meet(fate, { client, server, bytes }, happened);
      return true;
    });
  });

  function meet(fate: Fate, ends: { client: Socket; server: Socket; bytes: Buffer }, happened: () => void) {
    const { client, server, bytes } = ends;
    if (fate === 'unanswered') {
      server.removeAllListeners('data');
      server.once('data', () => {
        client.destroy();
        happened();
      });
      server.write(bytes);
      return;
    }
    if (fate !== 'lost') held = { server, bytes };
    if (fate !== 'silent') client.destroy();
    happened();
  }

  wire.listen(0, '127.0.0.1');
  await once(wire, 'listening');
  const own = wire.address();
  const url = new URL(postgresUrl);
  url.port = typeof own === 'object' && own ? String(own.port) : '';
  return {
    url: url.href,
    nextCommit(fate) {
      return new Promise((happened) => {
        next = { fate, happened };
      });
    },
    deliver() {
      held?.server.write(held.bytes);
      held = null;
    },
    async close() {
      for (const socket of sockets) socket.destroy();
      wire.close();
      await once(wire, 'close');
    },
  };
}
