import { randomInt } from 'node:crypto';
import { createServer, type Server } from 'node:http';
import { getRequestListener } from '@hono/node-server';
import { RESPONSE_ALREADY_SENT } from '@hono/node-server/utils/response';
import type { Personality, SettingsPatch } from '../bank/settings.js';
import { ConnectionLost } from '../faults/call.js';
import type { FaultOrder } from '../faults/order.js';
import { createSandbox, type Sandbox } from '../sandbox.js';
import { type Keys, loadKeys } from './keys.js';
import { keepIn, recall } from './persist.js';

/** How a sandbox is served. */
export interface ServeOptions {
  /** 0: a free one. */
  port: number;
  /** By default 127.0.0.1: a desk tool is not for the network. */
  hostname?: string;
  /** Folder of the two key pairs; what is missing is made. */
  keysDir: string;
  /** Where webhooks go. */
  webhookUrl?: string | null;
  /** A file that keeps what the sandbox knows, and that it goes on from. */
  persist?: string;
  /** By default `sandbox`. */
  project?: string;
  settings?: SettingsPatch;
  personality?: Partial<Personality>;
  /** What goes wrong on purpose, from the beginning. */
  faults?: readonly FaultOrder[];
  /** Of faults that strike now and then. */
  seed?: number;
}

/** A sandbox that listens. */
export interface ServedSandbox {
  /** Its origin, such as `http://127.0.0.1:4131`. */
  readonly url: string;
  readonly project: string;
  readonly keys: Keys;
  readonly sandbox: Sandbox;
  /** Closes the port and everything open at once. */
  close(): Promise<void>;
}

/** A port that could not be had; the message names it and the way out. */
export class PortError extends Error {
  override readonly name = 'PortError';
}

/**
 * Starts a sandbox on a port.
 *
 * @throws KeysError, PortError, PersistError, or KeyError of `@b131/api` for a key file that is no key
 */
export async function serveSandbox(options: ServeOptions): Promise<ServedSandbox> {
  const { port, hostname = '127.0.0.1', keysDir, project = 'sandbox' } = options;
  const keys = await loadKeys(keysDir);
  const memory = options.persist === undefined ? undefined : await recall(options.persist);
  const sandbox = createSandbox({
    project,
    partnerPublicKey: keys.partnerPublicKey,
    bankPrivateKey: keys.bankPrivateKey,
    random: () => randomInt(2 ** 47) / 2 ** 47,
    ...(memory && { memory }),
    ...(options.webhookUrl !== undefined && { webhookUrl: options.webhookUrl }),
    settings: options.settings ?? {},
    personality: options.personality ?? {},
    ...(options.faults && { faults: options.faults }),
    ...(options.seed !== undefined && { seed: options.seed }),
    keys: {
      partnerPublicKey: keys.partnerPublicKey,
      bankPublicKey: keys.bankPublicKey,
      paths: keys.paths,
    },
  });
  const server = createServer(listenerOf(sandbox));
  const url = await listen(server, port, hostname);
  const keeper = options.persist === undefined ? undefined : keepIn(options.persist, sandbox, complain);
  return {
    url,
    project,
    keys,
    sandbox,
    async close() {
      await keeper?.close();
      await close(server, sandbox);
    },
  };
}

/** A lost connection is lost here too: the socket ends without an answer. */
function listenerOf(sandbox: Sandbox) {
  return getRequestListener(async (request, { incoming }) => {
    try {
      return await sandbox.fetch(request);
    } catch (error) {
      if (!(error instanceof ConnectionLost)) throw error;
      if ('resetAndDestroy' in incoming.socket) incoming.socket.resetAndDestroy();
      return RESPONSE_ALREADY_SENT;
    }
  });
}

function complain({ message }: Error): void {
  process.stderr.write(`b131-sandbox: ${message}\n`);
}

function listen(server: Server, port: number, hostname: string): Promise<string> {
  return new Promise((resolve, reject) => {
    server.once('error', (error) => reject(portError(error, port, hostname)));
    server.listen(port, hostname, () => {
      const address = server.address();
      const actual = typeof address === 'object' && address ? address.port : port;
      resolve(`http://${hostname.includes(':') ? `[${hostname}]` : hostname}:${actual}`);
    });
  });
}

function portError(error: NodeJS.ErrnoException, port: number, hostname: string): Error {
  if (error.code === 'EADDRINUSE') {
    return new PortError(
      `Port ${port} on ${hostname} is taken. Stop what uses it or choose another with --port.`,
    );
  }
  if (error.code === 'EACCES') {
    return new PortError(
      `Port ${port} needs more rights than this process has. Choose one above 1023 with --port.`,
    );
  }
  return new PortError(`Cannot listen on ${hostname} port ${port} (${error.code ?? error.message}).`);
}

function close(server: Server, sandbox: Sandbox): Promise<void> {
  sandbox.close();
  return new Promise((resolve) => {
    server.close(() => resolve());
    server.closeAllConnections();
  });
}
