import type { z } from 'zod';
import { BankError } from '../errors/bank-error.js';
import { ResponseError, type ResponseErrorReason } from '../errors/response-error.js';
import type { OperationError } from '../payout/response.js';
import { operationErrorSchema } from '../payout/response.js';
import { issuesOf } from '../schema/issues.js';
import { isRecord, objectOrEmptyList } from '../schema/tolerant.js';
import type { Answer } from './exchange.js';
import { redact } from './redact.js';

/**
 * What the bank meant.
 *
 * @param request what was sent, to keep it out of errors
 * @throws BankError for an error object, whatever the HTTP status
 * @throws ResponseError for anything that cannot be read
 */
export function understand<Schema extends z.ZodType>(
  method: string,
  schema: Schema,
  answer: Answer,
  request: unknown,
): z.output<Schema> {
  const fail = (reason: ResponseErrorReason) => new ResponseError(method, reason, answer);
  const failed = answer.httpStatus >= 400;
  if (answer.httpStatus < 200 || (answer.httpStatus >= 300 && !failed)) throw fail('redirect');
  if (answer.body === 'too-large') throw fail(failed ? 'http-status' : 'too-large');
  const body = parse(answer.body);
  const error = findError(body, failed);
  if (error) throw bankError(method, error, answer, request);
  if (failed) throw fail('http-status');
  if (answer.body.length === 0) throw fail('empty');
  if (body === undefined) throw fail('not-json');
  const result = schema.safeParse(body);
  if (result.success) return result.data;
  throw new ResponseError(method, 'schema', { ...answer, issues: issuesOf(result.error) });
}

function parse(bytes: Uint8Array): unknown {
  try {
    return objectOrEmptyList(JSON.parse(new TextDecoder('utf-8', { fatal: true }).decode(bytes)));
  } catch {
    return undefined;
  }
}

/**
 * The error object: at the top of the answer, or, when the call failed as a whole, inside the session (documented).
 * The top-level `status` may be missing (seen in the bank's SDK tests), the error object as well.
 */
function findError(body: unknown, failed: boolean): OperationError | undefined {
  if (!isRecord(body)) return undefined;
  if (isRecord(body.error) && Object.keys(body.error).length > 0)
    return operationErrorSchema.parse(body.error);
  const refused = body.status === 'error';
  const inner = isRecord(body.session) ? body.session.error : undefined;
  if ((refused || failed) && isRecord(inner)) return operationErrorSchema.parse(inner);
  return refused ? { code: 'unknown_error' } : undefined;
}

function bankError(method: string, error: OperationError, answer: Answer, request: unknown): BankError {
  return new BankError(method, {
    code: redact(error.code, undefined, 100),
    description: redact(error.description ?? '', request),
    httpStatus: answer.httpStatus,
    retryAfter: answer.retryAfter,
  });
}
