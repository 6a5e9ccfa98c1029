import type { ReactiveController, ReactiveControllerHost } from 'lit';

/**
 * Keeps the room that the card has taken: faces differ in height, and what the page shows below must not jump while
 * the recipient reads. Given back when the width changes.
 */
export class RoomController implements ReactiveController {
  readonly #host: ReactiveControllerHost & { readonly renderRoot?: ParentNode };
  #observer: ResizeObserver | null = null;
  #width = 0;
  #height = 0;

  constructor(host: ReactiveControllerHost & { readonly renderRoot?: ParentNode }) {
    this.#host = host;
    host.addController(this);
  }

  hostConnected(): void {
    this.#watch();
  }

  hostUpdated(): void {
    this.#watch();
  }

  hostDisconnected(): void {
    this.#observer?.disconnect();
    this.#observer = null;
  }

  #watch(): void {
    const card = this.#host.renderRoot?.querySelector('.card') ?? null;
    if (card === null || this.#observer !== null) return;
    // Of the window it stands in: that of another complains about what it cannot deliver.
    const window = card.ownerDocument.defaultView ?? globalThis;
    // In the next frame: what changes sizes within the observer's own turn is told to the page as an error.
    this.#observer = new window.ResizeObserver(() => window.requestAnimationFrame(() => this.#keep(card)));
    this.#observer.observe(card);
  }

  #keep(card: Element): void {
    if (!card.isConnected) return;
    const { width, height } = card.getBoundingClientRect();
    this.#height = width === this.#width ? Math.max(this.#height, height) : height;
    this.#width = width;
    const frame = card.parentElement;
    if (frame !== null) frame.style.minBlockSize = `${this.#height}px`;
  }
}
