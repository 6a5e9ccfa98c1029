import type { FlowHost } from '../flow/host.js';
import type { GetTicket } from '../flow/tickets.js';
import { loadDirect } from '../parts/parts.js';
import { openAhead } from '../widget/ahead.js';
import { Frame, frameUrl } from './frame.js';

/**
 * What an element begins with while the course of its payout is still being loaded: whatever takes a while and is wanted
 * anyhow. The course goes on with it.
 */
export class Opening {
  readonly #host: FlowHost;
  #frame: Frame | null = null;
  #asked: { readonly getTicket: GetTicket; readonly answer: Promise<string> } | null = null;

  constructor(host: FlowHost) {
    this.#host = host;
  }

  /** Opens the connections that a form needs. */
  expect(): void {
    const { direct, endpoint } = this.#host.settings();
    if (endpoint !== '') openAhead(endpoint, this.#host.element.ownerDocument, 'anonymous');
    // A failure is told when the form is wanted.
    if (direct)
      loadDirect().then(
        ({ expectDirect }) => expectDirect(this.#host),
        () => {},
      );
  }

  /** Asks for a ticket. */
  ask(getTicket: GetTicket): void {
    if (this.#asked?.getTicket === getTicket) return;
    const answer = (async () => getTicket('start'))();
    answer.catch(() => {}); // told to whoever asks again
    this.#asked = { getTicket, answer };
  }

  /** Puts the frame for the form onto the page, once there is a place for it. */
  put(): void {
    const { direct, endpoint } = this.#host.settings();
    const stand = this.#host.stand();
    if (direct || stand === null || this.#frame !== null) return;
    this.#frame = new Frame(stand, frameUrl(endpoint, stand.ownerDocument));
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
