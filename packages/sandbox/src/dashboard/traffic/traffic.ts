import { html, nothing, type TemplateResult } from 'lit';
import { repeat } from 'lit/directives/repeat.js';
import { type SandboxEvent, sessionOf } from '../../control/journal.js';
import type { Desk } from '../app/desk.js';
import { eventHref, type Route, sessionHref } from '../app/route.js';
import { textOf } from '../show/control.js';
import { time } from '../show/format.js';
import { icon } from '../show/icon.js';
import { exchangeView } from '../timeline/exchange.js';
import { startOf } from '../timeline/order.js';
import { tell } from '../timeline/telling.js';
import { sentence } from '../timeline/timeline.js';

const ONLY = [
  ['', 'Calls, webhooks, widget'],
  ['request', 'Calls of the API'],
  ['webhook', 'Webhooks'],
  ['widget', 'Widget'],
  ['fault', 'Faults'],
  ['trouble', 'Only what went wrong'],
] as const;

/** Every call, webhook and use of the widget, the newest first. */
export function traffic(desk: Desk): TemplateResult {
  const { route, trafficLimit } = desk.state;
  if (route.view !== 'traffic') return html``;
  const found = fitting(desk.state.events, route, trafficLimit + 1);
  return html`<section class="pane wide-pane" aria-labelledby="traffic-title">
    <header class="pane-head">
      <h2 id="traffic-title">Traffic</h2>
      <div class="filters">
        <label class="unseen" for="search">Search the traffic</label>
        <input id="search" type="search" placeholder="method, ps_…, status, error, reason" .value=${route.search}
          autocomplete="off" spellcheck="false" @input=${(event: Event) => desk.search({ search: textOf(event) })}>
        <label class="unseen" for="only">Show</label>
        <select id="only" @change=${(event: Event) => desk.search({ only: textOf(event) })}>
          ${ONLY.map(([value, words]) => html`<option value=${value} ?selected=${route.only === value}>${words}</option>`)}
        </select>
      </div>
    </header>
    ${
      found.length === 0
        ? none(desk, route)
        : html`<ul class="traffic" id="rows">${repeat(
            found.slice(0, trafficLimit),
            ({ id }) => id,
            (event) => line(desk, event),
          )}</ul>`
    }
    ${found.length > trafficLimit ? html`<div class="empty"><button type="button" class="small" @click=${() => desk.moreTraffic()}>Show 100 more</button></div>` : nothing}
  </section>`;
}

function none(desk: Desk, route: Route & { view: 'traffic' }): TemplateResult {
  const filtered = route.search !== '' || route.only !== '';
  return html`<div class="empty"><p>${filtered ? 'Nothing fits that.' : 'Nobody has called the bank yet.'}</p>
    ${
      filtered
        ? html`<button type="button" class="small" @click=${() => desk.search({ search: '', only: '' })}>Show all</button>`
        : html`<p><a href="#/setup">How to call it</a></p>`
    }</div>`;
}

function line(desk: Desk, event: SandboxEvent): TemplateResult {
  const telling = tell(event);
  const open = desk.state.opened.has(event.id);
  const session = sessionOf(event);
  return html`<li class="entry" id=${`event-${event.id}`} data-tone=${telling.tone} data-kind=${event.kind}>
    <span class="node">${icon(telling.icon)}</span>
    ${
      telling.wire
        ? html`<button type="button" class="entry-line fold row" aria-expanded=${open} @click=${() => desk.toggle(event.id)}>
            ${sentence(telling, 1)}<span class="fold-mark">${icon('chevron')}</span></button>`
        : html`<div class="entry-line">${sentence(telling, 1)}</div>`
    }
    <div class="entry-time"><time datetime=${event.at}>${time(startOf(event))}</time>
      ${session ? html`<a class="mono" href=${sessionHref(session)}>${session}</a>` : nothing}
      ${open ? html`<a href=${eventHref(event.id)}>${icon('link')}Link</a>` : nothing}</div>
    ${telling.reason ? html`<p class=${telling.tone === 'bad' ? 'reason' : 'reason mild'}>${telling.reason}</p>` : nothing}
    ${open ? exchangeView(desk, event.id) : nothing}
  </li>`;
}

/** At most `limit` events that fit, from the newest back. */
function fitting(
  events: readonly SandboxEvent[],
  route: Route & { view: 'traffic' },
  limit: number,
): SandboxEvent[] {
  const words = route.search.toLowerCase().split(/\s+/).filter(Boolean);
  const found: SandboxEvent[] = [];
  for (let index = events.length - 1; index >= 0 && found.length < limit; index -= 1) {
    const event = events[index];
    if (event && (event.id === route.event || (isOf(event, route.only) && has(event, words))))
      found.push(event);
  }
  return found;
}

function isOf(event: SandboxEvent, only: string): boolean {
  if (event.kind === 'state' || event.kind === 'money' || event.kind === 'hand') return false;
  if (only === 'trouble') return tell(event).tone === 'bad';
  return only === '' || event.kind === only;
}

function has(event: SandboxEvent, words: readonly string[]): boolean {
  if (words.length === 0) return true;
  const { who, name, outcome, reason } = tell(event);
  const text = [who, name, outcome, reason, sessionOf(event), JSON.stringify(event)].join(' ').toLowerCase();
  return words.every((word) => text.includes(word));
}
