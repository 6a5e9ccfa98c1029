import type { PayoutView } from '../bff/payout.js';

/** The money has been paid. A notice for the page, not proof: prove it on the server. */
export class B131SuccessEvent extends Event {
  static readonly eventName = 'b131-success';
  readonly payout: PayoutView;

  constructor(payout: PayoutView) {
    super(B131SuccessEvent.eventName, { bubbles: true, composed: true });
    this.payout = payout;
  }
}
