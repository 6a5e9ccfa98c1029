import * as z from 'zod';
import { type AmountDetails, amountDetailsSchema } from '../money/amount.js';

/** The merchant's own money at the bank, from which payouts are made (seen in the bank's PHP SDK). */
export interface Balance {
  wallets: Wallet[];
  [field: string]: unknown;
}

/** One balance, in minor units. */
export interface Wallet {
  id: string;
  amount_details: AmountDetails;
  [field: string]: unknown;
}

/** Reads the answer of `wallet/balance`. */
export const balanceSchema: z.ZodType<Balance> = z.looseObject({
  wallets: z.array(
    z.looseObject({
      id: z.union([z.string(), z.number().transform(String)]),
      amount_details: amountDetailsSchema,
    }),
  ),
});
