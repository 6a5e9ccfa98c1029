import { BffError } from '../bff/problem.js';

/** Why a ticket is asked for: the flow starts, or the one before has expired. */
export type TicketReason = 'start' | 'expired';

/** Gets a payout ticket from the page's own server. */
export type GetTicket = (reason: TicketReason) => Promise<string>;

/** Where tickets come from: the element's own properties, read at the moment they are needed. */
export interface TicketSource {
  readonly ticket: string | null;
  readonly getTicket: GetTicket | null;
}

/** Keeps the ticket in use. It is handed to requests and goes nowhere else. */
export class Tickets {
  readonly #source: () => TicketSource;
  readonly #changed: () => void;
  #current: string | null = null;
  #asking: Promise<string> | null = null;

  /** `changed` is called when there is another ticket. */
  constructor(source: () => TicketSource, changed: () => void) {
    this.#source = source;
    this.#changed = changed;
  }

  /** The ticket in use, or the page's; null while there is none. */
  get current(): string | null {
    return this.#current ?? (this.#source().ticket || null);
  }

  /** Whether a ticket is there or can be asked for. */
  get available(): boolean {
    const { ticket, getTicket } = this.#source();
    return this.#current !== null || Boolean(ticket) || getTicket !== null;
  }

  /** Drops the ticket in use: the next request takes the page's newest. */
  forget(): void {
    this.#current = null;
    this.#asking = null;
  }

  /** The ticket in use, or the page's, or one asked for now. */
  async take(): Promise<string> {
    return this.#known() ?? this.#ask('start');
  }

  #known(): string | null {
    this.#current ??= this.#source().ticket || null;
    return this.#current;
  }

  /** Does something with a ticket, at once where there is one; when it has expired, once more with a new one. */
  async use<T>(work: (ticket: string) => Promise<T>): Promise<T> {
    const ticket = this.#known() ?? (await this.#ask('start'));
    try {
      return await work(ticket);
    } catch (error) {
      if (!(error instanceof BffError) || error.code !== 'ticket_expired') throw error;
      return work(await this.#renewed(ticket, error));
    }
  }

  async #renewed(old: string, expired: BffError): Promise<string> {
    const { ticket, getTicket } = this.#source();
    if (this.#current === old) this.#current = null;
    this.#current ??= ticket && ticket !== old ? ticket : null;
    if (this.#current !== null) return this.#current;
    if (getTicket === null) throw expired;
    return this.#ask('expired');
  }

  /** Whoever needs a ticket meanwhile gets the same one. */
  async #ask(reason: TicketReason): Promise<string> {
    const asking = this.#asking ?? this.#get(reason);
    this.#asking = asking;
    try {
      const ticket = await asking;
      if (this.#asking === asking) this.#current = ticket;
      this.#changed();
      return ticket;
    } finally {
      if (this.#asking === asking) this.#asking = null;
    }
  }

  async #get(reason: TicketReason): Promise<string> {
    const { getTicket } = this.#source();
    const missing = (cause?: unknown): BffError =>
      new BffError({ code: 'ticket_missing', status: 0, unsure: false }, { cause });
    if (getTicket === null) throw missing();
    let ticket: unknown;
    try {
      ticket = await getTicket(reason);
    } catch (error) {
      throw missing(error);
    }
    if (typeof ticket !== 'string' || ticket === '') throw missing();
    return ticket;
  }
}
