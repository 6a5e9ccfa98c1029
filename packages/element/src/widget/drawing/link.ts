import { greeting, isGreeting, type ToFrame, type ToPage } from '../../frame/protocol.js';

/** How a page talks to the page in its frame. */
export interface LinkOptions {
  readonly frame: HTMLIFrameElement;
  /** The one origin from which the frame's page may speak. */
  readonly origin: string;
  /** The frame's page is there (again); `send` reaches it. */
  greeted(send: (order: ToFrame) => void): void;
  hear(news: ToPage): void;
  /** Somebody else has claimed to be the frame. */
  forged(): void;
  /** Ends the link. */
  readonly signal: AbortSignal;
}

/**
 * Waits for the greeting of a frame's page and answers it with one end of a channel, over which everything else is
 * said. A greeting of another window or origin is not answered, and reported unless it is that of another tag's frame.
 */
export function openLink({ frame, origin, greeted, hear, forged, signal }: LinkOptions): void {
  const document = frame.ownerDocument;
  let port: MessagePort | null = null;
  const frames = framesOf(document);
  frames.add(frame);
  const isKnown = (source: unknown): boolean =>
    [...frames].some(({ contentWindow }) => contentWindow === source);

  const onMessage = ({ data, source, origin: from }: MessageEvent): void => {
    if (!isGreeting(data, 'hello') || source === null) return;
    if (source !== frame.contentWindow || from !== origin) {
      if (source === frame.contentWindow || !isKnown(source)) forged();
      return;
    }
    const { port1, port2 } = new MessageChannel();
    port?.close();
    port = port1;
    port1.onmessage = (event: MessageEvent<ToPage>) => hear(event.data);
    frame.contentWindow?.postMessage(greeting('welcome'), origin, [port2]);
    greeted((order) => port1.postMessage(order));
  };
  document.defaultView?.addEventListener('message', onMessage, { signal });
  signal.addEventListener(
    'abort',
    () => {
      port?.close();
      frames.delete(frame);
    },
    { once: true },
  );
}

const key = Symbol.for('b131.frames');

interface Holder {
  [key]?: Set<HTMLIFrameElement>;
}

/** The frames of all tags on a page, those of other copies of this module included. */
function framesOf(document: Document & Holder): Set<HTMLIFrameElement> {
  document[key] ??= new Set();
  return document[key];
}
