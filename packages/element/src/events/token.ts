import type { TokenResult } from '../widget/result/read.js';

/**
 * The bank has exchanged the recipient's account or card for a token. In payout mode the payout starts right
 * after this event unless `preventDefault()` was called; then `element.startPayout()` starts it later. In token
 * mode the token is the page's to keep.
 */
export class B131TokenEvent extends Event {
  static readonly eventName = 'b131-token';
  /** `{ kind: 'bank_account', token, masked }` or `{ kind: 'card', numberHash, masked }`. */
  readonly result: TokenResult;

  constructor(result: TokenResult) {
    super(B131TokenEvent.eventName, { bubbles: true, composed: true, cancelable: true });
    this.result = result;
  }
}
