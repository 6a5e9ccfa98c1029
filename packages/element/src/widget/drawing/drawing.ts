import type { WidgetContract } from '../contract/contract.js';
import type { WidgetReports } from '../result/channel.js';

/** What a drawing of the bank's widget needs. */
export interface DrawingOptions {
  /** The element inside whose card the widget is to appear. */
  readonly host: HTMLElement;
  readonly contract: WidgetContract;
  readonly publicToken: string;
  /** Language of the widget, e.g. `ru`. */
  readonly locale: string;
  readonly reports: WidgetReports;
}

/**
 * One live widget on the page. `direct` draws it in the page itself; a framed drawing would put it into a page of
 * the backend's own.
 */
export interface Drawing {
  /** The recipient has typed into it, or is about to: it must not be drawn anew behind their back. */
  readonly touched: boolean;
  /** The element still stands where the widget was drawn for, and may show it there. */
  readonly inPlace: boolean;
  /** Takes the widget off the page. Safe to call twice. */
  remove(): void;
}
