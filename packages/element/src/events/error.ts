import type { ErrorCode } from '../faces/errors.js';

/** The element cannot go on, or could not do what was asked of it. */
export class B131ErrorEvent extends Event {
  static readonly eventName = 'b131-error';
  readonly code: ErrorCode;
  /** Trying again may help: the recipient is offered a button, or the page may act. */
  readonly retryable: boolean;

  constructor(code: ErrorCode, retryable: boolean) {
    super(B131ErrorEvent.eventName, { bubbles: true, composed: true });
    this.code = code;
    this.retryable = retryable;
  }
}
