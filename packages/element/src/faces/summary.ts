import { asFields, asText } from '../bff/fields.js';
import { formatAmount } from '../locales/amount.js';
import { type CardView, comingSummary } from '../opening/card.js';

/** What the recipient is about to receive, as far as it is known before there is a payout. */
export interface Summary {
  /** Minor units. */
  readonly amount: number;
  readonly currency: string;
  readonly description: string;
}

/** `coming`: the ticket that tells it was asked for. Its place is kept, so that nothing moves when it is there. */
export type Outlook = Summary | 'coming' | null;

/** What can be shown of a ticket, or of one that is still to come. */
export function outlookOf(ticket: string | null, isAsked: boolean): Outlook {
  return ticket === null && isAsked ? 'coming' : summaryOf(ticket);
}

/** A summary as it stands at the top of the card; its texts are empty while they are still to come. */
export function shownSummary(outlook: Outlook, label: string, tag: string): CardView['summary'] {
  if (outlook === null) return null;
  if (outlook === 'coming') return comingSummary(label);
  const { amount, currency, description } = outlook;
  return { label, amount: formatAmount(amount, currency, tag), description };
}

/**
 * Reads amount and description out of a ticket, to show them above the form. Only for show: the ticket's signature
 * is the backend's to check. Null for a ticket that is not a JWT or names no amount.
 */
function summaryOf(ticket: string | null): Summary | null {
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
