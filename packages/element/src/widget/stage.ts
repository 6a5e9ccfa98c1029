import type { FlowHost } from '../flow/host.js';
import type { WidgetContract } from './contract/contract.js';
import { isEnvironment } from './contract/presets.js';
import { checkPlace, drawDirect } from './drawing/direct.js';
import type { Drawing } from './drawing/drawing.js';
import { DrawingError } from './drawing/errors.js';
import { awaitPlace, leavePlace, takePlace } from './drawing/lock.js';
import { loadWidget, preconnectWidget } from './load.js';
import type { TokenResult } from './result/read.js';
import { forgeryReport } from './trust/forgery.js';

/** What the stage reports. */
export interface StageReports {
  tokenized(result: TokenResult): void;
  /** The widget reports an error; `spent`: its public token cannot be used any more. */
  failed(spent: boolean): void;
  /** Somebody else has tried to pass a token off as the widget's. */
  forged(): void;
  /** The public token has grown old and nobody has typed anything. */
  stale(): void;
  /** The page's one place for a widget may be free. */
  freed(): void;
}

interface Shown {
  readonly drawing: Drawing;
  readonly contract: WidgetContract;
  readonly publicToken: string;
  readonly since: number;
}

/** Brings the bank's widget onto the page and takes it away again: one at a time per document. */
export class WidgetStage {
  readonly #host: FlowHost;
  readonly #reports: StageReports;
  #shown: Shown | null = null;
  #end = new AbortController();

  constructor(host: FlowHost, reports: StageReports) {
    this.#host = host;
    this.#reports = reports;
  }

  /** The form will be wanted soon: opens the connection to its host. */
  expect(): void {
    const { contract, environment } = this.#host.settings();
    if (isEnvironment(environment)) preconnectWidget(contract, this.#host.element.ownerDocument);
  }

  /**
   * Loads the widget and gets a public token side by side, then draws. Resolves when the form can be used.
   *
   * @throws DrawingError | LoadError | whatever `publicToken` throws
   */
  async draw(publicToken: (signal: AbortSignal) => Promise<string>, signal: AbortSignal): Promise<void> {
    this.clear();
    const { element } = this.#host;
    const { contract } = this.#host.settings();
    const document = element.ownerDocument;
    checkPlace(element);
    this.#takePlace(document);
    noteInference(contract, document);
    try {
      const [token] = await Promise.all([publicToken(signal), loadWidget(contract, element, signal)]);
      signal.throwIfAborted();
      await this.#put(contract, token);
    } catch (error) {
      if (!signal.aborted) this.clear();
      throw error;
    }
    this.#watchAge(document);
  }

  /** Draws the form anew with the same public token, unless the recipient has touched it. */
  redraw(): void {
    if (this.#shown === null || this.#shown.drawing.touched) return;
    const { contract, publicToken, drawing } = this.#shown;
    drawing.remove();
    this.#put(contract, publicToken).catch(() => this.#reports.stale());
  }

  /** False when the element was moved to where its widget cannot follow. */
  get inPlace(): boolean {
    return this.#shown?.drawing.inPlace ?? true;
  }

  /** Takes the widget away and gives the place back. */
  clear(): void {
    this.#end.abort();
    this.#end = new AbortController();
    this.#shown?.drawing.remove();
    this.#shown = null;
    leavePlace(this.#host.element.ownerDocument, this);
  }

  #takePlace(document: Document): void {
    if (takePlace(document, this)) return;
    awaitPlace(document, () => this.#reports.freed(), this.#end.signal);
    throw new DrawingError('busy', 'Another <b131-payout> on this page shows the bank\u2019s form');
  }

  async #put(contract: WidgetContract, publicToken: string): Promise<void> {
    const { drawing, drawn } = drawDirect({
      host: this.#host.element,
      contract,
      publicToken,
      locale: this.#host.settings().locale,
      reports: {
        ready() {},
        result: (result) => this.#reports.tokenized(result),
        error: (code) => this.#reports.failed(contract.spentTokenCodes.includes(code)),
        forged: forgeryReport(() => this.#reports.forged()),
      },
    });
    this.#shown = { drawing, contract, publicToken, since: Date.now() };
    await drawn;
  }

  /** People leave tabs open for days: coming back to one, an old token is replaced before anything is typed. */
  #watchAge(document: Document): void {
    const look = (): void => {
      if (document.visibilityState !== 'visible' || this.#shown === null) return;
      const { since, drawing, contract } = this.#shown;
      if (!drawing.touched && Date.now() - since > contract.tokenLifetime) this.#reports.stale();
    };
    document.addEventListener('visibilitychange', look, { signal: this.#end.signal });
  }
}

const noted = new WeakSet<Document>();

/** Says once per page that the contract in use rests on inference. */
function noteInference(contract: WidgetContract, document: Document): void {
  if (!contract.inferred || noted.has(document)) return;
  noted.add(document);
  console.info(
    `<b131-payout>: Bank 131 has not published the page of its tokenization widget; ${contract.script} and its names are inferred. Check them with the bank and correct them by the "widget" property ("inferred: false" silences this note).`,
  );
}
