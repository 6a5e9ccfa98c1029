import type { FlowHost } from '../flow/host.js';
import { openAhead } from './ahead.js';
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

  /** The form will be wanted soon: opens the connections that it needs. */
  expect(): void {
    const { direct, endpoint } = this.#host.settings();
    if (endpoint !== '') openAhead(endpoint, this.#host.element.ownerDocument, 'anonymous');
    if (direct) loadDirect().then(({ expectDirect }) => expectDirect(this.#host), ignored);
  }

  /**
   * Draws the widget. Resolves when the form can be used.
   *
   * @throws DrawingError | LoadError | whatever `authorize` throws
   */
  async draw(authorize: DrawRequest['authorize']): Promise<void> {
    this.clear();
    const life = this.#end.signal;
    const draw = this.#host.settings().direct ? (await loadDirect()).drawDirect : drawFramed;
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
function loadDirect(): Promise<typeof import('./drawing/direct.js')> {
  return import('./drawing/direct.js');
}

/** It is told when the form is wanted. */
function ignored(): void {}
