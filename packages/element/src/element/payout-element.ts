import { html, LitElement, type PropertyDeclarations, type PropertyValues, type TemplateResult } from 'lit';
import type { PayoutView } from '../bff/payout.js';
import { card } from '../faces/card.js';
import type { Action, View } from '../faces/view.js';
import { viewOf } from '../faces/view.js';
import { Flow } from '../flow/flow.js';
import type { FlowHost, FlowSettings } from '../flow/host.js';
import { type Mode, moneyInFlight, type State } from '../flow/state.js';
import { summaryOf } from '../flow/summary.js';
import type { GetTicket } from '../flow/tickets.js';
import { LanguageController, nearestLanguage } from '../locales/language.js';
import { findLocale, type Locale } from '../locales/registry.js';
import { styles } from '../styles/index.js';
import { wear } from '../styles/wear.js';
import type { WidgetOverride } from '../widget/contract/contract.js';
import type { WidgetEnvironment } from '../widget/contract/presets.js';
import { News } from './news.js';
import { RoomController } from './room.js';

/** Properties that begin everything anew, unless money is in flight; a frame knows nothing of the latter two. */
const always = ['mode', 'endpoint', 'direct'];
const whenDirect = ['environment', 'widget'];

/**
 * `<b131-payout>`: takes a recipient from the bank's form to the money.
 *
 * @tagname b131-payout
 *
 * @fires {B131ReadyEvent} b131-ready - The bank's form can be filled in.
 * @fires {B131TokenEvent} b131-token - The bank has given a token; cancelable.
 * @fires {B131StatusEvent} b131-status - The payout has changed.
 * @fires {B131SuccessEvent} b131-success - The payout is paid.
 * @fires {B131FailureEvent} b131-failure - The payout has failed, was cancelled or came back.
 * @fires {B131ErrorEvent} b131-error - The element cannot go on.
 *
 * @slot widget - The element's own: the bank's form, drawn into the page. Nothing else belongs there.
 *
 * @csspart card - The whole.
 * @csspart summary - Amount and purpose at the top.
 * @csspart amount - The amount in the summary.
 * @csspart steps - The progress line.
 * @csspart body - All below the progress line.
 * @csspart icon - The icon above the news.
 * @csspart title - The heading.
 * @csspart text - What has happened.
 * @csspart notice - What the recipient should know besides.
 * @csspart facts - Account, purpose and dates.
 * @csspart money - Whether money has moved.
 * @csspart next - What comes next.
 * @csspart actions - The row of buttons.
 * @csspart button - Every button.
 * @csspart confirm - The button that confirms.
 * @csspart cancel - The button that cancels.
 * @csspart another - The button that leads back to the form.
 * @csspart retry - The button that tries again.
 * @csspart code - The error's code, for support.
 * @csspart form - The place of the bank's form.
 * @csspart skeleton - The placeholder while the form loads.
 * @csspart note - The note below the form.
 *
 * @cssproperty [--b131-font=system-ui] - Font; `inherit` takes the page's.
 * @cssproperty [--b131-text=#151a23] - Text.
 * @cssproperty [--b131-muted=#5a6475] - Text of less weight.
 * @cssproperty [--b131-surface=#ffffff] - The card.
 * @cssproperty [--b131-subtle=#f0f3f7] - Placeholders.
 * @cssproperty [--b131-border=#e1e6ed] - Lines.
 * @cssproperty [--b131-accent=#1f4ed8] - Progress and buttons.
 * @cssproperty [--b131-accent-hover=#1a41b5] - Buttons under the pointer.
 * @cssproperty [--b131-on-accent=#ffffff] - Text on buttons.
 * @cssproperty [--b131-info=#1f4ed8] - Icons of news that ask for attention.
 * @cssproperty [--b131-info-soft=#ecf1fe] - Their ground.
 * @cssproperty [--b131-good=#0a7247] - Icons of good news.
 * @cssproperty [--b131-good-soft=#e5f5ed] - Their ground.
 * @cssproperty [--b131-warn=#855400] - Icons of warnings.
 * @cssproperty [--b131-warn-soft=#fdf3dc] - Their ground.
 * @cssproperty [--b131-bad=#b3261e] - Icons of bad news.
 * @cssproperty [--b131-bad-soft=#fcebea] - Their ground.
 * @cssproperty [--b131-shadow=0 1px 2px rgb(16 24 40 / 5%), 0 12px 32px -12px rgb(16 24 40 / 14%)] - Shadow of the card.
 * @cssproperty [--b131-radius=1rem] - Corners of the card.
 * @cssproperty [--b131-control-radius=0.625rem] - Corners of buttons and notices.
 * @cssproperty [--b131-padding=clamp(1.125rem, 6cqi, 2rem)] - Space inside the card.
 * @cssproperty [--b131-width=30rem] - Greatest width.
 * @cssproperty [--b131-form-height=26rem] - Height kept while the bank's form loads, so that nothing jumps.
 */
