import type { ProblemBody } from '../http/refusal/problem-body.js';
import { BffError } from './bff-error.js';

export interface ClientOptions {
  /** Where the BFF is mounted, e.g. `https://pay.shop.example/b131`. */
  url: string;
  /** A server key, or an operator's key; sent as `Authorization: Bearer`. */
  key: string;
  /** Milliseconds a call may take; default 30000. */
  timeout?: number;
  /** Default the global one. */
  fetch?: typeof fetch;
}

export interface CallOptions {
  signal?: AbortSignal;
}

export interface Call extends CallOptions {
  method: 'GET' | 'POST';
  path: string;
  query?: Query;
  body?: unknown;
}

export type Query = { readonly [name: string]: string | number | undefined };

/** Makes one call and gives what the answer holds. It repeats nothing of its own accord. */
export type Send = <T>(call: Call) => Promise<T>;

/** @throws {TypeError} when `url` is none, or `key` could not travel in a header. */
export function createSend({ url, key, timeout = 30_000, fetch: custom }: ClientOptions): Send {
  if (!/^https?:\/\/[^/]/.test(url) || !URL.canParse(url))
    throw new TypeError('url must be the full address of the BFF, such as https://pay.shop.example/b131');
  if (!/^[\x21-\x7e]+$/.test(key)) throw new TypeError('key must be the key as it was made, without spaces');
  const base = url.replace(/\/+$/, '');
  return async (call) => {
    const request = toRequest(base, key, call, timeout);
    const response = await (custom ?? fetch)(request).catch((error: unknown) => {
      call.signal?.throwIfAborted();
      throw unanswered(error);
    });
    return read(response);
  };
}

function toRequest(base: string, key: string, { method, path, query, body, signal }: Call, timeout: number) {
  const late = AbortSignal.timeout(timeout);
  return new Request(`${base}${path}${toSearch(query)}`, {
    method,
    headers: {
      authorization: `Bearer ${key}`,
      ...(body === undefined ? {} : { 'content-type': 'application/json' }),
    },
    ...(body === undefined ? {} : { body: JSON.stringify(body) }),
    signal: signal ? AbortSignal.any([signal, late]) : late,
    // A key is for the BFF alone.
    redirect: 'manual',
  });
}

function toSearch(query: Query = {}): string {
  const given = Object.entries(query).flatMap(([name, value]) =>
    value === undefined ? [] : [[name, String(value)]],
  );
  return given.length === 0 ? '' : `?${new URLSearchParams(given)}`;
}

async function read<T>(response: Response): Promise<T> {
  const type = response.headers.get('content-type') ?? '';
  const httpStatus = response.status;
  if (response.ok && type.startsWith('application/json')) {
    return response.json().catch((error: unknown) => {
      throw unanswered(error);
    });
  }
  if (!type.startsWith('application/problem+json')) {
    await response.body?.cancel();
    const detail = `HTTP ${httpStatus} without a problem: see that url leads to a BFF, and what stands in front of it`;
    throw new BffError({ code: 'unreadable_answer', detail, httpStatus });
  }
  const problem: ProblemBody = await response.json();
  const { code, detail } = problem;
  throw new BffError({ code, detail, httpStatus, problem, retryAfter: secondsOf(response) });
}

function secondsOf(response: Response): number | null {
  const text = response.headers.get('retry-after') ?? '';
  return /^\d+$/.test(text) ? Number(text) : null;
}

function unanswered(cause: unknown): BffError {
  const detail = 'nothing came back in time, so it may have been done; every call may be made again';
  return new BffError({ code: 'no_answer', detail }, { cause });
}
