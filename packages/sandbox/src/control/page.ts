import { html } from 'hono/html';
import { accountEndingWith } from '../bank/account.js';
import { MAGIC_ENDINGS } from '../bank/outcomes.js';
import type { Settings } from '../bank/settings.js';

/** What the help page tells. */
export interface HelpFacts {
  readonly project: string;
  readonly origin: string;
  readonly settings: Settings;
}

/** `GET /`: what this is, where to send what, the magic accounts, the links. */
export function helpPage({ project, origin, settings }: HelpFacts) {
  return html`<!doctype html>
<html lang="en">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<title>Bank 131 sandbox</title>
<style>${style}</style>
</head>
<body>
<main>
<h1>Bank 131 sandbox</h1>
<p>A bank on your desk: the payout API of Bank 131 as far as anybody outside can know it, its tokenization
widget and its webhooks. Unofficial; no money moves here.</p>
<h2>Where to send what</h2>
<dl>
<dt>API</dt><dd><code>${origin}/api/v1/…</code> and <code>${origin}/api/v2/…</code></dd>
<dt>Project</dt><dd><code>${project}</code> in <code>X-PARTNER-PROJECT</code></dd>
<dt>Signature</dt><dd>RSA-SHA256 of the raw body with <code>partner-private.pem</code>, base64, in <code>X-PARTNER-SIGN</code></dd>
<dt>Widget</dt><dd><code>${origin}/widget/tokenize.js</code>, <code>${origin}/widget/tokenize.css</code></dd>
<dt>Webhooks</dt><dd>${webhooksTo(settings)}, signed; check them with <code>bank-public.pem</code></dd>
</dl>
<h2>Magic accounts</h2>
<p>The last two digits of the account decide (of a card or phone number too). Every other ending succeeds.</p>
<div class="wide"><table>
<thead><tr><th>Ending</th><th>What happens</th><th>An account, BIK 044525974</th></tr></thead>
<tbody>
<tr><td>00</td><td>succeeds</td><td><code>${accountEndingWith('00')}</code></td></tr>
${MAGIC_ENDINGS.map(
  ({
    ending,
    meaning,
  }) => html`<tr><td>${ending}</td><td>${meaning}</td><td><code>${accountEndingWith(ending)}</code></td></tr>
`,
)}</tbody>
</table></div>
<h2>Look inside</h2>
<ul>
<li><a href="/sandbox/sessions">/sandbox/sessions</a>: all sessions</li>
<li><a href="/sandbox/ledger">/sandbox/ledger</a>: every movement of money</li>
<li><a href="/sandbox/events">/sandbox/events</a>: a live stream of what happens</li>
<li><a href="/sandbox/settings">/sandbox/settings</a>: how the bank behaves; change it with <code>PATCH</code></li>
</ul>
</main>
</body>
</html>`;
}

function webhooksTo({ webhooks, webhookUrl }: Settings) {
  if (webhookUrl === null) return 'to nobody yet';
  return html`to <code>${webhookUrl}</code>${webhooks ? '' : ' (switched off)'}`;
}

const style = `
:root { color-scheme: light dark; font: 16px/1.5 system-ui, sans-serif; }
main { max-width: 46rem; margin: 0 auto; padding: 2rem 1rem; }
h1 { line-height: 1.2; } h2 { margin-top: 2rem; font-size: 1.2rem; }
code { font: .9em ui-monospace, monospace; overflow-wrap: anywhere; }
dt { font-weight: 600; } dd { margin: 0 0 .5rem; }
.wide { overflow-x: auto; } table { border-collapse: collapse; width: 100%; }
th, td { text-align: left; padding: .4rem .8rem .4rem 0; border-bottom: 1px solid #8884; vertical-align: top; }
td code { white-space: nowrap; }
`;
