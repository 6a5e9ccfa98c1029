import { html, nothing, type TemplateResult } from 'lit';
import type { KeyFacts, Setup } from '../../control/setup.js';
import type { Desk } from '../app/desk.js';
import { copyButton } from '../show/copy.js';
import { KEY_COMMANDS, snippets } from './snippets.js';

/** What to set where, so that a program of one's own talks to this bank. */
export function setupPage(desk: Desk): TemplateResult {
  const { setup, settings } = desk.state;
  if (!setup)
    return html`<section class="pane wide-pane"><p class="soft empty" role="status">Loading …</p></section>`;
  return html`<section class="pane wide-pane prose" aria-labelledby="setup-title">
    <header class="pane-head"><h2 id="setup-title">Set-up</h2>
      <p class="soft">Unofficial, and no money moves here: a stand-in for Bank 131 as far as anybody outside can know it.</p></header>
    <h3>1. Where to send what</h3>
    <dl class="facts">
      ${fact('API', `${setup.origin}/api/v1/… and /api/v2/…`)}
      ${fact('X-PARTNER-PROJECT', setup.project)}
      ${fact('X-PARTNER-SIGN', 'RSA-SHA256 (PKCS#1 v1.5) over the bytes of the body, base64')}
      ${fact('Widget', `${setup.origin}/widget/tokenize.js and /widget/tokenize.css`)}
      ${fact('Webhooks go', settings?.webhookUrl ?? 'nowhere yet')}
    </dl>
    ${settings?.webhookUrl === null ? html`<p class="reason mild">Without an address for webhooks your program only learns by asking <code>session/status</code>. <a href="#/behaviour">Set webhookUrl</a></p>` : nothing}
    <h3>2. Keys</h3>
    ${setup.keys ? ownKeys(setup.keys) : html`<p>This sandbox was given its keys by the program that runs it.</p>`}
    <details><summary>A pair of your own, as the bank asks for it</summary>
      ${code(KEY_COMMANDS, 'the commands for a pair of keys')}
      <p>Put <code>partner-public.pem</code> into the sandbox’s keys folder and start it again. The private one stays with you. For the real bank the manager gets the same public file.</p>
    </details>
    <h3>3. A first call</h3>
    ${snippets(setup).map(({ title, code: text }, index) => html`<details ?open=${index === 0}><summary>${title}</summary>${code(text, title)}</details>`)}
    <h3>4. Accounts that fail on purpose</h3>
    <p>The last two digits decide what becomes of a payout, of a card or phone number too. BIK <code>${setup.bik}</code> ${copyButton(setup.bik, 'the BIK')}</p>
    ${accounts(setup)}
  </section>`;
}

function fact(name: string, value: string): TemplateResult {
  return html`<div><dt>${name}</dt><dd class="mono">${value}</dd></div>`;
}

function ownKeys({ paths, bankPublicKey }: KeyFacts): TemplateResult {
  return html`<dl class="facts">
      ${fact('Signs your calls', paths.partnerPrivate)}
      ${fact('Checks your calls', paths.partnerPublic)}
      ${fact('Checks the bank’s webhooks', paths.bankPublic)}
    </dl>
    <details><summary>The bank’s public key, to check X-PARTNER-SIGN of webhooks</summary>${code(bankPublicKey, 'the bank’s public key')}</details>`;
}

function code(text: string, what: string): TemplateResult {
  return html`<div class="body"><pre tabindex="0" role="group" aria-label=${what}>${text}</pre>${copyButton(text, what)}</div>`;
}

function accounts({ accounts: all }: Setup): TemplateResult {
  return html`<div class="scroll" tabindex="0" role="group" aria-label="Accounts"><table>
    <thead><tr><th scope="col">Ending</th><th scope="col">Account</th><th scope="col">What happens</th></tr></thead>
    <tbody>${all.map(
      ({ ending, account, meaning }) => html`<tr><td class="mono">${ending}</td>
        <td class="mono nowrap">${account} ${copyButton(account, `account ${account}`)}</td><td>${meaning}</td></tr>`,
    )}</tbody></table></div>`;
}
