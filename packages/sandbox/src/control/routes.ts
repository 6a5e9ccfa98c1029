import { type Context, Hono } from 'hono';
import { cors } from 'hono/cors';
import type { Bank } from '../bank/bank.js';
import { applyPatch, type Settings, settingsPatch, settingsSchema } from '../bank/settings.js';
import { parseJson, readBody } from '../door/body.js';
import type { Journal } from './journal.js';
import { dashboardAssets, dashboardPage } from './page.js';
import { findSessions, sessionQuery } from './sessions.js';
import { type SetupFacts, setupOf } from './setup.js';
import type { Streams } from './stream.js';
import { sessionView } from './view.js';

/** What the desk works with. */
export interface ControlParts extends SetupFacts {
  readonly bank: Bank;
  readonly journal: Journal;
  readonly settings: Settings;
  readonly streams: Streams;
}

const BODY_LIMIT = 16 * 1024;

/** Puts the dashboard at `/` and the control API, `/sandbox/*`, into an app. A desk tool: whoever reaches the port may look and turn. */
export function mountControl(app: Hono, parts: ControlParts): void {
  app.get('/', (c) => dashboardPage(c, { setup: setupOf(c.req.url, parts), settings: parts.settings }));
  app.route('/dashboard', dashboardAssets());
  app.route('/sandbox', controlApp(parts));
}

function controlApp(parts: ControlParts): Hono {
  const { bank, journal, settings, streams } = parts;
  const app = new Hono();
  app.use('*', cors({ origin: '*', allowMethods: ['GET', 'PATCH'] }));
  app.get('/ledger', (c) => c.json({ movements: bank.ledger() }));
  app.get('/sessions', (c) => c.json(findSessions(bank.sessions(), sessionQuery.parse(c.req.query()))));
  app.get('/sessions/:id', (c) => oneSession(c, bank, c.req.param('id')));
  app.get('/sessions/:id/events', (c) => c.json({ events: journal.of(c.req.param('id')) }));
  app.get('/events', (c) =>
    streams.open(Number(c.req.header('last-event-id') ?? c.req.query('after') ?? 0) || 0),
  );
  app.get('/events/:id', (c) => oneEvent(c, journal, Number(c.req.param('id'))));
  app.get('/settings', (c) => c.json(settings));
  app.get('/settings/schema', (c) => c.json(settingsSchema()));
  app.get('/setup', (c) => c.json(setupOf(c.req.url, parts)));
  app.patch('/settings', (c) => changeSettings(c, settings));
  return app;
}

function oneSession(c: Context, bank: Bank, id: string): Response {
  const session = bank.find(id);
  return session
    ? c.json(sessionView(session))
    : c.json(problem('not_found', 'There is no such session'), 404);
}

function oneEvent(c: Context, journal: Journal, id: number): Response {
  const event = journal.find(id);
  return event
    ? c.json(event)
    : c.json(problem('not_found', 'There is no such event, or it is forgotten: the last 5000 are kept'), 404);
}

async function changeSettings(c: Context, settings: Settings): Promise<Response> {
  const bytes = await readBody(c.req.raw, BODY_LIMIT);
  if (!bytes) return c.json(problem('body_too_large', `At most ${BODY_LIMIT} bytes`), 413);
  const patch = settingsPatch.safeParse(parseJson(bytes));
  if (!patch.success) {
    const reasons = patch.error.issues.map((issue) => `${issue.path.join('.') || 'body'}: ${issue.message}`);
    return c.json(problem('invalid_settings', reasons.join('; ')), 422);
  }
  applyPatch(settings, patch.data);
  return c.json(settings);
}

function problem(code: string, description: string): object {
  return { error: { code, description } };
}
