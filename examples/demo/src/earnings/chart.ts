/** The week as seven bars. */
import { html, type TemplateResult } from 'lit';
import type { Delivery } from '../server.ts';
import { dayOfWeek, money, weekdayName } from '../words/format.ts';
import { words } from '../words/language.ts';

const height = 84;

export function chart(deliveries: readonly Delivery[]): TemplateResult {
  const days = lastSevenDays().map((date) => ({ date, sum: sumOf(deliveries, date) }));
  const most = Math.max(...days.map(({ sum }) => sum), 1);
  const spoken = days.map(({ date, sum }) => `${weekdayName(date)} ${money(sum)}`).join(', ');
  return html`<div class="chart" role="img" aria-label="${words().chart}: ${spoken}">
    ${days.map(({ date, sum }) => html`<span class="chart-day">${bar(sum / most)}${dayOfWeek(date)}</span>`)}
  </div>`;
}

function bar(share: number): TemplateResult {
  const tall = Math.max(4, Math.round(share * height));
  return html`<svg viewBox="0 0 18 ${height}" class=${share === 1 ? 'best' : ''}>
    <rect y=${height - tall} width="18" height=${tall} rx=${Math.min(5, tall / 2)}></rect>
  </svg>`;
}

function lastSevenDays(): Date[] {
  return [7, 6, 5, 4, 3, 2, 1].map((ago) => {
    const date = new Date();
    date.setDate(date.getDate() - ago);
    return date;
  });
}

function sumOf(deliveries: readonly Delivery[], date: Date): number {
  const same = deliveries.filter(({ at }) => new Date(at).toDateString() === date.toDateString());
  return same.reduce((sum, { amount }) => sum + amount, 0);
}
