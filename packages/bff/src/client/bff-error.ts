import type { FieldProblem, ProblemCode } from '../http/refusal/problem.js';
import type { ProblemBody } from '../http/refusal/problem-body.js';

/** `no_answer`: nothing came back, and what was asked may have been done; `unreadable_answer`: no answer of a BFF. */
export type BffErrorCode = ProblemCode | 'no_answer' | 'unreadable_answer';

export interface BffErrorDetails {
  code: BffErrorCode;
  /** What to do, for a developer. */
  detail: string;
  /** Null when there was no answer. */
  httpStatus?: number | null;
  problem?: ProblemBody | null;
  /** Seconds after which the BFF asks to be tried again. */
  retryAfter?: number | null;
}

/** A call that was refused or not answered. Holds no key, token or name. */
export class BffError extends Error {
  override readonly name = 'BffError';
  readonly code: BffErrorCode;
  readonly httpStatus: number | null;
  /** The whole refusal, as the BFF answered it. */
  readonly problem: ProblemBody | null;
  readonly retryAfter: number | null;

  constructor(
    { code, detail, httpStatus = null, problem = null, retryAfter = null }: BffErrorDetails,
    options?: ErrorOptions,
  ) {
    super(`${code}: ${detail}`, options);
    this.code = code;
    this.httpStatus = httpStatus;
    this.problem = problem;
    this.retryAfter = retryAfter;
  }

  /** Fields of the request that are not as they must be. */
  get errors(): readonly FieldProblem[] {
    return this.problem?.errors ?? [];
  }
}
