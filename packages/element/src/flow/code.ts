import { BffError } from '../bff/problem.js';
import { backendCode, type ErrorCode } from '../faces/errors.js';
import { LoadError } from '../loader/errors.js';
import { DrawingError } from '../widget/drawing/errors.js';

/** The code under which an error of any part is shown and told. */
export function codeOf(error: unknown): ErrorCode {
  if (error instanceof BffError) return backendCode(error.code);
  if (error instanceof LoadError || error instanceof DrawingError) return error.code;
  return 'internal_error';
}

/** Whether the request behind an error may have had its effect. */
export function isUnsure(error: unknown): boolean {
  return error instanceof BffError && error.unsure;
}
