import * as z from 'zod';

/** An amount of money. */
export interface AmountDetails {
  /** Minor units, a safe integer: 100 roubles are 10000 (documented). */
  amount: number;
  /** ISO 4217. What this package returns is upper case, `RUB`; a request may have either case (documented). */
  currency: string;
}

/** An amount in an answer: any integer, the currency in upper case (the bank writes `rub` and `RUB` both; captured). */
export const amountDetailsSchema = z.looseObject({
  amount: z.int(),
  currency: z
    .string()
    .min(1)
    .transform((currency) => currency.toUpperCase()),
});

/** An amount in a request: positive (documented), the currency sent in lower case as in the bank's examples. */
export const requestAmountSchema = z.looseObject({
  amount: z
    .number()
    .refine(Number.isSafeInteger, 'must be a whole number of minor units: 100 roubles are 10000')
    .positive('must be more than 0'),
  currency: z
    .string()
    .regex(/^[a-z]{3}$/i, 'must be the three letters of ISO 4217, such as RUB')
    .transform((currency) => currency.toLowerCase()),
});
