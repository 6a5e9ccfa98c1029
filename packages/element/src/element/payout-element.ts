import { html, LitElement, type PropertyDeclarations, type PropertyValues, type TemplateResult } from 'lit';
import type { PayoutView } from '../bff/payout.js';
import type { Course } from '../course/course.js';
import { B131ErrorEvent } from '../events/error.js';
import type { Mode } from '../flow/state.js';
import type { GetTicket } from '../flow/tickets.js';
import { nearestLanguage } from '../locales/nearest.js';
import { nearestTo } from '../locales/registry.js';
import { canAsk, openingFace } from '../opening/face.js';
import { Opening } from '../opening/opening.js';
import { firstTexts } from '../opening/texts.js';
import { type CoursePart, courseNow, loadCourse } from '../parts/parts.js';
import { openingStyles } from '../styles/opening.js';
import { wear } from '../styles/wear.js';
import type { WidgetOverride } from '../widget/contract/contract.js';
import type { WidgetEnvironment } from '../widget/contract/presets.js';

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

  readonly #opening = new Opening(this);
  #course: Course | null = null;
  #loading: Promise<void> | null = null;
  #failed = false;
  #begun = false;

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
    const there = courseNow();
    if (there !== null) this.#course = new there.Course(this, this.#opening);
  }

  /** The payout on show, or null while there is none. */
  get payout(): PayoutView | null {
    return this.#course?.payout ?? null;
  }

  /** Goes on after a prevented `b131-token`. False when no token is held back. */
  startPayout(): boolean {
    return this.#course?.startPayout() ?? false;
  }

  /** Begins anew with a new public token. False, and without effect, while money is in flight. */
  reset(): boolean {
    if (this.#course !== null) return this.#course.reset();
    if (this.#begun) this.#beginAnew();
    return true;
  }

  /** The recipient confirms the payout. False unless it waits for that. */
  confirm(): boolean {
    return this.#course?.answer('confirm') ?? false;
  }

  /** The recipient cancels the payout. False unless it waits for confirmation. */
  cancel(): boolean {
    return this.#course?.answer('cancel') ?? false;
  }

  /** Brings the focus into the bank's form, or to what is said instead of it. */
  override focus(options?: FocusOptions): void {
    if (!this.#course?.focusForm()) this.renderRoot?.querySelector<HTMLElement>('#title')?.focus(options);
  }

  override attributeChangedCallback(name: string, old: string | null, value: string | null): void {
    if (name === 'ticket' && value === null) return;
    super.attributeChangedCallback(name, old, value);
    if (name === 'ticket') this.removeAttribute('ticket');
  }

  override connectedCallback(): void {
    super.connectedCallback();
    if (!this.#begun && this.hasUpdated) this.#begin();
    else if (this.#begun) this.#moved();
  }

  /** Moved by `moveBefore`: a frame, and what was typed, have come along. */
  connectedMoveCallback(): void {
    this.#moved();
  }

  /** In another document there are neither its style sheets nor its form. */
  adoptedCallback(): void {
    this.#dress();
    this.#course?.adopted();
  }

  /** Moving the element within the page disconnects and connects it at once: only a real farewell ends the flow. */
  override disconnectedCallback(): void {
    super.disconnectedCallback();
    this.#opening.drop();
    queueMicrotask(() => {
      if (this.isConnected) return;
      this.#begun = false;
      this.#course?.stop();
    });
  }

  /** Resolves when the course is there as well, or cannot be had. */
  protected override async getUpdateComplete(): Promise<boolean> {
    await super.getUpdateComplete();
    await this.#loading;
    return super.getUpdateComplete();
  }

  protected override createRenderRoot(): HTMLElement | DocumentFragment {
    const root = this.shadowRoot ?? this.attachShadow({ mode: 'open' });
    this.#dress();
    return root;
  }

  protected override willUpdate(changed: PropertyValues): void {
    if (this.#begun) this.#follow(changed);
    // Before the card is drawn: the requests are on their way meanwhile.
    else if (this.isConnected && !this.hasUpdated) this.#begin();
    else return;
    this.#course?.followLanguage();
  }

  protected override updated(): void {
    if (this.#course !== null) this.#course.bringNews(this.renderRoot);
    else if (this.#failed) this.#sayFailure();
    else if (this.#begun && canAsk(this)) this.#opening.put();
  }

  protected override render(): TemplateResult {
    const language = nearestTo(this.locale || nearestLanguage(this), firstTexts);
    return html`
      <div class="frame" lang=${language.tag}>
        ${this.#course?.face() ?? openingFace(this, language, this.#failed)}
        <p class="unseen" role="status" aria-live="polite"></p>
      </div>
    `;
  }

  #begin(): void {
    this.#begun = true;
    this.#opening.expect();
    if (this.#course !== null) {
      this.#course.begin();
      return;
    }
    this.#opening.ask();
    this.#failed = false;
    this.#loading ??= loadCourse()
      .then(this.#arrived, this.#missed)
      .finally(() => {
        this.#loading = null;
      });
  }

  readonly #arrived = ({ Course }: CoursePart): void => {
    this.#course = new Course(this, this.#opening);
    this.#dress();
    if (this.#begun) this.#course.begin();
    this.#opening.drop();
    this.requestUpdate();
  };

  readonly #missed = (error: unknown): void => {
    if (!this.#begun) return;
    console.error('<b131-payout> could not be loaded in full:', error);
    this.#failed = true;
    this.#opening.drop();
    this.requestUpdate();
    this.dispatchEvent(new B131ErrorEvent(navigator.onLine ? 'load-failed' : 'offline', true));
  };

  #sayFailure(): void {
    const [title, next, status] = this.renderRoot.querySelectorAll('#title, #next, [role=status]');
    if (status) status.textContent = `${title?.textContent}. ${next?.textContent}`;
  }

  /** The page has changed its settings. */
  #follow(changed: PropertyValues): void {
    if (this.#course !== null) this.#course.follow(changed);
    else if (changed.size > 0) this.#beginAnew();
  }

  #beginAnew(): void {
    this.#opening.drop();
    this.#begin();
    this.requestUpdate();
  }

  #moved(): void {
    this.#course?.moved();
    this.requestUpdate();
  }

  /** In the clothes of what is there by now. */
  #dress(): void {
    if (this.shadowRoot !== null) wear(this.shadowRoot, courseNow()?.styles ?? openingStyles);
  }
}

declare global {
  interface HTMLElementTagNameMap {
    'b131-payout': B131Payout;
  }
}
