import { once } from 'node:events';
import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';

/** A request as it came over the wire. */
export interface Received {
  method: string;
  path: string;
  headers: IncomingMessage['headers'];
  bytes: Buffer;
}

export type Respond = (response: ServerResponse, received: Received, count: number) => void;

/** A real HTTP server on a free port that keeps what it gets and answers as told. */
export interface BankServer {
  readonly api: string;
  readonly received: Received[];
  /** How the next requests are answered. */
  answer(respond: Respond): void;
  close(): Promise<void>;
}

export async function startBankServer(): Promise<BankServer> {
  const received: Received[] = [];
  let respond: Respond = json({ status: 'ok' });
  const server = createServer(async (request, response) => {
    const chunks: Buffer[] = [];
    for await (const chunk of request) chunks.push(chunk);
    const { method = '', url = '', headers } = request;
    const entry = { method, path: url, headers, bytes: Buffer.concat(chunks) };
    received.push(entry);
    respond(response, entry, received.length);
  });
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  return {
    api: `http://127.0.0.1:${portOf(server.address())}`,
    received,
    answer(next) {
      received.length = 0;
      respond = next;
    },
    async close() {
      server.closeAllConnections();
      server.close();
      await once(server, 'close');
    },
  };
}

/** The port of a server that listens. */
export function portOf(address: ReturnType<ReturnType<typeof createServer>['address']>): number {
  if (typeof address !== 'object' || address === null) throw new Error('the server does not listen');
  return address.port;
}

/** Answers with JSON. */
export function json(body: unknown, status = 200, headers: Record<string, string> = {}): Respond {
  return raw(JSON.stringify(body), status, { 'content-type': 'application/json', ...headers });
}

/** Answers with a text. */
export function raw(text: string, status: number, headers: Record<string, string>): Respond {
  return (response) => response.writeHead(status, headers).end(text);
}

/** Answers with one after another, the last one from then on. */
export function inTurn(...answers: [Respond, ...Respond[]]): Respond {
  return (response, received, count) => {
    const answer = answers[Math.min(count, answers.length) - 1] ?? answers[0];
    answer(response, received, count);
  };
}