export class B131Payout extends LitElement {
  static override readonly styles = styles;

  static override readonly properties: PropertyDeclarations = {
    endpoint: {},
    direct: { type: Boolean },
    mode: {},
    environment: {},
    locale: {},
    widget: { attribute: false, hasChanged: (now, old) => JSON.stringify(now) !== JSON.stringify(old) },
    ticket: {},
    getTicket: { attribute: false },
    getPublicToken: { attribute: false },
    _state: { state: true },
  };

  /** Where the backend-for-frontend is mounted, e.g. `https://pay.example/b131`. */
  declare endpoint: string;
  /**
   * Draws the bank's form in the page itself instead of in a frame of the endpoint's. Every script of the page can then
   * read what is typed there. Without an endpoint there is no other way.
   */
  declare direct: boolean;
  /** `payout` (default) or `token`. */
  declare mode: Mode;
  /** Whose widget is drawn directly: `live` (default), `demo` or `sandbox`. A framed one is the backend's to choose. */
  declare environment: WidgetEnvironment;
  /** Language of the element; default: the nearest `lang`. */
  declare locale: string | null;
  /** Corrections to the contract of a direct widget: data, never code. A framed one has those of the backend. */
  declare widget: WidgetOverride | null;
  /** The payout ticket. As an attribute it is read once and removed; it is never reflected. */
  declare ticket: string | null;
  /** Gets a ticket when one is needed, and again when it has expired. */
  declare getTicket: GetTicket | null;
  /** Token mode without a backend-for-frontend: gets a public token for each form. */
  declare getPublicToken: (() => Promise<string>) | null;
  declare private _state: State;

  readonly #flow: Flow;
  readonly #news = new News();
  #begun = false;
  #hadFocus = false;
  #tag = '';

  constructor() {
    super();
    this.endpoint = '';
    this.direct = false;
    this.mode = 'payout';
    this.environment = 'live';
    this.locale = null;
    this.widget = null;
    this.ticket = null;
    this.getTicket = null;
    this.getPublicToken = null;
    this.#flow = new Flow(this.#flowHost());
    this._state = this.#flow.state;
    new LanguageController(this, () => this.requestUpdate());
    new RoomController(this);
  }

  /** The payout on show, or null while there is none. */
  get payout(): PayoutView | null {
    const { step } = this._state;
    return step.at === 'payout' ? step.payout : null;
  }

  /** Goes on after a prevented `b131-token`. False when no token is held back. */
  startPayout(): boolean {
    return this.mode === 'payout' && this.#flow.feed({ type: 'start' });
  }

  /** Begins anew with a new public token. False, and without effect, while money is in flight. */
  reset(): boolean {
    return this.#flow.reset();
  }

  /** The recipient confirms the payout. False unless it waits for that. */
  confirm(): boolean {
    return this.#flow.feed({ type: 'answer', answer: 'confirm' });
  }

  /** The recipient cancels the payout. False unless it waits for confirmation. */
  cancel(): boolean {
    return this.#flow.feed({ type: 'answer', answer: 'cancel' });
  }

