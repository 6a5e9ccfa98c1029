import { BffError } from '../../bff/problem.js';
import type { FlowHost } from '../../flow/host.js';
import type { Grant, Looks, ToFrame, ToPage } from '../../frame/protocol.js';
import { LoadError } from '../../loader/errors.js';
import { Frame, frameUrl } from '../../opening/frame.js';
import { unlessAborted } from '../../timing/waits.js';
import { forgeryReport } from '../trust/forgery.js';
import type { Drawing, DrawRequest, StageReports } from './drawing.js';
import { openLink } from './link.js';
import { failWhenSilent } from './silence.js';

/** Longest wait for a form, in milliseconds: the frame gives up before, and says why. */
const patience = 60_000;

/** A form that says it is higher than this has to scroll: some grow with their frame, without end. */
const highest = 4096;

/**
 * Draws the widget in a page of the backend's. Where that has an origin of its own, nobody in this page can read what
 * is typed there. Any number of frames live side by side, and a `<form>` around one gets nothing of it.
 *
 * @throws LoadError | whatever `authorize` throws; a BffError for whatever the frame says
 */
export async function drawFramed({ host, reports, life, authorize, shown }: DrawRequest): Promise<void> {
  if (host.stand() === null) await host.shown();
  const stand = host.stand();
  life.throwIfAborted();
  if (stand === null) throw new Error('The card has no place for the form');
  const url = frameUrl(host.settings().endpoint, stand.ownerDocument);
  const frame = host.early(url) ?? new Frame(stand, url);
  const drawing = new FramedDrawing(host, reports, frame);
  life.addEventListener('abort', () => drawing.remove(), { once: true });
  shown(drawing);
  try {
    await authorize((grant) => drawing.draw(grant));
  } catch (error) {
    drawing.remove();
    throw error;
  }
}

interface Asked {
  readonly grant: Grant;
  done(error?: Error): void;
}

class FramedDrawing implements Drawing {
  readonly #host: FlowHost;
  readonly #reports: StageReports;
  readonly #frame: Frame;
  readonly #over = new AbortController();
  readonly #greeted: Promise<void>;
  #send: (order: ToFrame) => void = () => {};
  #asked: Asked | null = null;
  /** The frame's window once the form is in it: a moved frame gets another. */
  #window: Window | null = null;
  #touched = false;

  constructor(host: FlowHost, reports: StageReports, frame: Frame) {
    this.#host = host;
    this.#reports = reports;
    this.#frame = frame;
    this.#greeted = this.#open();
    this.#greeted.catch(() => {}); // told once the form is wanted
  }

  get inPlace(): boolean {
    return this.#window === null || this.#element.contentWindow === this.#window;
  }

  speak(locale: string): void {
    this.#tellLooks();
    if (!this.#isTouched) this.#send({ do: 'speak', locale });
  }

  focus(): void {
    this.#element.focus();
    this.#send({ do: 'focus' });
  }

  remove(): void {
    this.#over.abort();
    this.#frame.remove();
  }

  /** Has the frame draw the form. */
  async draw(grant: Grant): Promise<void> {
    await this.#greeted;
    await new Promise<void>((resolve, reject) => {
      const timer = setTimeout(() => reject(new LoadError('timeout', this.#frame.url.href)), patience);
      this.#asked = {
        grant,
        done(error) {
          clearTimeout(timer);
          if (error) reject(error);
          else resolve();
        },
      };
      this.#ask(this.#asked);
    });
  }

  /** Resolves when the frame's page has greeted. */
  #open(): Promise<void> {
    const { signal } = this.#over;
    const greeted = new Promise<void>((resolve, reject) => {
      const silence = new AbortController();
      failWhenSilent(this.#frame, reject, AbortSignal.any([signal, silence.signal]));
      openLink({
        frame: this.#frame,
        hear: (news) => this.#hear(news),
        forged: forgeryReport(() => this.#reports.forged()),
        greeted: (send) => {
          silence.abort();
          this.#welcomed(send);
          resolve();
        },
        signal,
      });
    });
    this.#element.addEventListener('transitionend', () => this.#tellLooks(), { signal });
    return unlessAborted(greeted, signal);
  }

  get #element(): HTMLIFrameElement {
    return this.#frame.element;
  }

  /** A page that greets again was loaded anew, and whatever stood in it is gone. */
  #welcomed(send: (order: ToFrame) => void): void {
    this.#send = send;
    this.#tellLooks();
    if (this.#window !== null) this.#reports.lost();
    else if (this.#asked !== null) this.#ask(this.#asked);
  }

  #ask({ grant }: Asked): void {
    this.#send({ do: 'draw', grant, locale: this.#host.settings().locale });
  }

  #tellLooks(): void {
    this.#send({ do: 'look', looks: looksOf(this.#element) });
  }

  get #isTouched(): boolean {
    const root = this.#element.getRootNode();
    return this.#touched || ('activeElement' in root && root.activeElement === this.#element);
  }

  #hear(news: ToPage): void {
    switch (news.tell) {
      case 'drawn':
        this.#window = this.#element.contentWindow;
        this.#asked?.done();
        break;
      case 'problem': {
        const { code, status, retryAfter } = news;
        this.#asked?.done(new BffError({ code, status, retryAfter, unsure: false }));
        break;
      }
      case 'result':
        this.#reports.tokenized(news.result);
        break;
      case 'failed':
        this.#reports.failed(news.spent);
        break;
      case 'height':
        this.#element.style.blockSize = `${Math.min(news.height, highest)}px`;
        break;
      case 'touched':
        this.#touched = true;
        break;
      case 'stale':
        if (!this.#isTouched) this.#reports.stale();
        break;
      case 'forged':
        this.#reports.forged();
        break;
    }
  }
}

/** What the style sheet has made of the frame tells how its page has to look. */
function looksOf(frame: HTMLIFrameElement): Looks {
  const { colorScheme, color, caretColor, fontFamily, direction } = getComputedStyle(frame);
  const { fontSize } = getComputedStyle(frame.ownerDocument.documentElement);
  return { colorScheme, color, accent: caretColor, fontFamily, rootFontSize: fontSize, direction };
}
