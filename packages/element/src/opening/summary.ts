import { asFields, asText } from '../bff/fields.js';
import { formatAmount } from '../locales/amount.js';
import type { CardView } from './card.js';

/** What the recipient is about to receive, as far as it is known before there is a payout. */
export interface Summary {
  /** Minor units. */
  readonly amount: number;
  readonly currency: string;
  readonly description: string;
}

/** A summary as it stands at the top of the card. */
export function shownSummary(summary: Summary | null, label: string, tag: string): CardView['summary'] {
  if (summary === null) return null;
  const { amount, currency, description } = summary;
  return { label, amount: formatAmount(amount, currency, tag), description };
}

/**
 * Reads amount and description out of a ticket, to show them above the form. Only for show: the ticket's signature
 * is the backend's to check. Null for a ticket that is not a JWT or names no amount.
 */
export function summaryOf(ticket: string | null): Summary | null {
  const claims = claimsOf(ticket?.split('.')[1] ?? '');
  const currency = asText(claims?.currency);
  if (typeof claims?.amount !== 'number' || currency === null) return null;
  return {
    amount: claims.amount,
    currency: currency.toUpperCase(),
    description: asText(claims.description) ?? '',
  };
}

function claimsOf(part: string): ReturnType<typeof asFields> {
  try {
    const binary = atob(part.replaceAll('-', '+').replaceAll('_', '/'));
    const bytes = Uint8Array.from(binary, (char) => char.charCodeAt(0));
    return asFields(JSON.parse(new TextDecoder().decode(bytes)));
  } catch {
    return null;
  }
}
