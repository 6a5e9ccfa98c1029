import type { PayoutView } from '../bff/payout.js';
import type { B131Payout } from '../element/payout-element.js';
import type { WidgetOverride } from '../widget/contract/contract.js';
import { type FakeCall, fakeBackend } from './backend.js';
import { type Line, plainScript } from './script.js';
import { type Owed, Story } from './story.js';
import { fakeTicket } from './ticket.js';
import { fakeWidget } from './widget.js';
import { fakeWidgetPage } from './widget-page.js';

/** What is played. */
export interface FakePayoutOptions {
  /** Where the payout goes, line by line. Default: `['starting', 'processing', 'succeeded']`. */
  readonly script?: readonly Line[];
  /** Milliseconds between two lines. Default 0: as soon as possible. */
  readonly pace?: number;
  /** Who is paid what; 1,500.00 roubles when nothing is said. */
  readonly owed?: Partial<Owed>;
  /** Where the page expects its backend. Default `https://payouts.test/b131`. */
  readonly endpoint?: string;
  /** Origins of the pages that may frame `GET /widget`. Default: that of the endpoint itself. */
  readonly origins?: readonly string[];
}

/** One payout that plays a script, and the backend and the bank's widget around it. */
export interface FakePayout {
  readonly endpoint: string;
  /** A ticket for {@link FakePayoutOptions.owed}; a real backend refuses it. */
  readonly ticket: string;
  /** The fake widget, for the element's `widget`. */
  readonly widget: WidgetOverride;
  /** The payout as it stands; null before it is started. */
  readonly payout: PayoutView | null;
  /** What the element has asked for, in order. */
  readonly calls: readonly FakeCall[];
  /** The backend as a function, for a dev server or a mock service worker. Null: not a route of the backend. */
  handle(request: Request): Promise<Response | null>;
  /** Goes on after a `hold`. */
  go(): void;
  /**
   * Gives an element the fake widget and endpoint, and the fake ticket unless the page has its own. The form is
   * drawn directly: a frame would have to be loaded from somewhere.
   */
  connect(element: B131Payout): void;
}

const owedByDefault: Owed = {
  ref: 'order-1042',
  amount: 150_000,
  currency: 'RUB',
  description: 'Refund for order 1042',
};

/**
 * A fake payout for a dev server or a mock service worker: `handle` answers what the element asks for, `GET /widget` and
 * what the frame loads included.
 */
export function createFakePayout(options: FakePayoutOptions = {}): FakePayout {
  return makeFake(options).fake;
}

/** The fake and the story behind it. */
export function makeFake(options: FakePayoutOptions): { fake: FakePayout; story: Story } {
  const { script = plainScript, pace = 0, endpoint = 'https://payouts.test/b131' } = options;
  const story = new Story({ ...owedByDefault, ...options.owed }, script, pace);
  const calls: FakeCall[] = [];
  const ticket = fakeTicket(story.owed);
  const page = fakeWidgetPage(story, options.origins);
  const backend = fakeBackend(story, (call) => calls.push(call));
  const fake: FakePayout = {
    endpoint,
    ticket,
    widget: fakeWidget,
    get payout() {
      return story.payout;
    },
    calls,
    handle: async (request) => (await page(request)) ?? backend(request),
    go: () => story.go(),
    connect(element) {
      Object.assign(element, { endpoint, direct: true, widget: fakeWidget });
      if (!element.ticket && element.getTicket === null) element.ticket = ticket;
    },
  };
  return { fake, story };
}
