import type { SandboxEvent } from '../../control/journal.js';

export type Connection = 'connecting' | 'live' | 'lost';

/** What a stream tells. */
export interface StreamListener {
  onEvents(events: SandboxEvent[]): void;
  onConnection(connection: Connection): void;
}

const RETRY_MS = 1_500;

/**
 * Follows the sandbox's events. It is closed while nobody can see the page (a browser has only six connections to
 * a host) and goes on where it stopped. Events are handed on in handfuls, so that a busy bank does not draw the
 * page for each.
 */
export class Stream {
  readonly #listener: StreamListener;
  #source: EventSource | undefined;
  #retry: ReturnType<typeof setTimeout> | undefined;
  #waiting: SandboxEvent[] = [];
  #lastId = 0;

  constructor(listener: StreamListener) {
    this.#listener = listener;
    document.addEventListener('visibilitychange', () => (document.hidden ? this.#stop() : this.#open()));
  }

  /** Begins; `after`: the last event that is known. */
  start(after = 0): void {
    this.#stop();
    this.#lastId = after;
    this.#open();
  }

  #open(): void {
    if (this.#source || document.hidden) return;
    clearTimeout(this.#retry);
    this.#listener.onConnection('connecting');
    const source = new EventSource(`/sandbox/events?after=${this.#lastId}`);
    source.onopen = () => this.#listener.onConnection('live');
    source.onmessage = ({ data }) => this.#take(JSON.parse(data));
    source.onerror = () => {
      this.#stop();
      this.#listener.onConnection('lost');
      this.#retry = setTimeout(() => this.#open(), RETRY_MS);
    };
    this.#source = source;
  }

  #stop(): void {
    clearTimeout(this.#retry);
    this.#source?.close();
    this.#source = undefined;
  }

  #take(event: SandboxEvent): void {
    this.#lastId = event.id;
    this.#waiting.push(event);
    if (this.#waiting.length === 1) setTimeout(() => this.#hand(), 60);
  }

  #hand(): void {
    const events = this.#waiting;
    this.#waiting = [];
    this.#listener.onEvents(events);
  }
}
