import { html, nothing, type TemplateResult } from 'lit';
import { repeat } from 'lit/directives/repeat.js';
import type { SandboxEvent } from '../../control/journal.js';
import type { Desk } from '../app/desk.js';
import { gap, time } from '../show/format.js';
import { icon } from '../show/icon.js';
import { exchangeView } from './exchange.js';
import { chronological, startOf } from './order.js';
import { isPoll, type Telling, tell } from './telling.js';

/** A session's life: calls, the bank's states, webhooks and money in the order they came. */
export function timeline(desk: Desk, events: readonly SandboxEvent[]): TemplateResult {
  const groups = grouped(chronological(events));
  return html`<ol class="timeline">${repeat(
    groups,
    ([first]) => first.id,
    (group, index) => {
      const before = groups[index - 1]?.at(-1);
      const since = before ? gap(startOf(group[0]) - startOf(before)) : '';
      return entry(desk, group, since);
    },
  )}</ol>`;
}

/** Events in a row; `session/status` asked again and again becomes one entry. */
function grouped(events: readonly SandboxEvent[]): [SandboxEvent, ...SandboxEvent[]][] {
  const groups: [SandboxEvent, ...SandboxEvent[]][] = [];
  for (const event of events) {
    const last = groups.at(-1);
    if (last && isPoll(event) && isPoll(last[0])) last.push(event);
    else groups.push([event]);
  }
  return groups;
}

function entry(desk: Desk, group: [SandboxEvent, ...SandboxEvent[]], since: string): TemplateResult {
  const event = group.at(-1) ?? group[0];
  const telling = tell(event);
  const open = desk.state.opened.has(event.id);
  return html`<li class="entry" data-tone=${telling.tone} data-kind=${event.kind}>
    <span class="node">${icon(telling.icon)}</span>
    ${telling.wire ? fold(desk, event.id, open, sentence(telling, group.length)) : html`<div class="entry-line">${sentence(telling, 1)}</div>`}
    <div class="entry-time"><time datetime=${event.at}>${time(startOf(event))}</time> <span class="soft">${since}</span></div>
    ${telling.reason ? html`<p class=${telling.tone === 'bad' ? 'reason' : 'reason mild'}>${telling.reason}</p>` : nothing}
    ${open ? exchangeView(desk, event.id) : nothing}
  </li>`;
}

function fold(desk: Desk, id: number, open: boolean, words: TemplateResult): TemplateResult {
  return html`<button type="button" class="entry-line fold" aria-expanded=${open} @click=${() => desk.toggle(id)}>
    ${words}<span class="fold-mark">${icon('chevron')}</span>
  </button>`;
}

export function sentence({ who, name, outcome, tone }: Telling, times: number): TemplateResult {
  return html`<span class="words"><span class="who">${who}</span> <span class="mono name">${name}</span>
    ${times > 1 ? html`<span class="times">${times} times</span>` : nothing}
    ${outcome ? html`<span class="outcome" data-tone=${tone}>${tone === 'bad' ? icon('warn') : nothing}${outcome}</span>` : nothing}</span>`;
}
