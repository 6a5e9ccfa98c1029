import type { FlowHost } from '../flow/host.js';
import type { Grant } from '../frame/protocol.js';
import { directNow, loadDirect } from '../parts/parts.js';
import type { Drawing, StageReports } from './drawing/drawing.js';
import { drawFramed } from './drawing/framed.js';

/** Does something with a ticket or public token, until the signal says that the drawing is of no interest any more. */
type Authorize = <T>(work: (grant: Grant) => Promise<T>, signal: AbortSignal) => Promise<T>;

/** Brings the bank's widget onto the page and takes it away again. */
export class WidgetStage {
  readonly #host: FlowHost;
  readonly #reports: StageReports;
  #drawn: Promise<void> | null = null;
  #drawing: Drawing | null = null;
  #locale = '';
  #end = new AbortController();

  constructor(host: FlowHost, reports: StageReports) {
    this.#host = host;
    this.#reports = reports;
  }

  /**
   * Draws the widget, or goes on with the drawing that was begun. Resolves when the form can be used.
   *
   * @throws DrawingError | LoadError | whatever `authorize` throws
   */
  draw(authorize: Authorize): Promise<void> {
    this.#drawn ??= this.#begin(authorize, this.#end.signal);
    return this.#drawn;
  }

  async #begin(authorize: Authorize, life: AbortSignal): Promise<void> {
    const { direct, locale } = this.#host.settings();
    this.#locale = locale;
    const draw = direct ? (directNow() ?? (await loadDirect())).drawDirect : drawFramed;
    life.throwIfAborted();
    await draw({
      host: this.#host,
      reports: this.#reports,
      life,
      authorize: (work) => authorize(work, life),
      shown: (drawing) => {
        this.#drawing = drawing;
      },
    });
  }

  /** In case the language has changed: an untouched form follows. */
  speak(locale: string): void {
    if (locale === this.#locale) return;
    this.#locale = locale;
    this.#drawing?.speak(locale);
  }

  /** Brings the focus into the form. */
  focus(): void {
    this.#drawing?.focus();
  }

  /** False when the element was moved to where its widget cannot follow. */
  get inPlace(): boolean {
    return this.#drawing?.inPlace ?? true;
  }

  /** Takes the widget away and gives the place back. */
  clear(): void {
    this.#end.abort();
    this.#end = new AbortController();
    this.#drawn = null;
    this.#drawing = null;
  }
}
