import * as z from 'zod';
import { type OperationError, operationErrorSchema, type Payout, payoutSchema } from '../payout/response.js';
import { informational, isRecord, type Open, optional, optionalObject } from '../schema/tolerant.js';

/**
 * Where a session stands (documented): `created`, it waits to be started or cancelled; `in_progress`; `accepted`,
 * completed; `cancelled`; `error`, something unexpected happened and the outcome is unknown: not final.
 */
export type SessionStatus = Open<'created' | 'in_progress' | 'accepted' | 'cancelled' | 'error'>;

/** What the bank waits for: `confirm` (confirm or cancel), `capture` (payments only), nothing (documented). */
export type NextAction = Open<'confirm' | 'capture'>;

/** A payment session; the same in v1 and v2. Fields that are not listed come through as they are. */
export interface Session {
  /** `ps_…` */
  id: string;
  status: SessionStatus;
  /** ISO 8601, UTC, microseconds. */
  created_at: string;
  updated_at: string;
  /** Seen in the bank's PHP SDK. */
  finished_at?: string | undefined;
  next_action?: NextAction | undefined;
  error?: OperationError | undefined;
  /** Until when the bank waits for an action, ISO 8601 where it is told so (captured; not documented). */
  actions?:
    | { confirm?: string | undefined; capture?: string | undefined; [field: string]: unknown }
    | undefined;
  /** The payouts: `payments` in v1, `payout_list` in v2; empty while there is none. */
  payouts: Payout[];
  [field: string]: unknown;
}

const moment = z.union([z.string(), z.number().transform(fromTimestamp)]);

/** Reads a session in the names of either version. */
export const sessionSchema: z.ZodType<Session> = z.preprocess(
  gatherPayouts,
  z.looseObject({
    id: z.string().min(1),
    status: z.string().min(1),
    created_at: z.string(),
    updated_at: z.string(),
    finished_at: optional(z.string()),
    next_action: z.preprocess((value) => value || undefined, z.string().optional()),
    error: optionalObject(operationErrorSchema),
    actions: informational(z.looseObject({ confirm: optional(moment), capture: optional(moment) })),
    payouts: z.array(payoutSchema),
  }),
);

/** Reads the answer of every session method. */
export const sessionResponseSchema = z.looseObject({ session: sessionSchema });

/** `payments` of v1 and `payout_list` of v2 as `payouts`; a payout that is in both counts once. */
function gatherPayouts(value: unknown): unknown {
  if (!isRecord(value)) return value;
  const { payments, payout_list, payouts, ...rest } = value;
  const lists = [payments, payout_list, payouts].map((list) => list ?? []);
  const broken = lists.find((list) => !Array.isArray(list));
  return { ...rest, payouts: broken ?? withoutRepeats(lists.flat()) };
}

function withoutRepeats(payouts: unknown[]): unknown[] {
  const seen = new Set<unknown>();
  return payouts.filter((payout) => {
    const id = isRecord(payout) ? payout.id : undefined;
    if (id !== undefined && seen.has(id)) return false;
    seen.add(id);
    return true;
  });
}

function fromTimestamp(value: number): string | undefined {
  const date = new Date(value < 1e11 ? value * 1000 : value);
  return Number.isNaN(date.getTime()) ? undefined : date.toISOString();
}
