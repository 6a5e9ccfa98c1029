import type { Context } from 'hono';
import * as z from 'zod';
import type { StartResult } from '../../payout/desk.js';
import type { PayoutRecord } from '../../payout/payout.js';
import { systemClock } from '../../tickets/clock.js';
import type { AppDeps } from '../deps.js';
import { report } from '../refusal/failure.js';
import { Problem } from '../refusal/problem.js';
import {
  account,
  nothing,
  readHeaders,
  readJson,
  readQuery,
  requireJson,
  shown,
  streamHeaders,
  streamQuery,
} from '../request/body.js';
import { committed } from '../request/committed.js';
import { names, type Route } from '../route/route.js';
import { json } from '../route/text-answer.js';
import { admitted, ownPayout, readablePayout, readPayoutTicket, readTicket } from './access.js';
import { payoutView, toPayoutView } from './payout-view.js';
import { payoutStream } from './stream.js';

/** A payout with the token that lets this one payout be read, for as long as payouts take. */
const followedPayout = z
  .strictObject({ payout: payoutView, viewToken: z.string() })
  .register(names, { id: 'FollowedPayout' });
const onePayout = z.strictObject({ payout: payoutView }).register(names, { id: 'OnePayout' });
const publicToken = z.strictObject({ publicToken: z.string() }).register(names, { id: 'PublicToken' });

/** The routes of the recipient's browser. */
export function payoutRoutes(deps: AppDeps): Route[] {
  const word = (which: 'confirm' | 'cancel', summary: string): Route => ({
    id: `${which}Payout`,
    method: 'POST',
    path: `/payouts/:id/${which}`,
    caller: 'ticket',
    summary,
    body: shown,
    answers: { 202: { what: 'The word is recorded; the engine says it to the bank.', schema: onePayout } },
    problems: ['ticket_scope', 'payout_not_found', 'not_confirmable'],
    handle: (c) => say(c, deps, which),
  });
  return [
    {
      id: 'currentPayout',
      method: 'GET',
      path: '/payouts/current',
      caller: 'ticket',
      summary: "The payout of the ticket's reference",
      answers: { 200: { what: 'There is one.', schema: followedPayout } },
      problems: ['ticket_scope', 'ticket_mismatch', 'payout_not_found'],
      handle: (c) => current(c, deps),
    },
    {
      id: 'issuePublicToken',
      method: 'POST',
      path: '/public-tokens',
      caller: 'ticket',
      summary: "A public token for the bank's widget; works once",
      body: nothing,
      answers: { 201: { what: 'Issued by the bank.', schema: publicToken } },
      problems: ['busy', 'bank_refused', 'bank_unavailable'],
      handle: (c) => issuePublicToken(c, deps),
    },
    {
      id: 'startPayout',
      method: 'POST',
      path: '/payouts',
      caller: 'ticket',
      summary: 'Pay what the ticket says to the account that the widget took',
      body: account,
      answers: { 202: { what: 'Recorded; nothing was sent to the bank yet.', schema: followedPayout } },
      problems: [
        ...(['ticket_scope', 'ticket_mismatch', 'payout_in_progress', 'payout_finished'] as const),
        ...(['payout_changed', 'attempts_exhausted', 'limit_exceeded', 'busy'] as const),
      ],
      handle: (c) => start(c, deps),
    },
    {
      id: 'readPayout',
      method: 'GET',
      path: '/payouts/:id',
      caller: 'viewer',
      summary: 'A payout as it is now',
      answers: { 200: { what: 'As it is now.', schema: onePayout } },
      problems: ['payout_not_found'],
      handle: (c) => read(c, deps),
    },
    {
      id: 'followPayout',
      method: 'GET',
      path: '/payouts/:id/events',
      caller: 'viewer',
      summary: 'Every change of a payout, as server-sent events',
      query: streamQuery,
      headers: streamHeaders,
      answers: {
        200: {
          what: 'Events named `payout`: `id` is the version, `data` the payout as JSON. Ends with a final status.',
          schema: z.string(),
          type: 'text/event-stream',
        },
      },
      problems: ['payout_not_found', 'busy'],
      handle: (c) => follow(c, deps),
    },
    word('confirm', "The recipient's yes to the attempt they were shown"),
    word('cancel', "The recipient's no to the attempt they were shown"),
  ];
}

