import type { Context } from 'hono';
import type { PayoutRecord } from '../../payout/payout.js';
import type { PayoutTicket, Ticket } from '../../tickets/ticket.js';
import { TicketError } from '../../tickets/ticket-error.js';
import { looksLikeViewToken } from '../../tickets/view-token.js';
import type { AppDeps } from '../deps.js';
import { Problem } from '../refusal/problem.js';
import { bearer } from '../request/bearer.js';

/** The ticket of the request, whatever its scope. */
export function readTicket(c: Context, { tickets }: AppDeps): Promise<Ticket> {
  return tickets.verify(bearer(c));
}

/** The ticket of a request that costs us or the bank something: so many a minute are taken of one recipient. */
export async function admitted<T extends Ticket>(ticket: Promise<T>, { admission }: AppDeps): Promise<T> {
  const { subject } = await ticket;
  await admission.subject(subject);
  return ticket;
}

/** The ticket of the request, which must be for a payout. */
export async function readPayoutTicket(c: Context, deps: AppDeps): Promise<PayoutTicket> {
  const ticket = await readTicket(c, deps);
  if (ticket.scope === 'payout') return ticket;
  throw new TicketError('ticket_scope', 'Claim "scope" is "token": this ticket only gets public tokens.');
}

/** The payout of the address, if the ticket is its own. Somebody else's looks like none at all. */
export async function ownPayout(c: Context, deps: AppDeps, ticket: PayoutTicket): Promise<PayoutRecord> {
  const record = await deps.desk.current(ticket);
  if (record !== null && record !== 'mismatch' && record.payout.id === c.req.param('id')) return record;
  throw new Problem('payout_not_found');
}

/** The payout of the address, for whoever may read it: by its view token, or by its ticket. */
export async function readablePayout(c: Context, deps: AppDeps): Promise<PayoutRecord> {
  const token = bearer(c);
  if (token === null || !looksLikeViewToken(token)) {
    return ownPayout(c, deps, await readPayoutTicket(c, deps));
  }
  const { payoutId } = await deps.viewTokens.verify(token);
  const record = payoutId === c.req.param('id') ? await deps.desk.find(payoutId) : null;
  if (record) return record;
  throw new Problem('payout_not_found');
}
