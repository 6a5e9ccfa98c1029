import type { PayoutView } from '../bff/payout.js';

/** This attempt has ended without the recipient having the money: failed, cancelled or returned. */
export class B131FailureEvent extends Event {
  static readonly eventName = 'b131-failure';
  readonly payout: PayoutView;
  /** The bank's error code, or the payout's status where there is none. */
  readonly code: string;
  /** The recipient may try another account now. */
  readonly retryable: boolean;

  constructor(payout: PayoutView) {
    super(B131FailureEvent.eventName, { bubbles: true, composed: true });
    this.payout = payout;
    this.code = payout.error?.code ?? payout.status;
    this.retryable = payout.retryable;
  }
}
