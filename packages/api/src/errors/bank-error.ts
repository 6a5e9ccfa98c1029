import { type Advice, adviceFor } from './advice.js';
import { Bank131Error } from './bank131-error.js';

/** What the bank said. */
export interface BankErrorDetails {
  readonly code: string;
  readonly description: string;
  readonly httpStatus: number;
  readonly retryAfter?: number | undefined;
}

/**
 * The bank answered with an error object; `{"status":"error"}` with HTTP 200 is one as well.
 * For a call that moves money this is no proof that nothing happened: ask `session/status`.
 */
export class BankError extends Bank131Error {
  override readonly name = 'BankError';
  /** The bank's code, e.g. `account_not_found`; `unknown_error` (not a code of the bank) when it gave none. */
  readonly code: string;
  /** The bank's words, for people. Values of our request, long numbers and tokens in it are replaced by `…`. */
  readonly description: string;
  readonly httpStatus: number;
  readonly advice: Advice;
  /** Milliseconds the answer asked us to wait (`Retry-After`). */
  readonly retryAfter: number | undefined;

  constructor(method: string, details: BankErrorDetails) {
    super(`${method}: the bank answered ${details.code} (HTTP ${details.httpStatus})`, method);
    this.code = details.code;
    this.description = details.description;
    this.httpStatus = details.httpStatus;
    this.advice = adviceFor(details.code, details.httpStatus);
    this.retryAfter = details.retryAfter;
  }
}
