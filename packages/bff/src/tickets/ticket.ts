import type { JsonValue } from '../payout/payout.js';

/** A verified payout ticket: who is paid what, signed by the merchant. Never logged. */
export type Ticket = PayoutTicket | TokenTicket;

export interface PayoutTicket {
  scope: 'payout';
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
  /** Seconds since the epoch. */
  expiresAt: number;
}

/** A ticket with `scope: "token"`: the recipient's account is tokenized, nothing is paid. */
export interface TokenTicket {
  scope: 'token';
  subject: string;
  expiresAt: number;
}
