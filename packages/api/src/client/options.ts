import { RequestError } from '../errors/request-error.js';
import { type ApiVersion, wireNames } from '../session/wire-names.js';
import type { PrivateKey } from '../signature/private-key.js';
import type { PublicKey } from '../signature/public-key.js';
import type { Fetch } from './fetch.js';
import type { RetryOptions } from './retry.js';

/**
 * Which bank is spoken to: the demo, the real one, or another address such as a sandbox or an egress proxy.
 * `api` is the address without `/api/v1`, e.g. `http://127.0.0.1:4131`; `name` (default `sandbox`) is how it is called.
 */
export type Environment = 'demo' | 'live' | { api: string; name?: string };

/** What the client needs to know. */
export interface Bank131Options {
  environment: Environment;
  /** The project's name, given by the bank's manager (`X-PARTNER-PROJECT`, documented). */
  project: string;
  /** The key whose public half the bank has. */
  privateKey: PrivateKey;
  /** The bank's keys that may have signed a webhook; several while the bank rotates them. */
  bankPublicKeys: readonly PublicKey[];
  /** The payer's id (`X-PARTNER-SUBMERCHANT`); mandatory for foreign financial institutions (documented). */
  submerchant?: string | undefined;
  /** Spelling of the session methods; the rest exists in v1 only. Default `v2`, as in the bank's own SDK. */
  apiVersion?: ApiVersion | undefined;
  /** Default: the platform's own. On Node, `keepAliveFetch()` of `@b131/api/node` costs a fraction of it. */
  fetch?: Fetch | undefined;
  /** Milliseconds one try may take, signing and reading the answer included. Default 20000; `Infinity`: no limit. */
  timeout?: number | undefined;
  /** How calls that cannot move money are repeated. */
  retry?: Partial<RetryOptions> | undefined;
  /** The clock, milliseconds since 1970: reads `Retry-After` dates, dates a balance. Default `Date.now`. */
  now?: (() => number) | undefined;
  /** What is not documented by the bank and may have to be corrected. */
  inferred?: InferredOptions | undefined;
}

/** Guesses about the bank, each replaceable. */
export interface InferredOptions {
  /**
   * The body of `token/info` for an account token. That such tokens can be asked about is documented, the request is
   * not. Default, by analogy with `tokenize`: `{ type: 'bank_account_ru', bank_account_ru: { token } }`.
   */
  accountTokenInfo?: ((token: string) => Record<string, unknown>) | undefined;
}

/** The bank's addresses (documented). */
const addresses = { demo: 'https://demo.bank131.ru', live: 'https://proxy.bank131.ru' } as const;

/** Name and address of an environment. @throws RequestError */
export function resolveEnvironment(environment: Environment): { name: string; baseUrl: string } {
  if (typeof environment === 'string') {
    const baseUrl: string | undefined = Object.hasOwn(addresses, environment)
      ? addresses[environment]
      : undefined;
    if (!baseUrl) throw optionError('environment', 'must be demo, live or { api }');
    return { name: environment, baseUrl };
  }
  const name = checkHeader(environment?.name ?? 'sandbox', 'environment.name');
  return { name, baseUrl: checkAddress(environment?.api) };
}

/** A text that may stand in an HTTP header. @throws RequestError */
export function checkHeader(value: string, option: string, method?: string): string {
  if (typeof value === 'string' && /^[\x21-\x7e]([\x20-\x7e]{0,238}[\x21-\x7e])?$/.test(value)) return value;
  throw optionError(option, 'must be 1 to 240 visible ASCII characters', method);
}

/** @throws RequestError */
export function checkApiVersion(version: ApiVersion): ApiVersion {
  if (Object.hasOwn(wireNames, version)) return version;
  throw optionError('apiVersion', 'must be v1 or v2');
}

/** A number of milliseconds. @throws RequestError */
export function checkTimeout(value: number, method?: string): number {
  if (typeof value === 'number' && value > 0) return value;
  throw optionError('timeout', 'must be a number of milliseconds above 0, or Infinity', method);
}

/** An error about an option. */
export function optionError(path: string, message: string, method?: string): RequestError {
  return new RequestError([{ path, message }], method);
}

function checkAddress(api: string): string {
  const url = typeof api === 'string' && URL.canParse(api) ? new URL(api) : undefined;
  if (!url || !/^https?:$/.test(url.protocol) || url.username || url.password || url.search || url.hash) {
    throw optionError(
      'environment.api',
      'must be an http(s) address without user, query or fragment, such as http://127.0.0.1:4131',
    );
  }
  const baseUrl = `${url.origin}${url.pathname}`.replace(/\/+$/, '');
  if (/\/api(\/v\d+)?$/.test(baseUrl))
    throw optionError('environment.api', 'must end before /api/v1: the client adds it');
  return baseUrl;
}
