/** Buttons that make things go wrong, or go again. */
import { html, nothing, type TemplateResult } from 'lit';
import type { Config } from '../server.ts';
import { words } from '../words/language.ts';

export interface Breakage {
  webhooksOn: boolean;
  killBff(): void;
  switchWebhooks(on: boolean): void;
  workAnotherWeek(): void;
}

export function breakage(
  { sandbox, canKill }: Config,
  { webhooksOn, killBff, switchWebhooks, workAnotherWeek }: Breakage,
): TemplateResult {
  const t = words().tools;
  return html`<section class="tools" aria-labelledby="tools-title">
    <h2 id="tools-title">${t.title}</h2>
    <p class="tools-text">${t.text}</p>
    <div class="breakers">
      ${canKill ? action({ id: 'kill-bff', label: t.kill, text: t.killText, act: killBff }) : nothing}
      <label class="breaker">
        <input id="webhooks" type="checkbox" role="switch" .checked=${webhooksOn} @change=${(event: Event) => event.target instanceof HTMLInputElement && switchWebhooks(event.target.checked)}>
        <span class="breaker-words"><b>${t.webhooks}</b><span>${t.webhooksText}</span></span>
      </label>
      ${action({ id: 'another-week', label: t.week, text: t.weekText, act: workAnotherWeek })}
    </div>
    <p class="tools-link"><a href="${sandbox}/sandbox/ledger" target="_blank" rel="noopener">${t.ledger}</a></p>
  </section>`;
}

function action({
  id,
  label,
  text,
  act,
}: {
  id: string;
  label: string;
  text: string;
  act(): void;
}): TemplateResult {
  return html`<div class="breaker">
    <button id=${id} class="quiet" type="button" aria-describedby="${id}-text" @click=${act}>${label}</button>
    <span id="${id}-text" class="breaker-words">${text}</span>
  </div>`;
}
