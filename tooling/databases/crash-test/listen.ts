import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';

/** A request as this test's own servers see it. */
export interface Asked {
  method: string;
  path: string;
  headers: { readonly [name: string]: string };
  body: Buffer;
}

export interface Listening {
  /** Its origin. */
  readonly url: string;
  close(): Promise<void>;
}

/** Listens on a free port of this machine; whatever the handler leaves open is ended on close. */
export function listen(
  handle: (asked: Asked, response: ServerResponse) => Promise<void>,
): Promise<Listening> {
  const server = createServer((request, response) => {
    read(request)
      .then((asked) => handle(asked, response))
      // Whoever asked has gone, or who was to answer has: what is left of the connection is of no use.
      .catch(() => response.destroy());
  });
  return new Promise((resolve, reject) => {
    server.once('error', reject);
    server.listen(0, '127.0.0.1', () => {
      const address = server.address();
      const port = typeof address === 'object' && address ? address.port : 0;
      resolve({ url: `http://127.0.0.1:${port}`, close });
    });
  });

  function close(): Promise<void> {
    const closed = new Promise<void>((resolve) => server.close(() => resolve()));
    server.closeAllConnections();
    return closed;
  }
}

async function read(request: IncomingMessage): Promise<Asked> {
  const chunks: Buffer[] = [];
  for await (const chunk of request) chunks.push(chunk);
  const { method = 'GET', url = '/', headers } = request;
  return { method, path: url, headers: plain(headers), body: Buffer.concat(chunks) };
}

/** Headers that belong to the one connection, not to what is carried over it. */
const hopByHop = ['connection', 'keep-alive', 'host', 'content-length', 'transfer-encoding'];

function plain(headers: IncomingMessage['headers']): { [name: string]: string } {
  const kept: { [name: string]: string } = {};
  for (const [name, value] of Object.entries(headers)) {
    if (typeof value === 'string' && !hopByHop.includes(name)) kept[name] = value;
  }
  return kept;
}

/** An answer that was fetched, as it is handed on. */
export interface Fetched {
  status: number;
  type: string;
  body: Buffer;
}

/** Carries a request on to another origin; rejects when nobody answers there. */
export async function passOn(asked: Asked, origin: string, timeout: number): Promise<Fetched> {
  const { method, path, headers, body } = asked;
  const response = await fetch(`${origin}${path}`, {
    method,
    headers,
    signal: AbortSignal.timeout(timeout),
    ...(method === 'GET' ? {} : { body: new Uint8Array(body) }),
  });
  const type = response.headers.get('content-type') ?? 'application/octet-stream';
  return { status: response.status, type, body: Buffer.from(await response.arrayBuffer()) };
}

/** Gives a fetched answer to whoever asked. */
export function answer(response: ServerResponse, { status, type, body }: Fetched): void {
  response.writeHead(status, { 'content-type': type, 'content-length': body.length });
  response.end(body);
}
