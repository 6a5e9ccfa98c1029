import type { Context } from 'hono';
import * as z from 'zod';
import type { JsonValue } from '../../payout/payout.js';
import { type ProblemCode, problems } from '../refusal/problem.js';

/** By what a caller is let in: a ticket, a ticket or a view token, a signature, a key, the host's own word, nothing. */
export type Caller = 'ticket' | 'viewer' | 'bank' | 'merchant' | 'operator' | 'anybody';

/** One kind of good answer. */
export interface Answer {
  what: string;
  /** What the body is, for JSON and for text; without one there is nothing to say of it. */
  schema: z.ZodType;
  /** Default `application/json`. */
  type?: string;
}

/**
 * One route, told once: it is served, refused for other methods, and described in `/openapi.json` from here.
 * The schemas are those that judge the request; tests hold the answers to theirs.
 */
export interface Route {
  /** Name of the operation, for generated clients. */
  id: string;
  method: 'GET' | 'POST';
  /** As Hono writes it: `/payouts/:id`. */
  path: string;
  caller: Caller;
  summary: string;
  description?: string;
  query?: z.ZodObject;
  headers?: z.ZodObject;
  /** The JSON body, where there is one. */
  body?: z.ZodType;
  /** Good answers by their HTTP status. */
  answers: { readonly [status: number]: Answer };
  /** Codes that this route answers with, beyond those of its caller, its body and its parameters. */
  problems?: readonly ProblemCode[];
  handle(c: Context): Response | Promise<Response>;
}

/** A query as a caller writes it: numbers may be numbers, because an address makes texts of them anyway. */
export type Given<Query extends z.ZodObject> = {
  [name in keyof z.input<Query>]:
    | z.input<Query>[name]
    | (name extends keyof z.output<Query> ? Extract<z.output<Query>[name], number> : never);
};

/** Schemas with a name of their own in `/openapi.json`; the others stand where they are used. */
export const names = z.registry<{ id: string }>();

/** Any JSON, such as `metadata`. */
export const json: z.ZodType<JsonValue> = z.json().register(names, { id: 'JsonValue' });

const ticketProblems = [
  'rate_limited',
  'ticket_missing',
  'ticket_invalid',
  'ticket_expired',
  'ticket_audience',
  'ticket_keys_unavailable',
] as const;

const problemsOfCaller: Readonly<Record<Caller, readonly ProblemCode[]>> = {
  ticket: ticketProblems,
  viewer: [...ticketProblems, 'ticket_scope', 'view_token_invalid'],
  bank: ['signature_invalid', 'body_too_large'],
  merchant: ['server_key_invalid'],
  operator: ['operator_unknown'],
  anybody: [],
};

const problemsOfBody = [
  'unsupported_media_type',
  'body_too_large',
  'invalid_json',
  'invalid_request',
] as const;
const problemsOfPage = ['origin_not_allowed'] as const;
const problemsOfAll = [
  'url_too_long',
  'headers_too_large',
  'store_unavailable',
  'misconfigured',
  'internal_error',
] as const;

/** Every code that a route may answer with, by rising HTTP status. */
export function problemsOf({
  caller,
  method,
  body,
  query,
  headers,
  problems: own = [],
}: Route): ProblemCode[] {
  const fromPage = method === 'POST' && (caller === 'ticket' || caller === 'operator');
  const codes = new Set<ProblemCode>([
    ...problemsOfCaller[caller],
    ...(fromPage ? problemsOfPage : []),
    ...(method === 'POST' && caller === 'operator' ? (['operator_read_only'] as const) : []),
    ...(body ? problemsOfBody : []),
    ...(query || headers ? (['invalid_request'] as const) : []),
    ...own,
    ...(caller === 'anybody' ? [] : problemsOfAll),
  ]);
  return [...codes].sort((a, b) => problems[a].status - problems[b].status);
}
