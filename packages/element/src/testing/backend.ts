import { asFields, asText } from '../bff/fields.js';
import type { PayoutView } from '../bff/payout.js';
import type { Story } from './story.js';

/** A request that the fake has answered. Without its bearer: a ticket shows up nowhere, not even in a test's output. */
export interface FakeCall {
  readonly method: string;
  /** Below the endpoint, e.g. `/payouts/current`. */
  readonly path: string;
  readonly body: unknown;
  readonly status: number;
}

const viewToken = 'fake-view-token';

/**
 * The fake backend-for-frontend, wherever it is mounted: the routes that the element calls, with the answers of the
 * real one. `null` for a request that is none of these.
 */
export function fakeBackend(story: Story, tell: (call: FakeCall) => void) {
  return async (request: Request): Promise<Response | null> => {
    const { pathname } = new URL(request.url);
    const path = /\/(?:public-tokens|payouts(?:\/.+)?)$/.exec(pathname)?.[0];
    if (path === undefined) return null;
    if (request.method === 'OPTIONS') return new Response(null, { status: 204, headers: cors });
    const body: unknown = await request.json().catch(() => null);
    const response = request.headers.has('authorization')
      ? answer(story, request, path, body)
      : problem(401, 'ticket_missing');
    tell({ method: request.method, path, body, status: response.status });
    return response;
  };
}

function answer(story: Story, request: Request, path: string, body: unknown): Response {
  switch (`${request.method} ${path.replace(/^\/payouts\/(?!current$)[^/]+/, '/payouts/:id')}`) {
    case 'GET /payouts/current':
      return refusal(story, 'current', 503) ?? started(200, story.payout);
    case 'POST /public-tokens':
      return refusal(story, 'public-token', 503) ?? json(201, { publicToken: 'f'.repeat(64) });
    case 'POST /payouts':
      return refusal(story, 'start', 409) ?? start(story, body);
    case 'GET /payouts/:id':
      return story.payout ? json(200, { payout: story.payout }) : problem(404, 'payout_not_found');
    case 'GET /payouts/:id/events':
      return events(story, request);
    case 'POST /payouts/:id/confirm':
      return refusal(story, 'confirm', 409) ?? decide(story, 'confirm');
    case 'POST /payouts/:id/cancel':
      return refusal(story, 'cancel', 409) ?? decide(story, 'cancel');
    default:
      return problem(404, 'not_found');
  }
}

function refusal(story: Story, call: Parameters<Story['refusal']>[0], status: number): Response | null {
  const code = story.refusal(call);
  if (code === null) return null;
  return problem(code.startsWith('ticket_') ? 401 : status, code);
}

function start(story: Story, body: unknown): Response {
  const fields = asFields(body);
  const token = asText(fields?.token) ?? asText(fields?.numberHash);
  if (token === null) return problem(400, 'invalid_request');
  const payout = story.start(token, Number(fields?.attempt ?? 1));
  if (payout !== null) return started(202, payout);
  return problem(409, whyNot(story.payout), story.payout);
}

function whyNot(payout: PayoutView | null): string {
  if (payout === null || payout.retryable) return 'payout_changed';
  const over = payout.status === 'succeeded' || payout.status === 'returned';
  return over ? 'payout_finished' : 'payout_in_progress';
}

function decide(story: Story, word: 'confirm' | 'cancel'): Response {
  const payout = story.answer(word);
  return payout ? json(202, { payout }) : problem(409, 'not_confirmable', story.payout);
}

/** The status stream: every version behind the last one seen, until the payout or the request ends. */
function events(story: Story, request: Request): Response {
  const after = Number(request.headers.get('last-event-id') ?? 0);
  const encoder = new TextEncoder();
  let stop = (): void => {};
  const body = new ReadableStream<Uint8Array>({
    start(controller) {
      const send = (payout: PayoutView): void =>
        controller.enqueue(
          encoder.encode(`id: ${payout.version}\nevent: payout\ndata: ${JSON.stringify(payout)}\n\n`),
        );
      if (story.payout !== null && story.payout.version > after) send(story.payout);
      stop = story.watch(send);
    },
    cancel: () => stop(),
  });
  return new Response(body, { headers: { ...cors, 'content-type': 'text/event-stream' } });
}

const cors = {
  'access-control-allow-origin': '*',
  'access-control-allow-headers': 'authorization, content-type, last-event-id',
  'access-control-allow-methods': 'GET, POST',
};

function started(status: number, payout: PayoutView | null): Response {
  return payout ? json(status, { payout, viewToken }) : problem(404, 'payout_not_found');
}

function json(status: number, body: object): Response {
  return new Response(JSON.stringify(body), {
    status,
    headers: { ...cors, 'content-type': 'application/json' },
  });
}

function problem(status: number, code: string, payout: PayoutView | null = null): Response {
  const body = { type: 'about:blank', title: code, status, code, ...(payout ? { payout } : {}) };
  return new Response(JSON.stringify(body), {
    status,
    headers: { ...cors, 'content-type': 'application/problem+json' },
  });
}
