import type { TokenResult } from '../widget/result/read.js';
import { asFields, asText } from './fields.js';
import type { PayoutView } from './payout.js';
import { BffError } from './problem.js';
import { readPayout } from './read.js';
import { type Call, json, request, unreadable } from './request.js';

/** A payout together with the token that only allows to watch it. */
export interface StartedPayout {
  readonly payout: PayoutView;
  readonly viewToken: string;
}

/** The HTTP calls of the backend-for-frontend that a recipient's browser makes. Every call throws {@link BffError}. */
export interface BffClient {
  readonly endpoint: string;
  /** The payout of the ticket's reference, or null when there is none yet. */
  current(ticket: string, signal: AbortSignal): Promise<StartedPayout | null>;
  /** Starts the payout; the same token again gives the same payout. Opens no other attempt than the one asked for. */
  start(ticket: string, result: TokenResult, attempt: number, signal: AbortSignal): Promise<StartedPayout>;
  payout(id: string, bearer: string, signal: AbortSignal): Promise<PayoutView>;
  /** Opens the status stream behind a version; resolves with its body. */
  events(id: string, bearer: string, after: number, signal: AbortSignal): Promise<ReadableStream<Uint8Array>>;
  decide(answer: Answer, payout: PayoutView, ticket: string, signal: AbortSignal): Promise<PayoutView>;
}

/** The recipient's word on a payout that waits for it. */
export type Answer = 'confirm' | 'cancel';

/** A client of the backend mounted at `endpoint` (an absolute URL, or one relative to the page). */
export function createBffClient(endpoint: string): BffClient {
  const base = endpoint.replace(/\/+$/, '');
  const send = (call: Call): Promise<Response> => request(base, call);

  return {
    endpoint: base,

    async current(ticket, signal) {
      try {
        return await started(await send({ method: 'GET', path: '/payouts/current', bearer: ticket, signal }));
      } catch (error) {
        if (error instanceof BffError && error.code === 'payout_not_found') return null;
        throw error;
      }
    },

    async start(ticket, result, attempt, signal) {
      const account = result.kind === 'card' ? { numberHash: result.numberHash } : { token: result.token };
      const body = { ...account, attempt };
      return started(await send({ method: 'POST', path: '/payouts', bearer: ticket, signal, body }));
    },

    async payout(id, bearer, signal) {
      return inside(await send({ method: 'GET', path: pathOf(id), bearer, signal }));
    },

    async events(id, bearer, after, signal) {
      const headers = { accept: 'text/event-stream', 'last-event-id': String(after) };
      const response = await send({ method: 'GET', path: `${pathOf(id)}/events`, bearer, signal, headers });
      if (response.body === null) throw unreadable(response);
      return response.body;
    },

    async decide(answer, { id, attempt }, ticket, signal) {
      const path = `${pathOf(id)}/${answer}`;
      return inside(await send({ method: 'POST', path, bearer: ticket, signal, body: { attempt } }));
    },
  };
}

function pathOf(id: string): string {
  return `/payouts/${encodeURIComponent(id)}`;
}

async function inside(response: Response): Promise<PayoutView> {
  const payout = readPayout(asFields(await json(response))?.payout);
  if (payout === null) throw unreadable(response);
  return payout;
}

async function started(response: Response): Promise<StartedPayout> {
  const fields = asFields(await json(response));
  const payout = readPayout(fields?.payout);
  if (payout === null) throw unreadable(response);
  return { payout, viewToken: asText(fields?.viewToken) ?? '' };
}
