import { Agent, type ClientRequest, type IncomingMessage, request } from 'node:http';
import { request as requestSecurely, Agent as SecureAgent } from 'node:https';
import type { BodyReader, Fetch, FetchInit, FetchResponse } from '../client/fetch.js';

/** How connections are kept. */
export interface KeepAliveOptions {
  /** Connections to the bank at most; default 64. */
  connections?: number;
  /** How long one stays open without use, in milliseconds, unless the bank says less; default 4000. */
  idle?: number;
}

/**
 * A {@link Fetch} over `node:http` and connections that are kept: Node's own `fetch` takes several times as much of the
 * processor for one call. Give it as the client's `fetch`; its errors mean the same.
 *
 * @example createBank131({ fetch: keepAliveFetch(), … })
 */
export function keepAliveFetch({ connections = 64, idle = 4000 }: KeepAliveOptions = {}): Fetch {
  // Its `timeout` closes a connection that nobody uses; on one in use it does nothing by itself.
  const kept = { keepAlive: true, maxSockets: connections, timeout: idle };
  const agent = new Agent(kept);
  const secureAgent = new SecureAgent(kept);

  return (url, init) => {
    const { method, body } = init;
    const headers = { ...init.headers, 'content-length': body.length };
    const sent = url.startsWith('https:')
      ? requestSecurely(url, { method, headers, agent: secureAgent })
      : request(url, { method, headers, agent });
    return exchange(sent, init);
  };
}

function exchange(sent: ClientRequest, { body, signal }: FetchInit): Promise<FetchResponse> {
  return new Promise((resolve, reject) => {
    const abort = () => sent.destroy(new Error('aborted'));
    signal.addEventListener('abort', abort, { once: true });
    sent.once('close', () => signal.removeEventListener('abort', abort));
    sent.once('response', (response: IncomingMessage) => resolve(toResponse(response)));
    // Stays: an error of a connection may come late, and then nobody waits for it any more.
    sent.on('error', (cause) => reject(new TypeError('the request failed', { cause })));
    if (signal.aborted) abort();
    else sent.end(body);
  });
}

function toResponse(response: IncomingMessage): FetchResponse {
  const reader = readerOf(response);
  return {
    status: response.statusCode ?? 0,
    headers: {
      get(name) {
        const value = response.headers[name.toLowerCase()];
        return typeof value === 'object' ? value.join(', ') : (value ?? null);
      },
    },
    body: { getReader: () => reader },
  };
}

/** Listens at once, so that nothing is missed; holds the bank back once more lies here than was asked for. */
function readerOf(response: IncomingMessage): BodyReader {
  const chunks: Uint8Array[] = [];
  let end: { error: unknown } | 'complete' | null = null;
  let wake: () => void = () => undefined;
  response.on('data', (chunk: Uint8Array) => {
    chunks.push(chunk);
    if (chunks.length > 1) response.pause();
    wake();
  });
  response.once('end', () => finish('complete'));
  response.on('error', (error) => finish({ error }));
  response.once('close', () => finish({ error: new Error('the answer broke off') }));

  function finish(how: { error: unknown } | 'complete'): void {
    end ??= how;
    wake();
  }

  return {
    async read() {
      while (chunks.length === 0 && end === null) {
        response.resume();
        await new Promise<void>((resolve) => {
          wake = resolve;
        });
      }
      const value = chunks.shift();
      if (value) return { done: false, value };
      if (end === 'complete' && response.complete) return { done: true };
      throw new TypeError('the answer broke off', { cause: end === 'complete' ? undefined : end?.error });
    },
    async cancel() {
      response.destroy();
    },
  };
}
