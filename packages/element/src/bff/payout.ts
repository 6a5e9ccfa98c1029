/** Where a payout stands, as the backend-for-frontend tells it. */
export type PayoutStatus = (typeof payoutStatuses)[number];

/** Every payout status, in the order of a payout's life. */
export const payoutStatuses = [
  'created',
  'starting',
  'processing',
  'awaiting_confirmation',
  'confirming',
  'cancelling',
  'succeeded',
  'failed',
  'cancelled',
  'returned',
  'needs_attention',
] as const;

/** What the recipient may know of a payout. Account and card numbers are masked. */
export interface PayoutView {
  readonly id: string;
  readonly ref: string;
  readonly status: PayoutStatus;
  /** Grows with every change; the stream's cursor. */
  readonly version: number;
  /** 1 for the first account tried, 2 for the next one … */
  readonly attempt: number;
  /** Minor units: 150000 is 1,500.00 roubles. */
  readonly amount: number;
  /** ISO 4217, upper case. */
  readonly currency: string;
  readonly description: string;
  readonly destination: { readonly kind: 'bank_account' | 'card'; readonly masked: string | null };
  readonly confirm: 'automatic' | 'recipient';
  readonly error: { readonly code: string } | null;
  /** The recipient may name another account now. */
  readonly retryable: boolean;
  /** ISO 8601, when the bank's patience is known to end. */
  readonly confirmBy: string | null;
  /** Minor units that the recipient's bank has sent back. */
  readonly returnedAmount: number;
  readonly createdAt: string;
  readonly updatedAt: string;
  readonly finishedAt: string | null;
}

const finalStatuses: ReadonlySet<PayoutStatus> = new Set(['succeeded', 'failed', 'cancelled', 'returned']);

/** Whether nothing more happens to this attempt. */
export function isFinal(status: PayoutStatus): boolean {
  return finalStatuses.has(status);
}
