import type { B131ErrorEvent } from './error.js';
import type { B131FailureEvent } from './failure.js';
import type { B131ReadyEvent } from './ready.js';
import type { B131StatusEvent } from './status.js';
import type { B131SuccessEvent } from './success.js';
import type { B131TokenEvent } from './token.js';

export { B131ErrorEvent } from './error.js';
export { B131FailureEvent } from './failure.js';
export { B131ReadyEvent } from './ready.js';
export { B131StatusEvent } from './status.js';
export { B131SuccessEvent } from './success.js';
export { B131TokenEvent } from './token.js';

/** Events of `<b131-payout>` by name. All bubble and are composed. */
export interface B131EventMap {
  'b131-ready': B131ReadyEvent;
  'b131-token': B131TokenEvent;
  'b131-status': B131StatusEvent;
  'b131-success': B131SuccessEvent;
  'b131-failure': B131FailureEvent;
  'b131-error': B131ErrorEvent;
}

declare global {
  interface HTMLElementEventMap extends B131EventMap {}
}
