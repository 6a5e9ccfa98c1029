import type { PayoutTicket, TicketVerifier } from '../../dist/tickets/index.js';
import { TicketError } from '../../dist/tickets/ticket-error.js';
import type { ViewTokens } from '../../dist/tickets/view-token.js';

/** The merchant's tickets: a ticket is a word, and the book says what it stands for. */
export interface TicketOffice {
  issue(ticket: Omit<PayoutTicket, 'scope' | 'expiresAt'>): string;
  readonly verifier: TicketVerifier;
}

export function createTicketOffice(): TicketOffice {
  const book = new Map<string, PayoutTicket>();
  return {
    issue(ticket) {
      const word = `ticket-${book.size + 1}`;
      book.set(word, { ...ticket, scope: 'payout', expiresAt: Number.MAX_SAFE_INTEGER });
      return word;
    },
    verifier: {
      async verify(word) {
        const ticket = book.get(word ?? '');
        if (!ticket) throw new TicketError('ticket_invalid', 'The office never issued it.');
        return ticket;
      },
      ready: async () => {},
    },
  };
}

/** Recipients of the simulation read with their ticket; view tokens are only handed out. */
export const viewTokens: ViewTokens = {
  issue: async (payoutId) => `view-${payoutId}`,
  verify: async (token) => ({ payoutId: token.slice('view-'.length) }),
};
