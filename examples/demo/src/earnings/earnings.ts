/** The courier's own part of the page: what is owed, what was driven, what was paid out. */
import { html, nothing, type TemplateResult } from 'lit';
import type { CashOut, Delivery, Earnings } from '../server.ts';
import { dateRange, dayAndTime, kilometres, money, plural } from '../words/format.ts';
import { currentLanguage, words } from '../words/language.ts';
import { chart } from './chart.ts';

/** Of the last seven days; older deliveries are history. */
const shown = 8;

export function balanceCard(earnings: Earnings, isOpen: boolean, cashOut: () => void): TemplateResult {
  const { balance, deliveries } = earnings;
  const t = words();
  const km = deliveries.reduce((sum, { distance }) => sum + distance, 0);
  const tips = deliveries.reduce((sum, { tip }) => sum + tip, 0);
  const [last, first] = [deliveries[0], deliveries.at(-1)];
  return html`<section class="balance ${isOpen ? 'is-cashing-out' : ''}" aria-labelledby="balance-label">
    <div class="balance-main">
      <p id="balance-label" class="balance-label">${t.balance}</p>
      <p class="balance-amount" data-balance=${balance}>${money(balance)}</p>
      <p class="balance-facts">
        ${balance > 0 ? [plural(deliveries.length, t.deliveriesCount), kilometres(km), t.tips.replace('{amount}', money(tips))].map((fact) => html`<span>${fact}</span>`) : t.nothingOwed}
      </p>
      ${balance > 0 && !isOpen ? html`<button id="cash-out-button" class="primary" type="button" @click=${cashOut}>${t.cashOut}</button>` : nothing}
    </div>
    <figure class="balance-week">
      ${chart(deliveries)}
      <figcaption>${first && last ? dateRange(new Date(first.at), new Date(last.at)) : ''}</figcaption>
    </figure>
  </section>`;
}

export function deliveryList(deliveries: readonly Delivery[]): TemplateResult {
  return html`<section class="list deliveries" aria-labelledby="deliveries-title">
    <h2 id="deliveries-title">${words().deliveries}</h2>
    <ul role="list">
      ${deliveries.slice(0, shown).map(delivery)}
    </ul>
  </section>`;
}

function delivery({ at, from, to, distance, amount, tip }: Delivery): TemplateResult {
  const language = currentLanguage();
  return html`<li class="row">
    <span class="row-mark" aria-hidden="true"><svg viewBox="0 0 24 24"><path d="M6 18c0-7 12-4 12-11" /><circle cx="6" cy="18.5" r="2" /><circle cx="18" cy="6" r="2" /></svg></span>
    <span class="row-main"><b>${from[language]}</b><span>${to[language]}</span></span>
    <span class="row-side"><b>${money(amount)}</b><span>${kilometres(distance)}${tip > 0 ? html`<span class="row-tip"> · ${words().tip} ${money(tip)}</span>` : nothing}</span></span>
    <span class="row-when">${dayAndTime(at)}</span>
  </li>`;
}

export function payoutList(cashOuts: readonly CashOut[]): TemplateResult | typeof nothing {
  if (cashOuts.length === 0) return nothing;
  return html`<section class="list" aria-labelledby="payouts-title">
    <h2 id="payouts-title">${words().payouts}</h2>
    <ul role="list">
      ${cashOuts.map(payout)}
    </ul>
  </section>`;
}

function payout({ ref, amount, status, masked, finishedAt, openedAt }: CashOut): TemplateResult {
  const t = words();
  const state = status ?? '';
  const tone = state === 'succeeded' ? 'good' : 'bad';
  return html`<li class="row payout" data-status=${state}>
    <span class="row-mark ${tone}" aria-hidden="true"><svg viewBox="0 0 24 24"><path d="M12 5v14m0 0-5.5-5.5M12 19l5.5-5.5" transform=${state === 'returned' ? 'rotate(180 12 12)' : 'rotate(-135 12 12)'} /></svg></span>
    <span class="row-main"><b>${masked ? t.payoutTo.replace('{account}', masked) : ref}</b><span><span class="mark ${tone}">${t.statuses[state] ?? state}</span></span></span>
    <span class="row-side"><b>${money(state === 'returned' ? amount : -amount)}</b><span></span></span>
    <span class="row-when">${dayAndTime(finishedAt ?? openedAt)}</span>
  </li>`;
}
