import * as z from 'zod';

/** An account's token and its mask (documented). */
export interface TokenizedAccount {
  /** 64 hex digits in the bank's example. May be kept and paid to again. */
  token: string;
  data: {
    /** First five and last four digits, `40702***0025`. */
    masked_account: string;
    [field: string]: unknown;
  };
  [field: string]: unknown;
}

/** Reads the answer of `tokenize`. */
export const tokenizedAccountSchema: z.ZodType<TokenizedAccount> = z.looseObject({
  token: z.string().min(1),
  data: z.looseObject({ masked_account: z.string() }),
});
