import { issuePublicToken } from '../../bff/public-token.js';
import type { FlowSettings } from '../../flow/host.js';
import { watchAge } from '../age.js';
import { openAhead } from '../ahead.js';
import type { WidgetContract } from '../contract/contract.js';
import { noteInference } from '../contract/inference.js';
import { isEnvironment, resolveContract } from '../contract/presets.js';
import { loadWidget } from '../load.js';
import { forgeryReport } from '../trust/forgery.js';
import type { Drawing, DrawRequest, StageReports } from './drawing.js';
import { DrawingError } from './errors.js';
import { type LiveWidget, runWidget } from './live.js';
import { awaitPlace, leavePlace, takePlace } from './lock.js';
import { type Place, placeContainer, standsInForm } from './place.js';

/** Name of the slot in the element's shadow root that shows the widget. */
const widgetSlot = 'widget';

/** Whose widget is wanted. */
type WidgetChoice = Pick<FlowSettings, 'environment' | 'widget'>;

/**
 * Draws the widget into the page itself, in light DOM, because its script finds its container by id. Every script
 * of the page can read what is typed there. One at a time per document.
 *
 * @throws DrawingError | LoadError | whatever `authorize` throws
 */
export async function drawDirect({ host, reports, life, authorize, shown }: DrawRequest): Promise<void> {
  const { element } = host;
  const { endpoint } = host.settings();
  const document = element.ownerDocument;
  const contract = contractOf(host.settings());
  checkPlace(element);
  holdPlace(document, reports, life);
  noteInference(contract, document, 'property "widget"');
  const base = endpoint.replace(/\/+$/, '');
  let drawing: DirectDrawing | null = null;
  const end = (): void => {
    drawing?.remove();
    leavePlace(document, life);
  };
  life.addEventListener('abort', end, { once: true });
  try {
    const token = authorize(async (grant) =>
      'publicToken' in grant
        ? grant.publicToken
        : issuePublicToken(base, { ticket: grant.ticket, signal: life }),
    );
    const place = { document, nonce: element.nonce ?? '', signal: life };
    const [publicToken] = await Promise.all([token, loadWidget(contract, place)]);
    life.throwIfAborted();
    drawing = new DirectDrawing(element, contract, publicToken, reports);
    shown(drawing);
    await drawing.put(host.settings().locale);
    drawing.watchAge(life);
  } catch (error) {
    end();
    throw error;
  }
}

/** The form will be wanted soon: opens the connection to the widget's host. */
export function expectDirect(element: HTMLElement & WidgetChoice): void {
  if (!isEnvironment(element.environment)) return;
  const { script, integrity, crossOrigin } = contractOf(element);
  const asked = crossOrigin ?? (integrity.script === null ? null : 'anonymous');
  openAhead(script, element.ownerDocument, asked);
}

/** Refuses places where a direct widget would hand the account number to the page's own form. */
function checkPlace(element: HTMLElement): void {
  if (!standsInForm(element)) return;
  throw new DrawingError(
    'inside-form',
    `<${element.localName}> stands inside a <form>, which would submit what is typed into the bank's form. Move it out of the form.`,
  );
}

/** A slip of the pen must not show the form of another bank, least of all the real one's. */
function contractOf({ environment, widget }: WidgetChoice): WidgetContract {
  if (isEnvironment(environment)) return resolveContract(environment, widget);
  const problem = '<b131-payout> has an unknown "environment": give sandbox, demo or live.';
  console.error(problem);
  throw new DrawingError('misconfigured', problem);
}

function holdPlace(document: Document, reports: StageReports, life: AbortSignal): void {
  if (takePlace(document, life)) return;
  awaitPlace(document, () => reports.freed(), life);
  throw new DrawingError('busy', 'Another <b131-payout> on this page shows the bank\u2019s form');
}

class DirectDrawing implements Drawing {
  readonly #element: HTMLElement;
  readonly #root: Node;
  readonly #contract: WidgetContract;
  readonly #publicToken: string;
  readonly #reports: StageReports;
  readonly #forged: () => void;
  readonly #since = Date.now();
  #place: Place | null = null;
  #widget: LiveWidget | null = null;

  constructor(element: HTMLElement, contract: WidgetContract, publicToken: string, reports: StageReports) {
    this.#element = element;
    this.#root = element.getRootNode();
    this.#contract = contract;
    this.#publicToken = publicToken;
    this.#reports = reports;
    this.#forged = forgeryReport(() => reports.forged());
  }

  get inPlace(): boolean {
    return this.#element.getRootNode() === this.#root && !standsInForm(this.#element);
  }

  speak(locale: string): void {
    if (this.#widget === null || this.#widget.touched) return;
    this.remove();
    this.put(locale).catch(() => this.#reports.stale());
  }

  focus(): void {
    this.#widget?.focus();
  }

  async put(locale: string): Promise<void> {
    const contract = this.#contract;
    const reports = this.#reports;
    this.#place = placeContainer(this.#element, contract.container, widgetSlot);
    this.#widget = runWidget(this.#place.container, {
      ...{ contract, publicToken: this.#publicToken, locale },
      reports: {
        ready() {},
        result: (result) => reports.tokenized(result),
        error: (code) => reports.failed(contract.spentTokenCodes.includes(code)),
        forged: this.#forged,
      },
    });
    await this.#widget.drawn;
  }

  watchAge(signal: AbortSignal): void {
    watchAge({
      document: this.#element.ownerDocument,
      since: this.#since,
      lifetime: this.#contract.tokenLifetime,
      touched: () => this.#widget?.touched ?? false,
      stale: () => this.#reports.stale(),
      signal,
    });
  }

  remove(): void {
    this.#widget?.remove();
    this.#place?.remove();
  }
}
