/** Why a ticket is refused; the codes are part of the HTTP contract. */
export type TicketErrorCode =
  | 'ticket_missing'
  | 'ticket_invalid'
  | 'ticket_expired'
  | 'ticket_audience'
  | 'ticket_scope';

/** A ticket that was not accepted. Holds neither the ticket nor the values of its claims, so it may be logged. */
export class TicketError extends Error {
  override readonly name = 'TicketError';
  readonly code: TicketErrorCode;
  /** For the merchant's developer: the claim or header, the problem, the way out. */
  readonly detail: string;

  constructor(code: TicketErrorCode, detail: string) {
    super(`${code}: ${detail}`);
    this.code = code;
    this.detail = detail;
  }
}

/** The keys at `jwksUrl` cannot be had, so no ticket can be judged; says nothing about the ticket itself. */
export class TicketKeysError extends Error {
  override readonly name = 'TicketKeysError';
}
