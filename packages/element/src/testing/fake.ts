import type { PayoutView } from '../bff/payout.js';
import type { B131Payout } from '../element/payout-element.js';
import type { WidgetOverride } from '../widget/contract/contract.js';
import { type FakeCall, fakeBackend } from './backend.js';
import { type FakeRecipient, recipientOf } from './recipient.js';
import { type Line, plainScript } from './script.js';
import { type Owed, Story } from './story.js';
import { fakeTicket } from './ticket.js';
import { fakeWidget } from './widget.js';

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
  /** Gives an element the fake widget and endpoint, and the fake ticket unless the page has its own. */
  connect(element: B131Payout): void;
  /** Whoever sits before this element. */
  recipient(element: B131Payout): FakeRecipient;
}

const owedByDefault: Owed = {
  ref: 'order-1042',
  amount: 150_000,
  currency: 'RUB',
  description: 'Refund for order 1042',
};

/** The fake and the story behind it. Nothing of it is on a page yet. */
export function createFakePayout(options: FakePayoutOptions): { fake: FakePayout; story: Story } {
  const { script = plainScript, pace = 0, endpoint = 'https://payouts.test/b131' } = options;
  const story = new Story({ ...owedByDefault, ...options.owed }, script, pace);
  const calls: FakeCall[] = [];
  const ticket = fakeTicket(story.owed);
  const fake: FakePayout = {
    endpoint,
    ticket,
    widget: fakeWidget,
    get payout() {
      return story.payout;
    },
    calls,
    handle: fakeBackend(story, (call) => calls.push(call)),
    go: () => story.go(),
    connect(element) {
      element.endpoint = endpoint;
      // The fake plays within the page, where no server could answer a frame.
      element.direct = true;
      element.widget = fakeWidget;
      if (!element.ticket && element.getTicket === null) element.ticket = ticket;
    },
    recipient: recipientOf,
  };
  return { fake, story };
}
