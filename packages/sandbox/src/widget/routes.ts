import { type Context, Hono } from 'hono';
import { cors } from 'hono/cors';
import { z } from 'zod';
import { maskAccount, typedAccountProblem } from '../bank/account.js';
import { cardBrand, isCardNumber } from '../bank/card.js';
import { invalidRequest, Refusal } from '../bank/model.js';
import type { Settings } from '../bank/settings.js';
import type { Vault } from '../bank/vault.js';
import type { Journal } from '../control/journal.js';
import { parseJson, readBody } from '../door/body.js';
import { widgetScript } from './script.js';
import { WIDGET_STYLE } from './style.js';

/** What the widget's server side works with. */
export interface WidgetParts {
  readonly vault: Vault;
  readonly settings: Settings;
  readonly journal: Journal;
}

/** What the widget gets for a recipient's numbers. */
export type WidgetResult =
  | { readonly type: 'bank_account'; readonly token: string; readonly masked_account: string }
  | { readonly type: 'card'; readonly number_hash: string; readonly last4: string; readonly brand: string };

const BODY_LIMIT = 4 * 1024;

/** Puts the widget's script, style and its own call into an app. Any page may use them. */
export function mountWidget(app: Hono, parts: WidgetParts): void {
  app.route('/widget', widgetApp(parts));
}

function widgetApp(parts: WidgetParts): Hono {
  const app = new Hono();
  const allowHeaders = ['content-type', 'x-public-token'];
  app.use('*', cors({ origin: '*', allowMethods: ['GET', 'POST'], allowHeaders, maxAge: 600 }));
  app.get('/tokenize.js', () =>
    asset(widgetScript(parts.settings.personality), 'text/javascript; charset=utf-8'),
  );
  app.get('/tokenize.css', () => asset(WIDGET_STYLE, 'text/css; charset=utf-8'));
  app.post('/api/tokenize', (c) => tokenize(c, parts));
  return app;
}

function asset(text: string, type: string): Response {
  const headers = {
    'content-type': type,
    'cache-control': 'no-cache',
    'cross-origin-resource-policy': 'cross-origin',
  };
  return new Response(text, { headers });
}

async function tokenize(c: Context, { vault, journal }: WidgetParts): Promise<Response> {
  const bytes = await readBody(c.req.raw, BODY_LIMIT);
  try {
    if (!bytes) throw invalidRequest('The body is too large');
    const token = c.req.header('x-public-token') ?? '';
    vault.checkPublicToken(token);
    const result = keep(parseJson(bytes), vault);
    vault.usePublicToken(token);
    journal.add({ kind: 'widget', outcome: 'tokenized', type: result.type, masked: maskOf(result) });
    return c.json({ status: 'ok', data: result });
  } catch (error) {
    if (!(error instanceof Refusal)) throw error;
    journal.add({ kind: 'widget', outcome: 'refused', code: error.code });
    return c.json(
      { status: 'error', error: { code: error.code, description: error.message } },
      httpStatus(error),
    );
  }
}

function httpStatus({ code }: Refusal): 401 | 422 {
  return code.startsWith('public_token') ? 401 : 422;
}

const accountBody = z.object({ bik: z.string(), account: z.string() });
const cardBody = z.object({ card: z.object({ number: z.string() }) });

/** Checks what was typed, the check digits again, and keeps it. */
function keep(body: unknown, vault: Vault): WidgetResult {
  const card = cardBody.safeParse(body);
  if (card.success) return keepCard(card.data.card.number, vault);
  const account = accountBody.safeParse(body);
  if (!account.success) throw invalidRequest('Give {bik, account} or {card: {number}}');
  return keepAccount(account.data.bik, account.data.account, vault);
}

function keepAccount(bik: string, account: string, vault: Vault): WidgetResult {
  const problem = typedAccountProblem(bik, account);
  if (problem) throw invalidRequest(`The account was refused: ${problem}`);
  return {
    type: 'bank_account',
    token: vault.keepAccount(bik, account),
    masked_account: maskAccount(account),
  };
}

function keepCard(number: string, vault: Vault): WidgetResult {
  if (!isCardNumber(number)) throw invalidRequest('The card was refused: card_number');
  return {
    type: 'card',
    number_hash: vault.keepCard(number),
    last4: number.slice(-4),
    brand: cardBrand(number),
  };
}

function maskOf(result: WidgetResult): string {
  return result.type === 'card' ? `***${result.last4}` : result.masked_account;
}