  /** Brings the focus into the bank's form, or to what is said instead of it. */
  override focus(options?: FocusOptions): void {
    if (!this.#flow.focusForm()) this.renderRoot?.querySelector<HTMLElement>('#title')?.focus(options);
  }

  override attributeChangedCallback(name: string, old: string | null, value: string | null): void {
    if (name === 'ticket' && value === null) return;
    super.attributeChangedCallback(name, old, value);
    if (name === 'ticket') this.removeAttribute('ticket');
  }

  override connectedCallback(): void {
    super.connectedCallback();
    window.addEventListener('online', this.#online);
    if (this.#begun) this.#flow.moved();
    else if (this.hasUpdated) this.#begin();
  }

  /** Moved by `moveBefore`: a frame, and what was typed, have come along. */
  connectedMoveCallback(): void {
    this.#flow.moved();
    this.requestUpdate();
  }

  /** In another document there are neither its style sheets nor its form. */
  adoptedCallback(): void {
    if (this.shadowRoot !== null) wear(this.shadowRoot, styles);
    this.#flow.adopted();
  }

  /** Moving the element within the page disconnects and connects it at once: only a real farewell ends the flow. */
  override disconnectedCallback(): void {
    super.disconnectedCallback();
    window.removeEventListener('online', this.#online);
    queueMicrotask(() => {
      if (this.isConnected) return;
      this.#begun = false;
      this.#flow.stop();
    });
  }

  protected override createRenderRoot(): HTMLElement | DocumentFragment {
    if (this.ownerDocument === document) return super.createRenderRoot();
    const root = this.shadowRoot ?? this.attachShadow({ mode: 'open' });
    wear(root, styles);
    return root;
  }

  protected override willUpdate(changed: PropertyValues): void {
    if (this.#begun) this.#follow(changed);
    // Before the card is drawn: the requests are on their way meanwhile.
    else if (this.isConnected && !this.hasUpdated) this.#begin();
    else return;
    this.#followLanguage();
  }

  protected override updated(): void {
    const locale = this.#locale;
    this.#news.bring(this.#view(locale), locale.tag, this.renderRoot, this.#hadFocus);
    this.#hadFocus = false;
  }

  protected override render(): TemplateResult {
    const locale = this.#locale;
    const view = this.#view(locale);
    return html`
      <div class="frame" lang=${locale.tag}>
        ${card(view, locale.texts, this.#press)}
        <p class="unseen" role="status" aria-live="polite"></p>
      </div>
    `;
  }

  /** The page has changed its settings. */
  #follow(changed: PropertyValues): void {
    const anew = (this.#isDirect ? [...always, ...whenDirect] : always).some((name) => changed.has(name));
    if (anew && !moneyInFlight(this._state)) this.#begin();
    else if (changed.has('ticket') && this.ticket) this.#flow.newTicket();
    else if (changed.has('getTicket') || changed.has('getPublicToken')) this.#flow.newSource();
  }

  #followLanguage(): void {
    const { tag } = this.#locale;
    if (tag === this.#tag) return;
    this.#tag = tag;
    this.#flow.relocate();
  }

  get #isDirect(): boolean {
    return this.direct || this.endpoint === '';
  }

  get #locale(): Locale {
    return findLocale(this.locale || nearestLanguage(this));
  }

  #view(locale: Locale): View {
    return viewOf(this._state, locale, summaryOf(this.ticket));
  }

  #begin(): void {
    this.#begun = true;
    this.#flow.begin(this.mode === 'token' ? 'token' : 'payout');
  }

  /** A page that has the focus in its frame does not match `:focus-within`. */
  get #hasFocus(): boolean {
    return this.matches(':focus-within') || (this.shadowRoot?.activeElement ?? null) !== null;
  }

  readonly #online = (): void => this.#flow.online();

  readonly #press = (name: Action['name']): void => {
    if (name === 'confirm') this.confirm();
    else if (name === 'cancel') this.cancel();
    else if (name === 'another') this.#flow.feed({ type: 'again' });
    else this.#flow.retry();
  };

  #flowHost(): FlowHost {
    return {
      element: this,
      settings: (): FlowSettings => ({
        endpoint: this.endpoint,
        direct: this.#isDirect,
        environment: this.environment,
        widget: this.widget,
        locale: this.#locale.tag,
        ticket: this.ticket,
        getTicket: this.getTicket,
        getPublicToken: this.getPublicToken,
      }),
      stand: () => this.renderRoot?.querySelector('slot[name=widget]') ?? null,
      shown: () => this.updateComplete,
      show: (state) => {
        // Now, while what is about to go still has the focus.
        this.#hadFocus ||= this.#hasFocus;
        this._state = state;
      },
      tell: (event) => this.dispatchEvent(event),
    };
  }
}

declare global {
  interface HTMLElementTagNameMap {
    'b131-payout': B131Payout;
  }
}
