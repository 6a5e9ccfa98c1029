import { Bank131Error } from '../errors/bank131-error.js';
import { TransportError } from '../errors/transport-error.js';
import { isRecord } from '../schema/tolerant.js';
import { type Sign, signBody } from '../signature/sign.js';
import { startDeadline } from './deadline.js';
import type { Fetch, FetchResponse } from './fetch.js';
import { redact } from './redact.js';
import { readRetryAfter } from './retry-after.js';

/** One request as it goes over the wire. */
export interface Exchange {
  readonly method: string;
  readonly url: string;
  readonly headers: Readonly<Record<string, string>>;
  readonly body: Uint8Array<ArrayBuffer>;
  readonly signal: AbortSignal | undefined;
  readonly timeout: number;
}

/** What an exchange needs from outside. */
export interface Wire {
  readonly signer: () => Promise<Sign>;
  readonly fetch: Fetch;
  readonly now: () => number;
}

/** An answer, not yet understood. */
export interface Answer {
  readonly httpStatus: number;
  readonly contentType: string;
  readonly retryAfter: number | undefined;
  /** `too-large`: there was more of it than an answer may have. */
  readonly body: Uint8Array | 'too-large';
}

/** The most an answer may have, 1 MiB; real ones have a few KiB. */
const sizeLimit = 1024 * 1024;

/**
 * Signs and sends once. Redirects are not followed: that would send the request, money and all, twice.
 *
 * @throws TransportError when no complete answer came
 * @throws KeyError when the private key is of no use
 */
export async function exchangeOnce(wire: Wire, exchange: Exchange): Promise<Answer> {
  const deadline = startDeadline(exchange.timeout, exchange.signal);
  let stage: Stage = 'signing';
  try {
    refuseAborted(deadline.signal);
    const signature = await deadline.race(sign(wire, exchange.body));
    const headers = { ...exchange.headers, 'x-partner-sign': signature };
    const { body, url } = exchange;
    refuseAborted(deadline.signal);
    stage = 'sending';
    const response = await deadline.race(
      wire.fetch(url, { method: 'POST', headers, body, redirect: 'manual', signal: deadline.signal }),
    );
    stage = 'reading';
    return { ...describe(response, wire.now()), body: await deadline.race(readBody(response)) };
  } catch (error) {
    if (error instanceof Bank131Error) throw error;
    throw asTransportError(exchange.method, stage, deadline.reached(), error);
  } finally {
    deadline.clear();
  }
}

type Stage = 'signing' | 'sending' | 'reading';

/** Before the first byte is sent an abort can still be told from an unknown outcome. */
function refuseAborted(signal: AbortSignal): void {
  if (signal.aborted) throw new Error('aborted');
}

async function sign(wire: Wire, body: Uint8Array): Promise<string> {
  return signBody(await wire.signer(), body);
}

function describe(response: FetchResponse, now: number): Omit<Answer, 'body'> {
  const contentType = /^[\w.+-]+\/[\w.+-]+/.exec(response.headers.get('content-type') ?? '')?.[0] ?? '';
  return {
    httpStatus: response.status,
    contentType: redact(contentType.toLowerCase(), undefined, 100),
    retryAfter: readRetryAfter(response.headers.get('retry-after'), now),
  };
}

async function readBody(response: FetchResponse): Promise<Uint8Array | 'too-large'> {
  if (!response.body) return new Uint8Array();
  const reader = response.body.getReader();
  const chunks: Uint8Array[] = [];
  let size = 0;
  for (let step = await reader.read(); !step.done; step = await reader.read()) {
    size += step.value.length;
    chunks.push(step.value);
    if (size > sizeLimit) {
      await reader.cancel();
      return 'too-large';
    }
  }
  return join(chunks, size);
}

function join(chunks: readonly Uint8Array[], size: number): Uint8Array {
  const whole = new Uint8Array(size);
  let at = 0;
  for (const chunk of chunks) {
    whole.set(chunk, at);
    at += chunk.length;
  }
  return whole;
}

function asTransportError(
  method: string,
  stage: Stage,
  reached: 'timeout' | 'aborted' | undefined,
  error: unknown,
): TransportError {
  if (stage === 'signing') return new TransportError(method, 'not-sent', reached ?? 'signing');
  if (reached) return new TransportError(method, 'unknown', reached);
  const code = errorCode(error);
  const neverConnected = stage === 'sending' && (code === 'ECONNREFUSED' || code === 'ENOTFOUND');
  return new TransportError(method, neverConnected ? 'not-sent' : 'unknown', 'network', code);
}

/** The system's code, which fetch hides in `cause`; nothing else of a foreign error is kept. */
function errorCode(error: unknown): string | undefined {
  const cause = error instanceof Error ? error.cause : undefined;
  const code = isRecord(cause) ? cause.code : undefined;
  return typeof code === 'string' && /^[A-Z][A-Z0-9_]{1,39}$/.test(code) ? code : undefined;
}
