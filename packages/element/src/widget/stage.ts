import type { FlowHost } from '../flow/host.js';
import type { Drawing, DrawRequest, StageReports } from './drawing/drawing.js';
import { drawFramed } from './drawing/framed.js';

/** Brings the bank's widget onto the page and takes it away again. */
export class WidgetStage {
  readonly #host: FlowHost;
  readonly #reports: StageReports;
  #drawing: Drawing | null = null;
  #end = new AbortController();

  constructor(host: FlowHost, reports: StageReports) {
    this.#host = host;
    this.#reports = reports;
  }

  /**
   * Draws the widget. Resolves when the form can be used.
   *
   * @throws DrawingError | LoadError | whatever `authorize` throws
   */
  async draw(authorize: DrawRequest['authorize']): Promise<void> {
    this.clear();
    const life = this.#end.signal;
    const { direct, endpoint } = this.#host.settings();
    const draw = direct || endpoint === '' ? await loadDirect() : drawFramed;
    life.throwIfAborted();
    await draw({
      host: this.#host,
      reports: this.#reports,
      life,
      authorize,
      shown: (drawing) => {
        this.#drawing = drawing;
      },
    });
  }

  /** The language has changed: an untouched form follows. */
  speak(locale: string): void {
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
    this.#drawing = null;
  }
}

/** Only pages that draw directly pay for it. */
async function loadDirect(): Promise<(request: DrawRequest) => Promise<void>> {
  return (await import('./drawing/direct.js')).drawDirect;
}
