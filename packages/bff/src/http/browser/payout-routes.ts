import type { Context, Hono } from 'hono';
import type { StartResult } from '../../payout/desk.js';
import type { PayoutRecord } from '../../payout/payout.js';
import { systemClock } from '../../tickets/clock.js';
import type { AppDeps } from '../deps.js';
import { report } from '../refusal/failure.js';
import { Problem } from '../refusal/problem.js';
import { destination, nothing, readJson, requireJson, shown } from '../request/body.js';
import { committed } from '../request/committed.js';
import { ownPayout, readablePayout, readPayoutTicket, readTicket } from './access.js';
import { toPayoutView } from './payout-view.js';
import { payoutStream } from './stream.js';

/** The routes of the recipient's browser. */
export function addPayoutRoutes(app: Hono, deps: AppDeps): void {
  app.get('/payouts/current', (c) => current(c, deps));
  app.post('/public-tokens', (c) => issuePublicToken(c, deps));
  app.post('/payouts', (c) => start(c, deps));
  app.get('/payouts/:id', (c) => read(c, deps));
  app.get('/payouts/:id/events', (c) => follow(c, deps));
  app.post('/payouts/:id/confirm', (c) => say(c, deps, 'confirm'));
  app.post('/payouts/:id/cancel', (c) => say(c, deps, 'cancel'));
}

async function current(c: Context, deps: AppDeps): Promise<Response> {
  const record = await deps.desk.current(await readPayoutTicket(c, deps));
  if (record === 'mismatch') throw new Problem('ticket_mismatch');
  if (!record) throw new Problem('payout_not_found');
  return c.json(await withViewToken(deps, record), 200);
}

async function issuePublicToken(c: Context, deps: AppDeps): Promise<Response> {
  requireJson(c);
  await readTicket(c, deps);
  await readJson(c, nothing);
  return c.json({ publicToken: await deps.issuePublicToken() }, 201);
}

async function start(c: Context, deps: AppDeps): Promise<Response> {
  requireJson(c);
  const ticket = await readPayoutTicket(c, deps);
  const record = accepted(await deps.desk.start(ticket, await readJson(c, destination)));
  committed(c, deps);
  return c.json(await withViewToken(deps, record), 202);
}

const refusals = {
  in_progress: 'payout_in_progress',
  finished: 'payout_finished',
  exhausted: 'attempts_exhausted',
} as const;

function accepted(result: StartResult): PayoutRecord {
  if (result.kind === 'accepted') return result.record;
  if (result.kind === 'mismatch') throw new Problem('ticket_mismatch');
  if (result.kind === 'limit') throw new Problem('limit_exceeded');
  throw new Problem(refusals[result.kind], { members: { payout: toPayoutView(result.record) } });
}

async function read(c: Context, deps: AppDeps): Promise<Response> {
  const record = await readablePayout(c, deps);
  await nudge(c, deps, record);
  return c.json({ payout: toPayoutView(record) }, 200);
}

async function follow(c: Context, deps: AppDeps): Promise<Response> {
  const record = await readablePayout(c, deps);
  const after = readCursor(c);
  await nudge(c, deps, record);
  const stream = payoutStream({
    desk: deps.desk,
    record,
    after,
    clock: deps.clock ?? systemClock,
    lifetime: deps.stream?.lifetime ?? 30 * 60_000,
    heartbeat: deps.stream?.heartbeat ?? 15_000,
    signal: c.req.raw.signal,
    onError: (error) => report(error, deps),
  });
  // Some proxies keep answers back until they are complete.
  return c.body(stream, 200, { 'content-type': 'text/event-stream', 'x-accel-buffering': 'no' });
}

/** The version the reader has; a reader who comes back says it in the header. */
function readCursor(c: Context): number {
  const header = c.req.header('last-event-id');
  const text = header ?? c.req.query('after') ?? '0';
  if (/^\d{1,15}$/.test(text)) return Number(text);
  const field = header === undefined ? 'after' : 'Last-Event-ID';
  const hint = 'send the id of the last event that was received';
  throw new Problem('invalid_request', {
    members: { errors: [{ field, problem: 'is no whole number', hint }] },
  });
}

async function say(c: Context, deps: AppDeps, word: 'confirm' | 'cancel'): Promise<Response> {
  requireJson(c);
  const { payout } = await ownPayout(c, deps, await readPayoutTicket(c, deps));
  const { attempt } = await readJson(c, shown);
  const result = await deps.desk.say(payout.id, attempt, word);
  if (!result) throw new Problem('payout_not_found');
  const view = toPayoutView(result.record);
  if (result.kind === 'not_confirmable') throw new Problem('not_confirmable', { members: { payout: view } });
  committed(c, deps);
  return c.json({ payout: view }, 202);
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
