/** The sandbox's magic accounts, ready to copy into the bank's form. */
import { html, type TemplateResult } from 'lit';
import type { Config } from '../server.ts';
import { fill } from '../words/format.ts';
import { words } from '../words/language.ts';

export function accounts({ bik, accounts: list }: Config): TemplateResult {
  const t = words().accounts;
  return html`<section class="tools" aria-labelledby="accounts-title">
    <h2 id="accounts-title">${t.title}</h2>
    <p class="tools-text">${t.text}</p>
    <ul class="accounts" role="list">
      <li class="account">
        <span class="account-what">${t.bik}</span>
        ${copyable(bik, '')}
      </li>
      ${list.map(
        ({ ending, account }) => html`<li class="account" data-ending=${ending}>
          <span class="account-what">${t.outcomes[ending]}</span>
          ${copyable(account, fill(t.ending, { ending }))}
        </li>`,
      )}
    </ul>
  </section>`;
}

function copyable(number: string, label: string): TemplateResult {
  const t = words().accounts;
  const head = label === '' ? number : number.slice(0, -2);
  const tail = label === '' ? '' : number.slice(-2);
  return html`<button type="button" class="copy" aria-label="${t.copy}: ${label || 'BIK'} ${number}" @click=${(event: Event) => copy(number, event)}>
    <code>${head}<b>${tail}</b></code>
    <span class="copy-mark" aria-hidden="true">${copyIcon}</span>
    <span class="copy-said" role="status"></span>
  </button>`;
}

const copyIcon = html`<svg viewBox="0 0 16 16"><rect x="5.5" y="5.5" width="8" height="8" rx="2" /><path d="M10.5 3.2A2 2 0 0 0 8.7 2.5H4.5a2 2 0 0 0-2 2v4.2c0 .8.3 1.4.8 1.8" /></svg>`;

async function copy(number: string, event: Event): Promise<void> {
  const button = event.currentTarget;
  if (!(button instanceof HTMLElement)) return;
  await navigator.clipboard.writeText(number);
  const said = button.querySelector('.copy-said');
  if (!said) return;
  said.textContent = words().accounts.copied;
  button.classList.add('copied');
  setTimeout(() => {
    said.textContent = '';
    button.classList.remove('copied');
  }, 1600);
}
