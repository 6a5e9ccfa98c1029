import type { JsonValue } from '../payout/payout.js';

/** A verified payout ticket: who is paid what, signed by the merchant. Never logged. */
export type Ticket = PayoutTicket | TokenTicket;

/** Who is paid what: by a ticket, or by the merchant's own server. */
export interface PayoutOrder {
  /** The recipient, in the merchant's words (claim `sub`). */
  subject: string;
  /** What is paid; unique (claim `ref`). */
  ref: string;
  /** Minor units, a positive safe integer. */
  amount: number;
  /** ISO 4217, upper case. */
  currency: string;
  fullName: string;
  description: string;
  metadata: JsonValue | null;
}

export interface PayoutTicket extends PayoutOrder {
  scope: 'payout';
  /** Seconds since the epoch. */
  issuedAt: number;
  /** Seconds since the epoch. */
  expiresAt: number;
}

/** A ticket with `scope: "token"`: the recipient's account is tokenized, nothing is paid. */
export interface TokenTicket {
  scope: 'token';
  subject: string;
  /** Seconds since the epoch. */
  issuedAt: number;
  /** Seconds since the epoch. */
  expiresAt: number;
}
