import * as z from 'zod';
import type { MerchantDesk } from '../../merchant/merchant.js';
import type { PayoutRecord } from '../../payout/payout.js';
import type { AppDeps } from '../deps.js';
import { foreseen, unforeseen } from '../refusal/failure.js';
import { Problem, toBody } from '../refusal/problem.js';
import { problemBody } from '../refusal/problem-body.js';
import { judge } from '../request/body.js';
import { names } from '../route/route.js';
import { merchantPayout, toMerchantPayout } from './merchant-view.js';
import { order } from './order.js';

const orderResult = z
  .discriminatedUnion('ok', [
    z.strictObject({ ok: z.literal(true), ref: z.string(), payout: merchantPayout }),
    z.strictObject({
      ok: z.literal(false),
      ref: z.string().nullable().describe('Null where the item holds none.'),
      problem: problemBody,
    }),
  ])
  .register(names, { id: 'OrderResult' });

export const orderResults = z
  .strictObject({ results: z.array(orderResult) })
  .register(names, { id: 'OrderResults' });

export type OrderResult = z.infer<typeof orderResult>;

const refusals = {
  in_progress: 'payout_in_progress',
  finished: 'payout_finished',
  changed: 'payout_changed',
  withdrawn: 'payout_changed',
  exhausted: 'attempts_exhausted',
} as const;

/** Records one payout, or throws the {@link Problem} why not. */
export async function payOne(asked: z.output<typeof order>, desk: MerchantDesk): Promise<PayoutRecord> {
  const result = await desk.pay(asked.order, asked.destination, asked.attempt);
  if (result.kind === 'accepted') return result.record;
  if (result.kind === 'mismatch') throw new Problem('reference_mismatch');
  if (result.kind === 'limit') throw new Problem('limit_exceeded');
  const members = result.record ? { payout: toMerchantPayout(result.record) } : {};
  throw new Problem(refusals[result.kind], { members });
}

/**
 * Records payouts one after the other, so that of two under one reference, or at the edge of a limit, the first one
 * counts. A failure is its item's own; only once the store is away is the rest not tried, because nothing could be.
 */
export async function payAll(
  items: readonly unknown[],
  desk: MerchantDesk,
  deps: AppDeps,
): Promise<OrderResult[]> {
  const results: OrderResult[] = [];
  let away: Problem | null = null;
  for (const item of items) {
    const ref = refOf(item);
    try {
      if (away) throw away;
      const record = await payOne(judge(order, item), desk);
      results.push({ ok: true, ref: record.payout.ref, payout: toMerchantPayout(record) });
    } catch (error) {
      const problem = foreseen(error) ?? unforeseen(error, deps);
      if (problem.code === 'store_unavailable') away = problem;
      results.push({ ok: false, ref, problem: problemBody.parse(toBody(problem)) });
    }
  }
  return results;
}

function refOf(item: unknown): string | null {
  const given = typeof item === 'object' && item !== null && 'ref' in item ? item.ref : null;
  return typeof given === 'string' ? given : null;
}
