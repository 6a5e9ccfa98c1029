import type { B131Payout } from '../element/payout-element.js';
import type { GetTicket } from '../flow/tickets.js';
import { loadDirect } from '../parts/parts.js';
import { openAhead } from '../widget/ahead.js';
import { Frame, frameUrl } from './frame.js';

/**
 * What an element begins with while the course of its payout is still being loaded: whatever takes a while and is wanted
 * anyhow. The course goes on with it.
 */
export class Opening {
  readonly #element: B131Payout;
  #frame: Frame | null = null;
  #asked: { readonly getTicket: GetTicket; readonly answer: Promise<string> } | null = null;

  constructor(element: B131Payout) {
    this.#element = element;
  }

  /** Opens the connections that a form needs. */
  expect(): void {
    const element = this.#element;
    const { endpoint, ownerDocument } = element;
    if (endpoint !== '') openAhead(endpoint, ownerDocument, 'anonymous');
    // A failure is told when the form is wanted.
    if (drawsDirectly(element))
      loadDirect().then(
        ({ expectDirect }) => expectDirect(element),
        () => {},
      );
  }

  /** Asks for a ticket, where there is none. */
  ask(): void {
    const { endpoint, ticket, getTicket } = this.#element;
    if (endpoint === '' || ticket || getTicket === null) return;
    const answer = (async () => getTicket('start'))();
    answer.catch(() => {}); // told to whoever asks again
    this.#asked = { getTicket, answer };
  }

  /** Puts the frame for the form onto the page, once there is a place for it. An address that is none is told later. */
  put(): void {
    const { endpoint, ownerDocument } = this.#element;
    const stand = standOf(this.#element);
    if (drawsDirectly(this.#element) || stand === null || this.#frame !== null) return;
    if (URL.canParse(endpoint, ownerDocument.baseURI))
      this.#frame = new Frame(stand, frameUrl(endpoint, ownerDocument));
  }

  /** Hands the frame over, when it is one of that address. */
  frame({ href }: URL): Frame | null {
    const frame = this.#frame;
    this.#frame = null;
    if (frame?.url.href === href) return frame;
    frame?.remove();
    return null;
  }

  /** The same way to a ticket, which hands over the one that was asked for. */
  wayTo(getTicket: GetTicket): GetTicket {
    return (reason) => {
      const asked = this.#asked;
      this.#asked = null;
      return asked?.getTicket === getTicket && reason === 'start' ? asked.answer : getTicket(reason);
    };
  }

  /** Takes away what nobody has gone on with. */
  drop(): void {
    this.#frame?.remove();
    this.#frame = null;
    this.#asked = null;
  }
}

/** Whether the widget is drawn in the page itself, not in a frame. */
export function drawsDirectly({ direct, endpoint }: Pick<B131Payout, 'direct' | 'endpoint'>): boolean {
  return direct || endpoint === '';
}

/** Where in the card the bank's form stands; null when the card shows something else. */
export function standOf({ shadowRoot }: Element): Element | null {
  return shadowRoot?.querySelector('slot[name=widget]') ?? null;
}
