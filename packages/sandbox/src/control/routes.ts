import { type Context, Hono } from 'hono';
import { cors } from 'hono/cors';
import type { z } from 'zod';
import type { Bank } from '../bank/bank.js';
import { FAILURE_CODES } from '../bank/causes.js';
import { Refusal, WEBHOOK_TYPES } from '../bank/model.js';
import { applyPatch, type Settings, settingsPatch, settingsSchema } from '../bank/settings.js';
import { parseJson, readBody } from '../door/body.js';
import { METHODS } from '../door/methods.js';
import type { Faults } from '../faults/faults.js';
import { FAULT_KINDS } from '../faults/kinds.js';
import { faultOrder } from '../faults/order.js';
import type { Courier } from '../webhooks/courier.js';
import type { Journal } from './journal.js';
import { dashboardAssets, dashboardPage } from './page.js';
import { findSessions, sessionQuery } from './sessions.js';
import { type SetupFacts, setupOf } from './setup.js';
import { StepError, stepOrder, takeStep } from './steps.js';
import type { Streams } from './stream.js';
import { trigger, triggerOrder } from './trigger.js';
import { type SessionDetail, sessionView } from './view.js';

/** What the desk works with. */
export interface ControlParts extends SetupFacts {
  readonly bank: Bank;
  readonly journal: Journal;
  readonly settings: Settings;
  readonly streams: Streams;
  readonly faults: Faults;
  readonly courier: Courier;
}

const BODY_LIMIT = 16 * 1024;

/** Puts the dashboard at `/` and the control API, `/sandbox/*`, into an app. A desk tool: whoever reaches the port may look and turn. */
export function mountControl(app: Hono, parts: ControlParts): void {
  app.get('/', (c) => dashboardPage(c, { setup: setupOf(c.req.url, parts), settings: parts.settings }));
  app.route('/dashboard', dashboardAssets());
  app.route('/sandbox', controlApp(parts));
}

function controlApp(parts: ControlParts): Hono {
  const app = new Hono();
  app.use('*', cors({ origin: '*', allowMethods: ['GET', 'PATCH', 'POST', 'DELETE'] }));
  mountReading(app, parts);
  mountSettings(app, parts);
  mountHand(app, parts);
  mountFaults(app, parts.faults);
  return app;
}

function mountReading(app: Hono, parts: ControlParts): void {
  const { bank, journal, streams } = parts;
  app.get('/ledger', (c) => c.json({ movements: bank.ledger() }));
  app.get('/sessions', (c) => c.json(findSessions(bank.sessions(), sessionQuery.parse(c.req.query()))));
  app.get('/sessions/:id', (c) => oneSession(c, bank, c.req.param('id')));
  app.get('/sessions/:id/events', (c) => c.json({ events: journal.of(c.req.param('id')) }));
  app.get('/events', (c) => {
    const after = c.req.header('last-event-id') ?? c.req.query('after') ?? '0';
    return streams.open(after === 'now' ? journal.lastId() : Number(after) || 0);
  });
  app.get('/events/:id', (c) => oneEvent(c, journal, Number(c.req.param('id'))));
  app.get('/setup', (c) => c.json(setupOf(c.req.url, parts)));
}

function mountSettings(app: Hono, { settings }: ControlParts): void {
  app.get('/settings', (c) => c.json(settings));
  app.get('/settings/schema', (c) => c.json(settingsSchema()));
  app.patch('/settings', async (c) => {
    const patch = await bodyOf(c, settingsPatch, 'invalid_settings');
    if (patch instanceof Response) return patch;
    applyPatch(settings, patch);
    return c.json(settings);
  });
}

/** What somebody does in the bank's place. */
function mountHand(app: Hono, { bank, journal, courier }: ControlParts): void {
  app.post('/sessions/:id/steps', async (c) => {
    const session = bank.find(c.req.param('id'));
    if (!session) return noSession(c);
    const order = await bodyOf(c, stepOrder, 'invalid_step');
    if (order instanceof Response) return order;
    return byHand(c, () => detail(bank, takeStep(bank, journal, session, order)));
  });
  app.post('/trigger', async (c) => {
    const order = await bodyOf(c, triggerOrder, 'invalid_trigger');
    if (order instanceof Response) return order;
    const session = await trigger(bank, journal, order, () => courier.idle());
    return c.json(detail(bank, session));
  });
  app.post('/events/:id/resend', (c) => resend(c, journal, courier));
}

