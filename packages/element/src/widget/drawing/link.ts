import { greeting } from '../../frame/greeting.js';
import type { ToFrame, ToPage } from '../../frame/protocol.js';
import { type Frame, framesOf } from '../../opening/frame.js';

/** How a page talks to the page in its frame. */
export interface LinkOptions {
  readonly frame: Frame;
  /** The frame's page is there (again); `send` reaches it. */
  greeted(send: (order: ToFrame) => void): void;
  hear(news: ToPage): void;
  /** Somebody else has claimed to be the frame. */
  forged(): void;
  /** Ends the link. */
  readonly signal: AbortSignal;
}

/**
 * Answers the greeting of a frame's page with one end of a channel, over which everything else is said; the frame's own
 * origin alone may speak. A greeting of another window or origin is not answered, and reported unless it is that of
 * another tag's frame.
 */
export function openLink({ frame, greeted, hear, forged, signal }: LinkOptions): void {
  const { element, url } = frame;
  const frames = framesOf(element.ownerDocument);
  let port: MessagePort | null = null;
  const isKnown = (source: unknown): boolean =>
    [...frames].some(({ contentWindow }) => contentWindow === source);

  signal.addEventListener('abort', () => port?.close(), { once: true });
  frame.greetings.by(({ source, origin }) => {
    if (source === null) return;
    if (source !== element.contentWindow || origin !== url.origin) {
      if (source === element.contentWindow || !isKnown(source)) forged();
      return;
    }
    const { port1, port2 } = new MessageChannel();
    port?.close();
    port = port1;
    port1.onmessage = (event: MessageEvent<ToPage>) => hear(event.data);
    element.contentWindow?.postMessage(greeting('welcome'), url.origin, [port2]);
    greeted((order) => port1.postMessage(order));
  });
}
