import { type Context, Hono } from 'hono';
import { html } from 'hono/html';
import type { Settings } from '../bank/settings.js';
import type { Setup } from './setup.js';

/** What the page tells where no script runs. */
export interface PageFacts {
  readonly setup: Setup;
  readonly settings: Settings;
}

/** `GET /`: the dashboard; without scripts what this is, where to send what, and the magic accounts. */
export function dashboardPage(c: Context, facts: PageFacts): Response | Promise<Response> {
  for (const [name, value] of Object.entries(PROTECTION)) c.header(name, value);
  return c.html(page(facts));
}

/** `GET /dashboard/*`: the script and the style. They are text in a module of their own, loaded when asked for. */
export function dashboardAssets(): Hono {
  const app = new Hono();
  app.get('/script.js', async () => asset((await import('#dashboard')).script, 'text/javascript'));
  app.get('/style.css', async () => asset((await import('#dashboard')).style, 'text/css'));
  app.get('/icon.svg', () => asset(ICON, 'image/svg+xml'));
  return app;
}

/** All that is shown comes from whoever calls the bank: nothing of it may become markup, script or style. */
const PROTECTION = {
  'content-security-policy': [
    "default-src 'none'",
    "script-src 'self'",
    "style-src 'self'",
    "img-src 'self'",
    "connect-src 'self'",
    "base-uri 'none'",
    "form-action 'none'",
    "frame-ancestors 'none'",
    "require-trusted-types-for 'script'",
    'trusted-types lit-html',
  ].join('; '),
  'x-content-type-options': 'nosniff',
  'referrer-policy': 'no-referrer',
  'cache-control': 'no-cache',
};

function asset(text: string, type: string): Response {
  const headers = {
    'content-type': `${type}; charset=utf-8`,
    'cache-control': 'no-cache',
    'x-content-type-options': 'nosniff',
  };
  return new Response(text, { headers });
}

function page({ setup, settings }: PageFacts) {
  return html`<!doctype html>
<html lang="en">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<title>Bank 131 sandbox</title>
<link rel="icon" href="/dashboard/icon.svg" type="image/svg+xml">
<link rel="stylesheet" href="/dashboard/style.css">
<script type="module" src="/dashboard/script.js"></script>
</head>
<body>
<div id="desk"></div>
<noscript>${help(setup, settings)}</noscript>
</body>
</html>`;
}

function help({ origin, project, bik, accounts }: Setup, settings: Settings) {
  return html`<main class="plain-help">
<h1>Bank 131 sandbox</h1>
<p>A bank on your desk: the payout API of Bank 131 as far as anybody outside can know it, its tokenization
widget and its webhooks. Unofficial; no money moves here. The dashboard needs JavaScript.</p>
<h2>Where to send what</h2>
<dl class="facts">
<div><dt>API</dt><dd><code>${origin}/api/v1/…</code> and <code>${origin}/api/v2/…</code></dd></div>
<div><dt>Project</dt><dd><code>${project}</code> in <code>X-PARTNER-PROJECT</code></dd></div>
<div><dt>Signature</dt><dd>RSA-SHA256 of the raw body with <code>partner-private.pem</code>, base64, in <code>X-PARTNER-SIGN</code></dd></div>
<div><dt>Widget</dt><dd><code>${origin}/widget/tokenize.js</code>, <code>${origin}/widget/tokenize.css</code></dd></div>
<div><dt>Webhooks</dt><dd>${webhooksTo(settings)}, signed; check them with <code>bank-public.pem</code></dd></div>
</dl>
<h2>Magic accounts</h2>
<p>The last two digits of the account decide (of a card or phone number too). BIK <code>${bik}</code>.</p>
<table>
<thead><tr><th>Ending</th><th>An account</th><th>What happens</th></tr></thead>
<tbody>${accounts.map(
    ({ ending, account, meaning }) =>
      html`<tr><td>${ending}</td><td><code>${account}</code></td><td>${meaning}</td></tr>`,
  )}</tbody>
</table>
<h2>Look inside</h2>
<ul>
<li><a href="/sandbox/sessions">/sandbox/sessions</a>: all sessions</li>
<li><a href="/sandbox/ledger">/sandbox/ledger</a>: every movement of money</li>
<li><a href="/sandbox/events">/sandbox/events</a>: a live stream of what happens</li>
<li><a href="/sandbox/settings">/sandbox/settings</a>: how the bank behaves; change it with <code>PATCH</code></li>
</ul>
</main>`;
}

function webhooksTo({ webhooks, webhookUrl }: Settings) {
  if (webhookUrl === null) return 'to nobody yet';
  return html`to <code>${webhookUrl}</code>${webhooks ? '' : ' (switched off)'}`;
}

const ICON = `<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 16 16"><rect width="16" height="16" rx="4" fill="#0c3b2e"/><path d="M3 6.5 8 3.5 13 6.5M4 12.5h8M4.8 7v5M8 7v5M11.2 7v5" fill="none" stroke="#ffb38a" stroke-width="1.3" stroke-linecap="round" stroke-linejoin="round"/></svg>`;
