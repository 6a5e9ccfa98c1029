import * as z from 'zod';
import { type PayoutDetails, payoutDetailsSchema } from '../destination/response.js';
import { type AmountDetails, amountDetailsSchema } from '../money/amount.js';
import {
  informational,
  type Open,
  optional,
  optionalList,
  optionalObject,
  renameField,
} from '../schema/tolerant.js';

/**
 * Where a payout stands (documented): `in_progress`; `pending`, it waits for `session/confirm` or `session/cancel`;
 * `succeeded`; `failed`, see its `error`. This, not the session's status, is the truth about the money.
 */
export type PayoutStatus = Open<'in_progress' | 'pending' | 'succeeded' | 'failed'>;

/** Where a refund stands (documented). */
export type RefundStatus = Open<'in_progress' | 'accepted' | 'declined' | 'error'>;

/** Why a payout or a session failed. */
export interface OperationError {
  /** The bank's code; `unknown_error` (not a code of the bank) when it gave none. */
  code: string;
  /** For people; may hold personal data, so keep it out of logs. */
  description?: string | undefined;
  /** Which of the bank's rules refused (seen in the bank's PHP SDK). */
  reject_reasons?: RejectReason[] | undefined;
  [field: string]: unknown;
}

/** One rule that refused (seen in the bank's PHP SDK). */
export interface RejectReason {
  rule_alias?: string | undefined;
  list_alias?: string | undefined;
  expiration_date?: string | undefined;
  [field: string]: unknown;
}

/** Money that came back: for a payout, returned by the recipient's bank (documented). */
export interface Refund {
  /** `rf_…` */
  id: string;
  status: RefundStatus;
  /** ISO 8601. */
  created_at: string;
  finished_at?: string | undefined;
  amount_details?: AmountDetails | undefined;
  is_chargeback?: boolean | undefined;
  metadata?: unknown;
  [field: string]: unknown;
}

/** What the operation cost; told only where the bank's manager has enabled it (documented). */
export interface Amounts {
  net?: AmountDetails | undefined;
  gross?: AmountDetails | undefined;
  fee?: { merchant_fee?: AmountDetails | undefined; [field: string]: unknown } | undefined;
  [field: string]: unknown;
}

/** References of the payment systems (documented; the last one seen in the bank's PHP SDK). */
export interface TransactionInfo {
  rrn?: string | undefined;
  arn?: string | undefined;
  auth_code?: string | undefined;
  fp_message_id?: string | undefined;
  bank_account_ru_token?: string | undefined;
  [field: string]: unknown;
}

/** One payout of a session; the same in v1 and v2. Fields that are not listed come through as they are. */
export interface Payout {
  /** `po_…` */
  id: string;
  status: PayoutStatus;
  /** ISO 8601, UTC, microseconds. */
  created_at: string;
  finished_at?: string | undefined;
  /** Where the money goes; read from `payment_method` in v1. */
  payout_details?: PayoutDetails | undefined;
  amount_details?: AmountDetails | undefined;
  amounts?: Amounts | undefined;
  refunds?: Refund[] | undefined;
  transaction_info?: TransactionInfo | undefined;
  /** What the request gave, echoed. */
  metadata?: unknown;
  error?: OperationError | undefined;
  [field: string]: unknown;
}

/** Reads an error object; whatever it holds, an error it is. */
export const operationErrorSchema: z.ZodType<OperationError> = z.looseObject({
  code: z.unknown().optional().transform(readCode),
  description: optional(z.string()).catch(undefined),
  reject_reasons: optionalList(
    z.looseObject({
      rule_alias: optional(z.string()),
      list_alias: optional(z.string()),
      expiration_date: optional(z.string()),
    }),
  ).catch(undefined),
});

function readCode(code: unknown): string {
  const text = typeof code === 'number' ? String(code) : code;
  return typeof text === 'string' && text !== '' ? text : 'unknown_error';
}

/** Reads a refund. */
export const refundSchema: z.ZodType<Refund> = z.looseObject({
  id: z.string(),
  status: z.string(),
  created_at: z.string(),
  finished_at: optional(z.string()),
  amount_details: optionalObject(amountDetailsSchema),
  is_chargeback: optional(z.boolean()),
  metadata: z.unknown().optional(),
});

const amountsSchema = z.looseObject({
  net: optionalObject(amountDetailsSchema),
  gross: optionalObject(amountDetailsSchema),
  fee: optionalObject(z.looseObject({ merchant_fee: optionalObject(amountDetailsSchema) })),
});

const transactionInfoSchema = z.looseObject({
  rrn: optional(z.string()),
  arn: optional(z.string()),
  auth_code: optional(z.string()),
  fp_message_id: optional(z.string()),
  bank_account_ru_token: optional(z.string()),
});

/** Reads a payout in the names of either version. */
export const payoutSchema: z.ZodType<Payout> = z.preprocess(
  (value) => renameField(value, 'payment_method', 'payout_details'),
  z.looseObject({
    id: z.string(),
    status: z.string(),
    created_at: z.string(),
    finished_at: optional(z.string()),
    payout_details: optionalObject(payoutDetailsSchema),
    amount_details: optionalObject(amountDetailsSchema),
    amounts: informational(amountsSchema),
    refunds: optionalList(refundSchema),
    transaction_info: informational(transactionInfoSchema),
    metadata: z.unknown().optional(),
    error: optionalObject(operationErrorSchema),
  }),
);
