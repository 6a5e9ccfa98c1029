import type { FlowHost } from '../../flow/host.js';
import type { Grant } from '../../frame/protocol.js';
import type { TokenResult } from '../result/read.js';

/** What a drawing reports. */
export interface StageReports {
  tokenized(result: TokenResult): void;
  /** The widget reports an error; `spent`: its public token cannot be used any more. */
  failed(spent: boolean): void;
  /** Somebody else has tried to pass a token off as the widget's. */
  forged(): void;
  /** The public token has grown old and nobody has typed anything. */
  stale(): void;
  /** The form has gone, although nobody has taken it away: its frame was loaded anew. */
  lost(): void;
  /** The page's one place for a direct widget may be free. */
  freed(): void;
}

/** What drawing the bank's widget needs. */
export interface DrawRequest {
  readonly host: FlowHost;
  readonly reports: StageReports;
  /** Ends when the drawing is to be gone. */
  readonly life: AbortSignal;
  /** Does something with the page's public token or with a ticket; with a new one, when that has expired. */
  authorize<T>(work: (grant: Grant) => Promise<T>): Promise<T>;
  /** To be called once there is something on the page. */
  shown(drawing: Drawing): void;
}

/**
 * Draws the widget. Resolves when the form can be used; one that fails leaves nothing behind.
 *
 * @throws DrawingError | LoadError | whatever `authorize` throws
 */
export type Draw = (request: DrawRequest) => Promise<void>;

/** One live widget on the page: in a frame of the backend's (`framed`), or in the page itself (`direct`). */
export interface Drawing {
  /** False when the element was moved to where its widget cannot follow. */
  readonly inPlace: boolean;
  /** Speaks another language from now on, unless the recipient has touched the form. */
  speak(locale: string): void;
  /** Brings the focus into the form. */
  focus(): void;
}
