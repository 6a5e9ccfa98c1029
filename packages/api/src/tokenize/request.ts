import * as z from 'zod';
import { accountNumberFields } from '../destination/request.js';

/** `tokenize`: an account's numbers for a token. Passes account numbers through your server; the widget does not. */
export interface TokenizeRequest {
  type: 'bank_account_ru';
  /** BIK of 9 digits, account of 20 (documented). */
  bank_account_ru: { bik: string; account: string };
}

/** Checks `tokenize`. */
export const tokenizeRequestSchema = z.looseObject({
  type: z.literal('bank_account_ru', 'must say bank_account_ru'),
  bank_account_ru: z.looseObject(accountNumberFields),
});
