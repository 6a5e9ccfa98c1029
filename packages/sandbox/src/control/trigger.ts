import { z } from 'zod';
import { accountEndingWith, DEFAULT_BIK } from '../bank/account.js';
import type { Bank } from '../bank/bank.js';
import { type PayoutOrder, type Session, WEBHOOK_TYPES } from '../bank/model.js';
import type { Journal } from './journal.js';
import { type StepOrder, takeStep } from './steps.js';

/** `POST /sandbox/trigger`: a payout that leads to a webhook, at once. */
export const triggerOrder = z.strictObject({
  type: z.enum(WEBHOOK_TYPES, `must be one of ${WEBHOOK_TYPES.join(', ')}`),
  /** `payment_finished` of a payout that failed with this error code; without it one that succeeded. */
  code: z
    .string()
    .regex(/^[A-Za-z0-9_]{1,64}$/, 'must be an error code such as account_not_found')
    .optional(),
  /** Of the payout, minor units. */
  amount: z.int('must be a whole number of kopecks').min(1, 'must be 1 kopeck or more').default(10_000),
  /** Of `payment_refunded`: how much comes back, minor units; by default all. */
  returned: z.int('must be a whole number of kopecks').min(1, 'must be 1 kopeck or more').optional(),
  version: z.enum(['v1', 'v2'], 'must be v1 or v2').default('v2'),
  metadata: z.unknown().optional(),
});
export type TriggerOrder = z.infer<typeof triggerOrder>;

/**
 * Opens a payout of its own and takes it by hand to where the bank sends that webhook. The webhooks on the way are
 * sent as well, each after the one before was `delivered`.
 *
 * @throws StepError
 */
export async function trigger(
  bank: Bank,
  journal: Journal,
  order: TriggerOrder,
  delivered: () => Promise<void>,
): Promise<Session> {
  const session = bank.create(order.version, payoutOf(order));
  let now = bank.start(session.id, {}).session;
  for (const step of stepsTo(order)) {
    now = takeStep(bank, journal, now, step);
    await delivered();
  }
  return now;
}

function stepsTo({ type, code, returned }: TriggerOrder): StepOrder[] {
  if (type === 'ready_to_confirm') return [{ step: 'ready' }];
  if (type === 'payment_finished' && code !== undefined) return [{ step: 'fail', code }];
  const paid: StepOrder[] = [{ step: 'ready' }, { step: 'succeed' }];
  if (type === 'payment_finished') return paid;
  return [...paid, { step: 'return', ...(returned !== undefined && { amount: returned }) }];
}

function payoutOf({ amount, metadata = 'triggered' }: TriggerOrder): PayoutOrder {
  return {
    destination: {
      kind: 'bank_account',
      bik: DEFAULT_BIK,
      account: accountEndingWith('00'),
      full_name: 'Ivanov Ivan Ivanovich',
      description: 'A payout of b131-sandbox trigger',
    },
    amount,
    metadata,
  };
}
