import { toPayoutView } from '../http/browser/payout-view.js';
import type { PayoutRecord } from '../payout/payout.js';
import type { Notice } from '../store/notice.js';

/** Steps of which the merchant is told: every final result, money that came back, and what a person must look at. */
const told: readonly string[] = [
  'succeeded',
  'partly_returned',
  'returned',
  'failed',
  'cancelled',
  'needs_attention',
  'resolved',
];

/**
 * What the merchant is told of a step; null when it is none of their business. The id is made of the payout and its
 * version, so that the same step is the same notice wherever it was written.
 */
export function noticeOf(record: PayoutRecord, kind: string, now: number): Notice | null {
  if (!told.includes(kind)) return null;
  const { id: payoutId, scope, status, version } = record.payout;
  // The description is the merchant's own text and may name a person: the reference is enough to find it.
  const { description: _description, ...payout } = toPayoutView(record);
  const type = `payout.${status}`;
  return {
    id: `${payoutId}.${version}`,
    scope,
    payoutId,
    version,
    type,
    body: JSON.stringify({ type, timestamp: new Date(now).toISOString(), data: payout }),
    createdAt: now,
    dueAt: now,
    tries: 0,
    httpStatus: null,
    deliveredAt: null,
  };
}
