import { html, type TemplateResult } from 'lit';
import type { Desk } from '../app/desk.js';
import { copyButton } from '../show/copy.js';
import { shell } from './snippets.js';

/** What an unused bank says: how to make the first call, and what there is to try. */
export function lesson(desk: Desk): TemplateResult {
  const { setup, settings } = desk.state;
  if (!setup)
    return html`<section class="pane wide-pane"><p class="soft empty" role="status">Loading …</p></section>`;
  const call = shell(
    setup.origin,
    setup.project,
    setup.keys?.paths.partnerPrivate ?? 'b131-keys/partner-private.pem',
  );
  const failing = setup.accounts.find(({ ending }) => ending === '91');
  return html`<section class="pane wide-pane prose" aria-labelledby="lesson-title">
    <header class="pane-head"><h2 id="lesson-title">No payouts yet</h2>
      <p class="soft">Every session that a program opens at this bank appears here at once, with each call, webhook and state of its life.</p></header>
    <h3>Make the first call</h3>
    <p>Paste this into a terminal. It signs a body with your key and opens a session.</p>
    <div class="body"><pre tabindex="0" role="group" aria-label="A first call">${call}</pre>${copyButton(call, 'the first call')}</div>
    <p>PHP and TypeScript, the keys and the widget: <a href="#/setup">Set-up</a>.</p>
    <h3>Then let it fail</h3>
    <p>The last two digits of an account decide what becomes of the payout. <code>${failing?.account ?? ''}</code>
      ${copyButton(failing?.account ?? '', 'the account')} ${failing?.meaning ?? ''}. <a href="#/setup">All of them</a></p>
    <h3>And hear of it</h3>
    ${
      settings?.webhookUrl
        ? html`<p>Webhooks go to <code>${settings.webhookUrl}</code>. <a href="#/behaviour">Change</a></p>`
        : html`<p>Webhooks go nowhere yet. <a href="#/behaviour">Set webhookUrl</a></p>`
    }
  </section>`;
}
