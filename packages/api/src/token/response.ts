import * as z from 'zod';
import { objectOrEmptyList, optional } from '../schema/tolerant.js';

/** A token for one use of a widget. How long it lives is not documented (a sibling platform says 24 hours). */
export interface PublicToken {
  public_token: string;
  [field: string]: unknown;
}

/**
 * What the bank tells about a token; which fields are there depends on what was asked. Cards: `number_hash` or `token`,
 * `brand`, `last4`, `country_iso3`, `type` (seen in the SDK). Accounts: `masked_account`, `created_at`, `finished_at`
 * (documented). Public and recurrent tokens: `token`, `created_at`, `finished_at`, `is_active` (documented by a sibling).
 */
export interface TokenInfo {
  token?: string | undefined;
  number_hash?: string | undefined;
  brand?: string | undefined;
  last4?: string | undefined;
  country_iso3?: string | undefined;
  type?: string | undefined;
  /** First five and last four digits, `40817***9535`. */
  masked_account?: string | undefined;
  /** ISO 8601. */
  created_at?: string | undefined;
  /** ISO 8601; when the token ends. */
  finished_at?: string | undefined;
  is_active?: boolean | undefined;
  initiator?: string | undefined;
  [field: string]: unknown;
}

/** Reads the answer of `token`. */
export const publicTokenSchema: z.ZodType<PublicToken> = z.looseObject({ public_token: z.string().min(1) });

/** Reads what is told about a token. */
export const tokenInfoSchema: z.ZodType<TokenInfo> = z.preprocess(
  objectOrEmptyList,
  z.looseObject({
    token: optional(z.string()),
    number_hash: optional(z.string()),
    brand: optional(z.string()),
    last4: optional(z.string()),
    country_iso3: optional(z.string()),
    type: optional(z.string()),
    masked_account: optional(z.string()),
    created_at: optional(z.string()),
    finished_at: optional(z.string()),
    is_active: optional(z.boolean()),
    initiator: optional(z.string()),
  }),
);

/** Reads the answer of `token/info`. */
export const tokenInfoResponseSchema = z.looseObject({ info: tokenInfoSchema });