async function current(c: Context, deps: AppDeps): Promise<Response> {
  const record = await deps.desk.current(await admitted(readPayoutTicket(c, deps), deps));
  if (record === 'mismatch') throw new Problem('ticket_mismatch');
  if (!record) throw new Problem('payout_not_found');
  return json(c, await withViewToken(deps, record), 200);
}

async function issuePublicToken(c: Context, deps: AppDeps): Promise<Response> {
  requireJson(c);
  await admitted(readTicket(c, deps), deps);
  await readJson(c, nothing);
  return json(c, { publicToken: await deps.admission.publicToken(deps.issuePublicToken) }, 201);
}

async function start(c: Context, deps: AppDeps): Promise<Response> {
  requireJson(c);
  const ticket = await admitted(readPayoutTicket(c, deps), deps);
  const { destination, attempt } = await readJson(c, account);
  const record = accepted(
    await deps.admission.payout(() =>
      deps.desk.start(ticket, destination, { attempt, mintedAt: ticket.issuedAt * 1000 }),
    ),
  );
  committed(c, deps);
  return json(c, await withViewToken(deps, record), 202);
}

const refusals = {
  in_progress: 'payout_in_progress',
  finished: 'payout_finished',
  changed: 'payout_changed',
  exhausted: 'attempts_exhausted',
} as const;

const mintAnew =
  'The payout was withdrawn after this ticket was minted: if it is owed still, mint a new ticket for this reference.';

function accepted(result: StartResult): PayoutRecord {
  if (result.kind === 'accepted') return result.record;
  if (result.kind === 'mismatch') throw new Problem('ticket_mismatch');
  if (result.kind === 'limit') throw new Problem('limit_exceeded');
  if (result.kind === 'withdrawn') throw new Problem('ticket_expired', { detail: mintAnew });
  const members = result.record ? { payout: toPayoutView(result.record) } : {};
  throw new Problem(refusals[result.kind], { members });
}

async function read(c: Context, deps: AppDeps): Promise<Response> {
  const record = await readablePayout(c, deps);
  await nudge(c, deps, record);
  return json(c, { payout: toPayoutView(record) }, 200);
}

async function follow(c: Context, deps: AppDeps): Promise<Response> {
  const record = await readablePayout(c, deps);
  const after = readCursor(c);
  await nudge(c, deps, record);
  const place = deps.admission.stream(record.payout.id);
  const stream = payoutStream({
    desk: deps.desk,
    record,
    after,
    clock: deps.clock ?? systemClock,
    lifetime: deps.stream?.lifetime ?? 30 * 60_000,
    heartbeat: deps.stream?.heartbeat ?? 15_000,
    signal: c.req.raw.signal,
    onError: (error) => report(error, deps),
    place,
  });
  // Some proxies keep answers back until they are complete.
  return c.body(stream, 200, { 'content-type': 'text/event-stream', 'x-accel-buffering': 'no' });
}

/** The version the reader has; a reader who comes back says it in the header. */
function readCursor(c: Context): number {
  const { 'Last-Event-ID': last } = readHeaders(c, streamHeaders);
  return last ?? readQuery(c, streamQuery).after ?? 0;
}

async function say(c: Context, deps: AppDeps, word: 'confirm' | 'cancel'): Promise<Response> {
  requireJson(c);
  const { payout } = await ownPayout(c, deps, await admitted(readPayoutTicket(c, deps), deps));
  const { attempt } = await readJson(c, shown);
  const result = await deps.desk.say(payout.id, attempt, word);
  if (!result) throw new Problem('payout_not_found');
  const view = toPayoutView(result.record);
  if (result.kind === 'not_confirmable') throw new Problem('not_confirmable', { members: { payout: view } });
  committed(c, deps);
  return json(c, { payout: view }, 202);
}

/** A reader is answered with what is known, even when the next look cannot be brought forward. */
async function nudge(c: Context, deps: AppDeps, record: PayoutRecord): Promise<void> {
  try {
    await deps.desk.nudge(record);
  } catch (error) {
    report(error, deps);
    return;
  }
  committed(c, deps);
}

async function withViewToken(deps: AppDeps, record: PayoutRecord) {
  return { payout: toPayoutView(record), viewToken: await deps.viewTokens.issue(record.payout.id) };
}
