import type { ReactiveController, ReactiveControllerHost } from 'lit';
import { hostOf } from '../dom/around.js';
import { onRegistered } from './registry.js';

/** Redraws its element when a `lang` around it changes or a language is registered. */
export class LanguageController implements ReactiveController {
  readonly #host: ReactiveControllerHost & Element;
  readonly #changed: () => void;
  #observer: MutationObserver | null = null;
  #forget: (() => void) | null = null;

  constructor(host: ReactiveControllerHost & Element, changed: () => void) {
    this.#host = host;
    this.#changed = changed;
    host.addController(this);
  }

  hostConnected(): void {
    this.#observer = new MutationObserver(this.#changed);
    let at: Element | null = this.#host;
    while (at !== null) {
      const root: Node = at.getRootNode();
      this.#observer.observe(root, { attributes: true, attributeFilter: ['lang'], subtree: true });
      at = hostOf(root);
    }
    this.#forget = onRegistered(this.#changed);
    // It may stand among another language now.
    this.#changed();
  }

  hostDisconnected(): void {
    this.#observer?.disconnect();
    this.#forget?.();
  }
}
