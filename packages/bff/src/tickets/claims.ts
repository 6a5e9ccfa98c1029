import * as z from 'zod';
import type { JsonValue } from '../payout/payout.js';

/** The claims of a payout ticket, as they stand in the JWT beside `aud`, `iat` and `exp`. */
export interface PayoutClaims {
  /** The recipient, in your words: 1 to 255 characters. */
  sub: string;
  /** What is paid, in your words: 1 to 255 characters, unique; one reference is one payout for ever. */
  ref: string;
  /** Minor units (kopecks): 1050.00 RUB is 105000. */
  amount: number;
  /** ISO 4217, e.g. `RUB`. */
  currency: string;
  /** The recipient's full name, as the bank checks it: 1 to 255 characters. */
  full_name: string;
  /** What the payout is for: 1 to 210 characters, without `?` and `!`, which the bank refuses. */
  description: string;
  /** Any JSON of at most 4 KiB; the bank hands it back. */
  metadata?: JsonValue | undefined;
  scope?: 'payout' | undefined;
}

/** The claims of a ticket that only lets the recipient's account be tokenized. */
export interface TokenClaims {
  sub: string;
  scope: 'token';
}

export type TicketClaims = PayoutClaims | TokenClaims;

/** A claim that is not as it must be. Never holds its value. */
export interface ClaimProblem {
  claim: string;
  problem: string;
}

const metadataBytes = 4096;
const metadataDepth = 32;
const encoder = new TextEncoder();

const isMissing = (issue: { readonly input?: unknown }) => issue.input === undefined;
const or = (problem: string) => (issue: { readonly input?: unknown }) =>
  isMissing(issue) ? `is missing; it ${problem}` : problem;

const text = (longest: number, string = z.string({ error: or('must be a string') })) =>
  string
    .min(1, 'must not be empty')
    .max(longest, `must not be longer than ${longest} characters`)
    .regex(/^\P{Cc}*$/u, 'must not hold control characters such as line breaks');

const amount = or('must be a whole number of minor units above 0, not a string: 1050.00 RUB is 105000');
const currency = or('must be three letters of ISO 4217, e.g. RUB');
const scope = 'must be "payout" or "token"; without it the ticket is for a payout';

/** The claims of a payout, and the fields of an order that the merchant's server sends. */
export const payoutClaims = z.object({
  scope: z.literal('payout', { error: scope }).optional(),
  sub: text(255),
  ref: text(255),
  amount: z.int({ error: amount }).positive({ error: amount }),
  currency: z
    .string({ error: currency })
    .regex(/^[A-Za-z]{3}$/, { error: currency })
    .transform((code) => code.toUpperCase()),
  full_name: text(255, z.string({ error: or('must be a string') }).trim()),
  description: text(210).regex(/^[^?!]*$/, 'must not hold "?" or "!": the bank refuses them'),
  metadata: z
    .unknown()
    .transform((value, context): JsonValue => {
      if (!isJson(value, metadataDepth)) {
        context.addIssue(`must be JSON, nested no deeper than ${metadataDepth} levels`);
        return null;
      }
      if (encoder.encode(JSON.stringify(value)).length > metadataBytes) {
        context.addIssue(`must not be longer than ${metadataBytes} bytes as JSON`);
      }
      return value;
    })
    .default(null),
});

const tokenClaims = z.object({ scope: z.literal('token'), sub: text(255) });

/** Claims that passed: normalised (`currency` upper case, `full_name` trimmed, `metadata` null when absent). */
export type ReadClaims =
  | { ok: true; claims: z.output<typeof payoutClaims> | z.output<typeof tokenClaims> }
  | { ok: false; problems: ClaimProblem[] };

/** Judges claims, whoever made them: the verifier and `mintTicket` share this one rule. */
export function readClaims(claims: unknown): ReadClaims {
  const schema = isTokenScope(claims) ? tokenClaims : payoutClaims;
  const result = schema.safeParse(claims);
  if (result.success) return { ok: true, claims: result.data };
  const problems = result.error.issues.map(({ path, message }) => ({
    claim: String(path[0] ?? 'claims'),
    problem: path.length === 0 ? 'must be an object' : message,
  }));
  return { ok: false, problems };
}

function isTokenScope(claims: unknown): boolean {
  return typeof claims === 'object' && claims !== null && 'scope' in claims && claims.scope === 'token';
}

/** The depth is bounded because a deep enough value overflows the stack of whatever walks it next. */
function isJson(value: unknown, depth: number): value is JsonValue {
  if (value === null || typeof value === 'string' || typeof value === 'boolean') return true;
  if (typeof value === 'number') return Number.isFinite(value);
  if (typeof value !== 'object' || depth === 0) return false;
  if (Array.isArray(value)) return value.every((item) => isJson(item, depth - 1));
  const prototype: unknown = Object.getPrototypeOf(value);
  const plain = prototype === Object.prototype || prototype === null;
  return plain && Object.values(value).every((item) => isJson(item, depth - 1));
}
