import type { PayoutView } from '../bff/payout.js';

/** The payout has changed, or a reload has found it. */
export class B131StatusEvent extends Event {
  static readonly eventName = 'b131-status';
  readonly payout: PayoutView;

  constructor(payout: PayoutView) {
    super(B131StatusEvent.eventName, { bubbles: true, composed: true });
    this.payout = payout;
  }
}
