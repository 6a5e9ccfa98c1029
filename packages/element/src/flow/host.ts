import type { Frame } from '../opening/frame.js';
import type { WidgetOverride } from '../widget/contract/contract.js';
import type { TicketSource } from './tickets.js';

/** What the page has set on the element, read anew whenever it is needed. */
export interface FlowSettings extends TicketSource {
  readonly endpoint: string;
  /** The widget is drawn in the page itself, not in a frame. */
  readonly direct: boolean;
  /** As the page wrote it; may be no environment at all. */
  readonly environment: string;
  /** Corrections to the contract of a direct widget. */
  readonly widget: WidgetOverride | null;
  readonly locale: string;
  readonly getPublicToken: (() => Promise<string>) | null;
}

/** The element, as the flow sees it. */
export interface FlowHost {
  readonly element: HTMLElement;
  settings(): FlowSettings;
  /** Where in the card the bank's form stands; null when the card shows something else. */
  stand(): Element | null;
  /** The frame of this address that is on the page already, put there before the flow was; handed over once. */
  early(url: URL): Frame | null;
  /** Resolves when the card shows what it is to show. */
  shown(): Promise<unknown>;
  /** The state, or the ticket, has changed. */
  show(): void;
  /** Dispatches an event on the element; false when it was prevented. */
  tell(event: Event): boolean;
}
