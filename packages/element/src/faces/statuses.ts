import type { PayoutStatus, PayoutView } from '../bff/payout.js';
import type { PayoutFace } from './names.js';

/** What the table knows of a payout status. */
export interface StatusRow {
  readonly face: PayoutFace;
  /** The event that follows `b131-status` when a payout gets this status. */
  readonly event: 'b131-success' | 'b131-failure' | null;
  /** Whether money can have moved: `possible` while a request to move it may be under way. */
  readonly money: 'no' | 'possible' | 'yes' | 'back';
  /** Step of the progress line: 1 account, 2 check, 3 paid. */
  readonly step: 1 | 2 | 3;
}

/** From every payout status to what the recipient sees and the page hears. Each also raises `b131-status`. */
export const statusTable: Readonly<Record<PayoutStatus, StatusRow>> = {
  created: { face: 'starting', event: null, money: 'no', step: 2 },
  starting: { face: 'starting', event: null, money: 'possible', step: 2 },
  processing: { face: 'processing', event: null, money: 'possible', step: 2 },
  awaiting_confirmation: { face: 'awaiting', event: null, money: 'no', step: 2 },
  confirming: { face: 'confirming', event: null, money: 'possible', step: 3 },
  cancelling: { face: 'cancelling', event: null, money: 'possible', step: 2 },
  succeeded: { face: 'succeeded', event: 'b131-success', money: 'yes', step: 3 },
  failed: { face: 'failed', event: 'b131-failure', money: 'no', step: 2 },
  cancelled: { face: 'cancelled', event: 'b131-failure', money: 'no', step: 2 },
  returned: { face: 'returned', event: 'b131-failure', money: 'back', step: 3 },
  needs_attention: { face: 'needs_attention', event: null, money: 'possible', step: 2 },
};

/** The face of a payout: one that waits for the recipient's own word is shown for review. */
export function faceOfPayout({ status, confirm }: PayoutView): PayoutFace {
  const { face } = statusTable[status];
  return face === 'awaiting' && confirm === 'recipient' ? 'review' : face;
}
