import type { z } from 'zod';
import type { Issue } from '../errors/issue.js';
import { RequestError } from '../errors/request-error.js';

/**
 * Checks a request before anything is sent and returns it as it goes over the wire.
 *
 * @throws RequestError naming every field that breaks a rule
 */
export function checkRequest<Schema extends z.ZodType>(
  schema: Schema,
  request: unknown,
  method: string,
): z.output<Schema> {
  const result = schema.safeParse(request, { error: explain });
  if (!result.success) throw new RequestError(firstOfEach(issuesOf(result.error)), method);
  return result.data;
}

/** A schema's complaints without the values they are about. */
export function issuesOf(error: z.ZodError): Issue[] {
  return error.issues.map(({ path, message }) => ({ path: path.map(String).join('.'), message }));
}

/** One issue a field: what else is wrong with it may follow from the first. */
function firstOfEach(issues: Issue[]): Issue[] {
  return issues.filter(({ path }, index) => issues.findIndex((issue) => issue.path === path) === index);
}

const articles: Record<string, string> = { object: 'an object', array: 'a list', int: 'an integer' };

function explain(issue: {
  code?: string | undefined;
  input?: unknown;
  expected?: unknown;
  options?: unknown;
}): string | undefined {
  if (issue.code === 'invalid_type') {
    const expected = String(issue.expected);
    if (issue.input === undefined) return `is missing: give ${articles[expected] ?? `a ${expected}`}`;
    return `must be ${articles[expected] ?? `a ${expected}`}`;
  }
  return undefined;
}