function byHand(c: Context, act: () => SessionDetail): Response {
  try {
    return c.json(act());
  } catch (error) {
    if (error instanceof StepError) return c.json(problem('wrong_state', error.message), 409);
    if (error instanceof Refusal) return c.json(problem(error.code, error.message), 409);
    throw error;
  }
}

function resend(c: Context, journal: Journal, courier: Courier): Response {
  const found = journal.exchangeOf(Number(c.req.param('id')));
  if (!found) return noEvent(c);
  const { event, exchange } = found;
  const type = event.kind === 'webhook' ? WEBHOOK_TYPES.find((one) => one === event.type) : undefined;
  if (event.kind !== 'webhook' || !type || !exchange || typeof exchange.request.body === 'string') {
    return c.json(problem('not_a_webhook', 'Only the event of a webhook can be sent again'), 409);
  }
  const { sessionId, delivery } = event;
  if (!courier.isOn())
    return c.json(
      problem('webhooks_off', 'Webhooks are off, or go nowhere: set webhooks and webhookUrl'),
      409,
    );
  journal.add({ kind: 'hand', step: 'resend', sessionId });
  courier.again({ type, sessionId, bytes: Uint8Array.from(exchange.request.body) }, delivery + 1);
  return c.json({ sent: type, sessionId }, 202);
}

function mountFaults(app: Hono, faults: Faults): void {
  const kinds = FAULT_KINDS.map((kind) => ({
    ...kind,
    on: kind.spoils === 'call' ? METHODS : WEBHOOK_TYPES,
  }));
  app.get('/faults', (c) => c.json({ faults: faults.list(), kinds, codes: FAILURE_CODES }));
  app.post('/faults', async (c) => {
    const order = await bodyOf(c, faultOrder, 'invalid_fault');
    return order instanceof Response ? order : c.json(faults.add(order), 201);
  });
  app.delete('/faults', (c) => {
    faults.clear();
    return c.json({ faults: [] });
  });
  app.delete('/faults/:id', (c) =>
    faults.remove(Number(c.req.param('id')))
      ? c.json({ faults: faults.list() })
      : c.json(problem('not_found', 'There is no such fault; it may have struck for the last time'), 404),
  );
}

function oneSession(c: Context, bank: Bank, id: string): Response {
  const session = bank.find(id);
  return session ? c.json(detail(bank, session)) : noSession(c);
}

function detail(bank: Bank, session: Parameters<Bank['stepsFor']>[0]): SessionDetail {
  return {
    ...sessionView(session),
    steps: bank.stepsFor(session),
    returnable: bank.leftToReturn(session.id),
  };
}

function oneEvent(c: Context, journal: Journal, id: number): Response {
  const event = journal.find(id);
  return event ? c.json(event) : noEvent(c);
}

const noSession = (c: Context) => c.json(problem('not_found', 'There is no such session'), 404);
const noEvent = (c: Context) =>
  c.json(problem('not_found', 'There is no such event, or it is forgotten: the last 5000 are kept'), 404);

/** What was sent, checked; or the answer that says what is wrong with it. */
async function bodyOf<T>(c: Context, schema: z.ZodType<T>, code: string): Promise<T | Response> {
  const bytes = await readBody(c.req.raw, BODY_LIMIT);
  if (!bytes) return c.json(problem('body_too_large', `At most ${BODY_LIMIT} bytes`), 413);
  const read = schema.safeParse(parseJson(bytes));
  if (read.success) return read.data;
  const reasons = read.error.issues.map((issue) => `${issue.path.join('.') || 'body'}: ${issue.message}`);
  return c.json(problem(code, reasons.join('; ')), 422);
}

function problem(code: string, description: string): object {
  return { error: { code, description } };
}
