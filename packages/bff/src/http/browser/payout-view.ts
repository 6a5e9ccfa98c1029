import {
  type ConfirmMode,
  currentAttempt,
  type DestinationKind,
  isRetryable,
  type Payout,
  type PayoutRecord,
  type PayoutStatus,
} from '../../payout/payout.js';

/** A payout as the recipient's browser sees it. No name, no token, no account number; times are ISO 8601 in UTC. */
export interface PayoutView {
  id: string;
  ref: string;
  status: PayoutStatus;
  /** Grows with every change; the cursor of the event stream. */
  version: number;
  attempt: number;
  /** Minor units. */
  amount: number;
  currency: string;
  description: string;
  /** `masked` as the bank masks it; null until the bank told. */
  destination: { kind: DestinationKind; masked: string | null };
  confirm: ConfirmMode;
  error: { code: string } | null;
  /** The recipient may try another account now. */
  retryable: boolean;
  confirmBy: string | null;
  /** Minor units the recipient's bank has sent back so far. */
  returnedAmount: number;
  createdAt: string;
  updatedAt: string;
  finishedAt: string | null;
}

/** Turns a record into what its recipient may see. */
export function toPayoutView(record: PayoutRecord): PayoutView {
  const { payout } = record;
  const { destination: kind, masked } = currentAttempt(record);
  return {
    id: payout.id,
    ref: payout.ref,
    status: shownStatus(payout),
    version: payout.version,
    attempt: payout.attempt,
    amount: payout.amount,
    currency: payout.currency,
    description: payout.description,
    destination: { kind, masked },
    confirm: payout.confirm,
    error: payout.errorCode === null ? null : { code: payout.errorCode },
    retryable: isRetryable(record),
    confirmBy: iso(payout.confirmBy),
    returnedAmount: payout.returnedAmount,
    createdAt: new Date(payout.createdAt).toISOString(),
    updatedAt: new Date(payout.changedAt).toISOString(),
    finishedAt: iso(payout.finishedAt),
  };
}

/** Once a word is given nobody is asked for one any more, though the engine has yet to send it. */
function shownStatus({ status, word }: Payout): PayoutStatus {
  if (status !== 'awaiting_confirmation' || !word) return status;
  return word.say === 'confirm' ? 'confirming' : 'cancelling';
}

function iso(time: number | null): string | null {
  return time === null ? null : new Date(time).toISOString();
}
