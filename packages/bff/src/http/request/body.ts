import type { Context } from 'hono';
import * as z from 'zod';
import type { Destination } from '../../payout/desk.js';
import { type FieldProblem, Problem } from '../refusal/problem.js';
import { readRequest } from './read-limited.js';

const largestFromBrowser = 16 * 1024;

/** Refuses a body that does not say that it is JSON: what a page can send without a preflight says so never. */
export function requireJson(c: Context): void {
  const [type = ''] = (c.req.header('content-type') ?? '').split(';');
  if (type.trim().toLowerCase() !== 'application/json') throw new Problem('unsupported_media_type');
}

/** The body as it was received, or `body_too_large`. */
export async function readRaw(c: Context, limit: number): Promise<Uint8Array<ArrayBuffer>> {
  const bytes = await readRequest(c.req.raw, limit);
  if (bytes) return bytes;
  throw new Problem('body_too_large', {
    detail: `The body may hold ${limit} bytes at most.`,
    // What is left of it blocks the connection for whatever would come next.
    headers: { connection: 'close' },
  });
}

/** The body, checked against a schema whose messages read "problem; hint". */
export async function readJson<T>(
  c: Context,
  schema: z.ZodType<T>,
  largest: number = largestFromBrowser,
): Promise<T> {
  return judge(schema, await readValue(c, largest));
}

/** The body as JSON, to be judged. */
export async function readValue(c: Context, largest: number): Promise<unknown> {
  return parseJson(await readRaw(c, largest));
}

/** The query of the address, checked like a body. */
export function readQuery<T>(c: Context, schema: z.ZodType<T>): T {
  return judge(schema, c.req.query());
}

/** The headers that the schema names, checked like a body. */
export function readHeaders<T>(c: Context, schema: z.ZodType<T> & { shape: object }): T {
  const named = Object.keys(schema.shape).map((name) => [name, c.req.header(name)]);
  return judge(schema, Object.fromEntries(named));
}

/** The value as the schema makes it, or `invalid_request` with every field that is not as it must be. */
export function judge<T>(schema: z.ZodType<T>, value: unknown): T {
  const result = schema.safeParse(value);
  if (result.success) return result.data;
  throw invalidRequest(result.error);
}

function invalidRequest({ issues }: z.ZodError): Problem {
  return new Problem('invalid_request', { members: { errors: issues.map(toFieldProblem) } });
}

function parseJson(bytes: Uint8Array): unknown {
  try {
    return JSON.parse(new TextDecoder('utf-8', { fatal: true }).decode(bytes));
  } catch {
    throw new Problem('invalid_json');
  }
}

function toFieldProblem({ path, message }: z.core.$ZodIssue): FieldProblem {
  const [problem = '', hint = 'send it as /openapi.json describes it'] = message.split('; ');
  return { field: path.map(String).join('.'), problem, hint };
}

/** An object with these fields and no others. */
export function body<T extends z.ZodRawShape>(shape: T) {
  const names = Object.keys(shape);
  const known = names.length === 0 ? 'send {}' : `the fields are: ${names.join(', ')}`;
  return z.strictObject(shape, {
    error: ({ code }) =>
      code === 'unrecognized_keys' ? `holds fields that are not known; ${known}` : `is no object; ${known}`,
  });
}

const fromWidget = "send what the bank's widget gave, unchanged";

const widgetResult = z
  .string(`is no text; ${fromWidget}`)
  .regex(/^[\x21-\x7e]{1,512}$/, `is not 1 to 512 printable characters without spaces; ${fromWidget}`)
  // The one thing that must never come here. It is not kept, and the page's developer learns of it at once.
  .refine(
    (text) => !/^\d{13,20}$/.test(text),
    "looks like an account or card number; only the bank's widget may take those: send the token it gives",
  );

/** Body of `POST /public-tokens`. */
export const nothing = body({});

interface GivenDestination {
  token?: string | undefined;
  numberHash?: string | undefined;
}

/** What names an account; a request holds exactly one of the two. */
export const destinationFields = {
  token: widgetResult.optional().describe("A bank account's token, from the bank's widget."),
  numberHash: widgetResult.optional().describe("A card number's hash, from the bank's widget."),
};

export const oneDestination = [
  ({ token, numberHash }: GivenDestination) => (token === undefined) !== (numberHash === undefined),
  'needs exactly one of token and numberHash; token for a bank account, numberHash for a card',
] as const;

export function toDestination({ token = '', numberHash }: GivenDestination): Destination {
  return numberHash === undefined ? { kind: 'bank_account', token } : { kind: 'card', token: numberHash };
}

const askedAttempt =
  'is no whole number above 0; send 1, or `attempt` of the failed payout that was shown and 1';

export const attemptField = z
  .int(askedAttempt)
  .positive(askedAttempt)
  .optional()
  .describe(
    'The attempt that is asked for: 1, or `attempt` of the payout that was seen to fail and 1. Keeps a second tab, or a ' +
      'request that comes late, from opening an attempt that nobody asked for; with it, the same account may be tried again.',
  );

/** Body of `POST /payouts`. */
export const account = body({ ...destinationFields, attempt: attemptField })
  .refine(...oneDestination)
  .transform(({ attempt, ...given }) => ({ destination: toDestination(given), attempt }));

const cursor = z
  .string()
  .regex(/^\d{1,15}$/, 'is no whole number; send the id of the last event that was received')
  .transform(Number)
  .optional();

/** Where a stream goes on: the header wins, because a reader who comes back sends it by itself. */
export const streamQuery = z.object({ after: cursor });
export const streamHeaders = z.object({ 'Last-Event-ID': cursor });

const shownAttempt = 'is no whole number above 0; send `attempt` of the payout that was shown';

/** Body of `POST /payouts/:id/confirm` and `/cancel`. */
export const shown = body({ attempt: z.int(shownAttempt).positive(shownAttempt) });
