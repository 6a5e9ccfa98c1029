import * as z from 'zod';

/** `wallet/balance`. */
export interface BalanceRequest {
  /** The moment the balance is wanted for, ISO 8601 with offset; now, if left out. */
  request_datetime?: string | undefined;
}

/** Checks `wallet/balance`. */
export const balanceRequestSchema = z.looseObject({
  request_datetime: z.iso
    .datetime({ offset: true, error: 'must be ISO 8601 with an offset, such as 2024-05-27T02:03:00+00:00' })
    .optional(),
});
