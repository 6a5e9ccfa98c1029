import { Bank131Error } from './bank131-error.js';
import { type Issue, listIssues } from './issue.js';

/** Why an answer is of no use. */
export type ResponseErrorReason =
  /** HTTP status 4xx or 5xx without an error object of the bank in it, e.g. a gateway's 502 page. */
  | 'http-status'
  /** A redirect; it is never followed, because following would send the request twice. */
  | 'redirect'
  /** No body. */
  | 'empty'
  /** Not UTF-8 JSON: HTML, or JSON cut short. */
  | 'not-json'
  /** More than 1 MiB. */
  | 'too-large'
  /** JSON, but not of the known shape; see `issues`. */
  | 'schema'
  /** The answer is about another session than the one asked for. */
  | 'other-session';

/** What is known of an answer besides its reason. */
export interface ResponseErrorDetails {
  readonly httpStatus: number;
  /** Media type without parameters, e.g. `text/html`; empty when there is none. */
  readonly contentType: string;
  readonly retryAfter?: number | undefined;
  readonly issues?: readonly Issue[];
}

/**
 * The bank, or something in front of it, answered, but the answer cannot be read. For a call that moves money its
 * outcome is unknown: ask `session/status`. Never holds the body.
 */
export class ResponseError extends Bank131Error {
  override readonly name = 'ResponseError';
  readonly reason: ResponseErrorReason;
  readonly httpStatus: number;
  readonly contentType: string;
  /** Milliseconds the answer asked us to wait (`Retry-After`). */
  readonly retryAfter: number | undefined;
  /** For `schema`: the fields that differ. */
  readonly issues: readonly Issue[];

  constructor(method: string, reason: ResponseErrorReason, details: ResponseErrorDetails) {
    const issues = details.issues ?? [];
    const fields = issues.length > 0 ? `: ${listIssues(issues)}` : '';
    super(`${method}: unusable answer (${reason}, HTTP ${details.httpStatus})${fields}`, method);
    this.reason = reason;
    this.httpStatus = details.httpStatus;
    this.contentType = details.contentType;
    this.retryAfter = details.retryAfter;
    this.issues = issues;
  }
}
