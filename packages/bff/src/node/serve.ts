import { createServer, type Server } from 'node:http';
import { Hono } from 'hono';
import { followConnections } from './connections.js';
import { createEndableStreams } from './endable-streams.js';
import { listenerOf } from './listener.js';
import { type DrainableBff, type Loop, runLoop } from './loop.js';
import { PortTakenError } from './port-taken-error.js';

/** What a server needs of a BFF; `createBff` makes one. */
export interface ServableBff extends DrainableBff {
  app: Hono;
  /** Rejects when a key or an option is of no use. */
  checkConfiguration(): Promise<void>;
  close(): Promise<void>;
}

export interface ServeOptions {
  /** 0 takes any free port; `url` tells which. */
  port: number;
  /** Default `127.0.0.1`: a server that should be reached from elsewhere says so, e.g. `0.0.0.0`. */
  hostname?: string;
  /** Prefix under which the BFF is mounted, e.g. `/b131`; default none. */
  path?: string;
  /** Closes the server when it aborts. */
  signal?: AbortSignal;
  /** Closes the server on SIGTERM and SIGINT; a second one kills the process as usual. Default false. */
  signals?: boolean;
  /** How long requests under way may take to finish on close, in milliseconds; default 10000. */
  shutdownTimeout?: number;
  /** Told when a round of the loop or the closing failed. */
  onError?: (error: unknown) => void;
}

export interface RunningServer {
  /** Where the BFF answers, prefix included, without a slash at the end. */
  url: string;
  /**
   * Stops accepting, ends event streams, lets requests and the engine's step finish, closes the store. Safe to call
   * more than once.
   */
  close(): Promise<void>;
}

/**
 * Serves a BFF on Node and runs its engine.
 *
 * @throws {KeyError | ConfigurationError} when a key is of no use, before anything listens.
 * @throws {PortTakenError} when the port is taken.
 */
export async function serve(bff: ServableBff, options: ServeOptions): Promise<RunningServer> {
  const { hostname = '127.0.0.1', path = '' } = options;
  await bff.checkConfiguration();
  const streams = createEndableStreams();
  const app = path === '' || path === '/' ? bff.app : new Hono().route(path, bff.app);
  const answer = async (request: Request, env: object) => streams.watch(await app.fetch(request, env));
  const server = createServer(listenerOf(answer));
  // A caller that sends slowly, or nothing, gives its place back.
  server.headersTimeout = 10_000;
  server.requestTimeout = 30_000;
  const endConnections = followConnections(server);
  const port = await listen(server, options.port, hostname);
  const loop = runLoop(bff, options.onError ? { onError: options.onError } : {});
  let closing: Promise<void> | undefined;
  const stopListening = listenForEnd(options, () => close().catch(options.onError ?? (() => undefined)));

  function close(): Promise<void> {
    const running = { server, loop, endConnections, endStreams: streams.end };
    closing ??= shutDown(running, options.shutdownTimeout ?? 10_000)
      .finally(() => bff.close())
      .finally(() => stopListening());
    return closing;
  }

  const host = hostname.includes(':') ? `[${hostname}]` : hostname;
  return { url: `http://${host}:${port}${path.replace(/\/+$/, '')}`, close };
}

function listen(server: Server, port: number, hostname: string): Promise<number> {
  return new Promise((resolve, reject) => {
    server.once('error', (error) => {
      const isTaken = 'code' in error && error.code === 'EADDRINUSE';
      reject(isTaken ? new PortTakenError(port, hostname, { cause: error }) : error);
    });
    server.listen(port, hostname, () => {
      const address = server.address();
      resolve(typeof address === 'object' && address !== null ? address.port : port);
    });
  });
}

interface Running {
  server: Server;
  loop: Loop;
  endConnections: () => void;
  endStreams: () => void;
}

async function shutDown(
  { server, loop, endConnections, endStreams }: Running,
  timeout: number,
): Promise<void> {
  const closed = new Promise<void>((resolve) => server.close(() => resolve()));
  const force = setTimeout(() => server.closeAllConnections(), timeout);
  endStreams();
  endConnections();
  await Promise.all([closed, loop.stop()]);
  clearTimeout(force);
}

function listenForEnd({ signal, signals }: ServeOptions, end: () => void): () => void {
  const names = signals ? (['SIGTERM', 'SIGINT'] as const) : [];
  const stop = () => {
    signal?.removeEventListener('abort', finish);
    for (const name of names) process.removeListener(name, finish);
  };
  const finish = () => {
    stop();
    end();
  };
  signal?.addEventListener('abort', finish, { once: true });
  for (const name of names) process.once(name, finish);
  if (signal?.aborted) finish();
  return stop;
}
