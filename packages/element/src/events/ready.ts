/** The bank's form is drawn and can be filled in. */
export class B131ReadyEvent extends Event {
  static readonly eventName = 'b131-ready';

  constructor() {
    super(B131ReadyEvent.eventName, { bubbles: true, composed: true });
  }
}
