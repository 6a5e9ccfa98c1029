import type { LitElement, PropertyValues, TemplateResult } from 'lit';
import type { PayoutView } from '../bff/payout.js';
import { face } from '../faces/face.js';
import { type Action, type View, viewOf } from '../faces/view.js';
import { Flow } from '../flow/flow.js';
import type { FlowHost } from '../flow/host.js';
import { type Mode, moneyInFlight } from '../flow/state.js';
import { findLocale, type Locale } from '../locales/find.js';
import { LanguageController } from '../locales/language.js';
import type { Summary } from '../opening/summary.js';
import { News } from './news.js';
import { RoomController } from './room.js';

export { styles } from '../styles/index.js';

/** The element, as the course of its payout sees it. */
export interface CourseHost extends FlowHost {
  readonly element: LitElement;
  mode(): Mode;
  /** What the page, or the nearest `lang`, names. */
  language(): string | null;
  /** What is known of the payout before there is one. */
  summary(): Summary | null;
  hasFocus(): boolean;
}

/** Properties that begin everything anew, unless money is in flight; a frame knows nothing of the latter two. */
const always = ['mode', 'endpoint', 'direct'];
const whenDirect = ['environment', 'widget'];

/** The course of a payout: all that an element shows and does from the bank's form to the money. */
export class Course {
  readonly #host: CourseHost;
  readonly #flow: Flow;
  readonly #news = new News();
  #hadFocus = false;
  #tag = '';

  constructor(host: CourseHost) {
    const { element } = host;
    this.#host = host;
    this.#flow = new Flow(host);
    new LanguageController(element, () => element.requestUpdate());
    new RoomController(element);
    const online = (): void => this.#flow.online();
    element.addController({
      hostConnected: () => window.addEventListener('online', online),
      hostDisconnected: () => window.removeEventListener('online', online),
    });
  }

  get payout(): PayoutView | null {
    const { step } = this.#flow.state;
    return step.at === 'payout' ? step.payout : null;
  }

  begin(): void {
    this.#flow.begin(this.#host.mode());
  }

  stop(): void {
    this.#flow.stop();
  }

  moved(): void {
    this.#flow.moved();
  }

  adopted(): void {
    this.#flow.adopted();
  }

  startPayout(): boolean {
    return this.#host.mode() === 'payout' && this.#flow.feed({ type: 'start' });
  }

  reset(): boolean {
    return this.#flow.reset();
  }

  answer(answer: 'confirm' | 'cancel'): boolean {
    return this.#flow.feed({ type: 'answer', answer });
  }

  focusForm(): boolean {
    return this.#flow.focusForm();
  }

  /** The page has changed its settings. */
  follow(changed: PropertyValues): void {
    const { direct, ticket } = this.#host.settings();
    const anew = (direct ? [...always, ...whenDirect] : always).some((name) => changed.has(name));
    if (anew && !moneyInFlight(this.#flow.state)) this.begin();
    else if (changed.has('ticket') && ticket) this.#flow.newTicket();
    else if (changed.has('getTicket') || changed.has('getPublicToken')) this.#flow.newSource();
  }

  /** The language may have changed. */
  followLanguage(): void {
    const { tag } = this.#locale;
    if (tag === this.#tag) return;
    this.#tag = tag;
    this.#flow.relocate();
  }

  /** What is on show is about to go, and may still have the focus. */
  leave(): void {
    this.#hadFocus ||= this.#host.hasFocus();
  }

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
    return findLocale(this.#host.language());
  }

  #view(locale: Locale): View {
    return viewOf(this.#flow.state, locale, this.#host.summary());
  }

  readonly #press = (name: Action['name']): void => {
    if (name === 'confirm' || name === 'cancel') this.answer(name);
    else if (name === 'another') this.#flow.feed({ type: 'again' });
    else this.#flow.retry();
  };
}
