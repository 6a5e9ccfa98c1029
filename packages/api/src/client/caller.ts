import type { z } from 'zod';
import { checkRequest } from '../schema/issues.js';
import { type ApiVersion, toWire } from '../session/wire-names.js';
import { understand } from './answer.js';
import { exchangeOnce, type Wire } from './exchange.js';
import type { Method } from './method.js';
import { checkHeader, checkTimeout, optionError } from './options.js';
import { type RetryOptions, withRetries } from './retry.js';

/** What may be said with any call. */
export interface CallOptions {
  /**
   * `X-PARTNER-IDEMPOTENCY-KEY` (seen in the bank's PHP SDK, for session methods): the bank refuses a second request with
   * the same key (`idempotency_key_already_exists`), it does not repeat its first answer. When the client repeats a safe
   * call on its own, it uses a fresh key: `<key>.2`, `<key>.3`.
   */
  idempotencyKey?: string | undefined;
  /** Gives up when aborted. For a call that moves money do not pass the signal of a browser's request. */
  signal?: AbortSignal | undefined;
  /** Milliseconds for one try, instead of the client's. */
  timeout?: number | undefined;
}

/** What all calls of a client share. */
export interface CallerSettings {
  readonly wire: Wire;
  readonly baseUrl: string;
  readonly apiVersion: ApiVersion;
  readonly headers: Readonly<Record<string, string>>;
  readonly timeout: number;
  readonly retry: RetryOptions;
}

/** How a request is checked and written, and how its answer is read. */
export interface Shapes<
  RequestSchema extends z.ZodType<Record<string, unknown>>,
  ResponseSchema extends z.ZodType,
> {
  readonly request: RequestSchema;
  readonly response: ResponseSchema;
  /** The last change to the checked request before it is written. */
  readonly write?: (request: z.output<RequestSchema>) => Record<string, unknown>;
}

/** Calls a method of the bank. */
export type Call = <
  RequestSchema extends z.ZodType<Record<string, unknown>>,
  ResponseSchema extends z.ZodType,
>(
  method: Method,
  shapes: Shapes<RequestSchema, ResponseSchema>,
  request: unknown,
  options?: CallOptions,
) => Promise<z.output<ResponseSchema>>;

/** Checks, writes, signs, sends, reads; repeats what may be repeated. */
export function createCaller(settings: CallerSettings): Call {
  return async (method, shapes, request, options = {}) => {
    const version = method.versioned ? settings.apiVersion : 'v1';
    const checked = checkRequest(shapes.request, request, method.name);
    const written = toWire(shapes.write?.(checked) ?? checked, version);
    const shared = {
      method: method.name,
      url: `${settings.baseUrl}/api/${version}/${method.name}`,
      body: serialize(written, method.name),
      signal: options.signal,
      timeout: checkTimeout(options.timeout ?? settings.timeout, method.name),
    };
    const attempt = async (count: number) => {
      const headers = {
        ...settings.headers,
        ...idempotencyHeader(options.idempotencyKey, count, method.name),
      };
      const answer = await exchangeOnce(settings.wire, { ...shared, headers });
      return understand(method.name, shapes.response, answer, written);
    };
    return method.repeatable ? withRetries(settings.retry, method.name, options.signal, attempt) : attempt(1);
  };
}

function serialize(request: Record<string, unknown>, method: string): Uint8Array<ArrayBuffer> {
  try {
    return new TextEncoder().encode(JSON.stringify(request));
  } catch {
    throw optionError(
      '',
      'the request cannot be written as JSON: is there a BigInt or a circle in metadata?',
      method,
    );
  }
}

function idempotencyHeader(key: string | undefined, count: number, method: string): Record<string, string> {
  if (key === undefined) return {};
  const checked = checkHeader(key, 'idempotencyKey', method);
  return { 'x-partner-idempotency-key': count === 1 ? checked : `${checked}.${count}` };
}
