import type { PropertyValues, TemplateResult } from 'lit';
import type { PayoutView } from '../bff/payout.js';
import type { B131Payout } from '../element/payout-element.js';
import { face } from '../faces/face.js';
import { outlookOf } from '../faces/summary.js';
import { type Action, type View, viewOf } from '../faces/view.js';
import { Flow } from '../flow/flow.js';
import type { FlowHost } from '../flow/host.js';
import { moneyInFlight } from '../flow/state.js';
import { findLocale, type Locale } from '../locales/find.js';
import { LanguageController } from '../locales/language.js';
import { nearestLanguage } from '../locales/nearest.js';
import { modeOf } from '../opening/face.js';
import { drawsDirectly, type Opening, standOf } from '../opening/opening.js';
import { News } from './news.js';
import { RoomController } from './room.js';

export { styles } from '../styles/index.js';

/** Properties that begin everything anew, unless money is in flight; a frame knows nothing of the latter two. */
const always = ['mode', 'endpoint', 'direct'];
const whenDirect = ['environment', 'widget'];

/** The course of a payout: all that an element shows and does from the bank's form to the money. */
export class Course {
  readonly #element: B131Payout;
  readonly #opening: Opening;
  readonly #flow: Flow;
  readonly #news = new News();
  #hadFocus = false;
  #tag = '';

  /** Goes on with what the opening has begun. */
  constructor(element: B131Payout, opening: Opening) {
    this.#element = element;
    this.#opening = opening;
    this.#flow = new Flow(this.#flowHost());
    new LanguageController(element, () => element.requestUpdate());
    new RoomController(element);
    const online = (): void => this.#flow.online();
    element.addController({
      hostConnected: () => window.addEventListener('online', online),
      hostDisconnected: () => window.removeEventListener('online', online),
    });
  }

  /** The payout on show, or null while there is none. */
  get payout(): PayoutView | null {
    const { step } = this.#flow.state;
    return step.at === 'payout' ? step.payout : null;
  }

  /** Begins, or begins anew, with what the page has set. */
  begin(): void {
    this.#flow.begin(modeOf(this.#element));
  }

  /** The element has left the page. A payout goes on without us. */
  stop(): void {
    this.#flow.stop();
  }

  /** The element stands elsewhere on the page now. */
  moved(): void {
    this.#flow.moved();
  }

  /** The element is in another document now. */
  adopted(): void {
    this.#flow.adopted();
  }

  /** Goes on with a token that was held back. False when there is none. */
  startPayout(): boolean {
    return modeOf(this.#element) === 'payout' && this.#flow.feed({ type: 'start' });
  }

  /** Begins anew. False, and without effect, while money is in flight. */
  reset(): boolean {
    return this.#flow.reset();
  }

  /** The recipient's word. False unless the payout waits for it. */
  answer(answer: 'confirm' | 'cancel'): boolean {
    return this.#flow.feed({ type: 'answer', answer });
  }

  /** Brings the focus into the bank's form. False while there is none. */
  focusForm(): boolean {
    return this.#flow.focusForm();
  }

  /** The page has changed its settings. */
  follow(changed: PropertyValues): void {
    const anew = (drawsDirectly(this.#element) ? [...always, ...whenDirect] : always).some((name) =>
      changed.has(name),
    );
    if (anew && !moneyInFlight(this.#flow.state)) this.begin();
    else if (changed.has('ticket') && this.#element.ticket) this.#flow.newTicket();
    else if (changed.has('getTicket') || changed.has('getPublicToken')) this.#flow.newSource();
  }

  /** The language may have changed. */
  followLanguage(): void {
    const { tag } = this.#locale;
    if (tag === this.#tag) return;
    this.#tag = tag;
    this.#flow.relocate();
  }

  /** What is on show. */
  face(): TemplateResult {
    const locale = this.#locale;
    return face(this.#view(locale), locale.texts, this.#press);
  }

  /** Brings the news of the face that is on show now. */
  bringNews(root: ParentNode): void {
    const locale = this.#locale;
    this.#news.bring(this.#view(locale), locale.tag, root, this.#hadFocus);
    this.#hadFocus = false;
  }

  get #locale(): Locale {
    return findLocale(this.#element.locale || nearestLanguage(this.#element));
  }

  #view(locale: Locale): View {
    const outlook = outlookOf(this.#flow.ticket, this.#element.getTicket !== null);
    return viewOf(this.#flow.state, locale, outlook);
  }

  /** A page that has the focus in its frame does not match `:focus-within`. */
  get #hasFocus(): boolean {
    return (
      this.#element.matches(':focus-within') || (this.#element.shadowRoot?.activeElement ?? null) !== null
    );
  }

  #flowHost(): FlowHost {
    const element = this.#element;
    return {
      element,
      settings: () => {
        const { endpoint, environment, widget, ticket, getTicket, getPublicToken } = element;
        return {
          ...{ endpoint, environment, widget, ticket, getPublicToken },
          getTicket: getTicket && this.#opening.wayTo(getTicket),
          direct: drawsDirectly(element),
          locale: this.#locale.tag,
        };
      },
      stand: () => standOf(element),
      early: (url) => this.#opening.frame(url),
      shown: () => element.updateComplete,
      show: () => {
        // Now, while what is about to go still has the focus.
        this.#hadFocus ||= this.#hasFocus;
        element.requestUpdate();
      },
      tell: (event) => element.dispatchEvent(event),
    };
  }

  readonly #press = (name: Action['name']): void => {
    if (name === 'confirm' || name === 'cancel') this.answer(name);
    else if (name === 'another') this.#flow.feed({ type: 'again' });
    else this.#flow.retry();
  };
}
