import { isGreeting } from '../frame/greeting.js';

/** Events of one type, with those that came before somebody listened. */
class Heard<E extends Event> {
  #early: E[] = [];
  #hear = (event: E): void => void this.#early.push(event);

  readonly take = (event: E): void => this.#hear(event);

  by(hear: (event: E) => void): void {
    this.#hear = hear;
    this.#early.forEach(hear);
    this.#early = [];
  }
}

/** The frame with a page of the backend's, and what has become of it: what draws in it may come later than its page. */
export class Frame {
  readonly element: HTMLIFrameElement;
  readonly url: URL;
  /** Messages that greet, or claim to: of this frame, or of whichever window. */
  readonly greetings = new Heard<MessageEvent>();
  readonly loads = new Heard<Event>();
  readonly violations = new Heard<SecurityPolicyViolationEvent>();
  readonly #over = new AbortController();

  /** Puts the frame onto the page. The sandbox keeps whatever runs in it from leading the whole page elsewhere. */
  constructor(stand: Element, url: URL) {
    const document = stand.ownerDocument;
    const frame = document.createElement('iframe');
    frame.setAttribute('sandbox', 'allow-scripts allow-same-origin allow-forms allow-popups');
    frame.setAttribute('aria-labelledby', 'title');
    frame.setAttribute('scrolling', 'no');
    frame.referrerPolicy = 'no-referrer';
    frame.src = url.href;
    this.element = frame;
    this.url = url;
    framesOf(document).add(frame);
    const until = { signal: this.#over.signal };
    const greet = (event: MessageEvent): void => {
      if (isGreeting(event.data, 'hello')) this.greetings.take(event);
    };
    document.defaultView?.addEventListener('message', greet, until);
    document.addEventListener('securitypolicyviolation', this.violations.take, until);
    frame.addEventListener('load', this.loads.take, until);
    stand.append(frame);
  }

  remove(): void {
    this.#over.abort();
    framesOf(this.element.ownerDocument).delete(this.element);
    this.element.remove();
  }
}

/** Address of the page in the frame of a backend mounted at `endpoint`. */
export function frameUrl(endpoint: string, document: Document): URL {
  return new URL(`${endpoint.replace(/\/+$/, '')}/widget`, document.baseURI);
}

const key = Symbol.for('b131.frames');

interface Holder {
  [key]?: Set<HTMLIFrameElement>;
}

/** The frames of all tags on a page, those of other copies of this module included. */
export function framesOf(document: Document & Holder): Set<HTMLIFrameElement> {
  document[key] ??= new Set();
  return document[key];
}
