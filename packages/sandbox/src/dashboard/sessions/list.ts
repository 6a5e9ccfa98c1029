import { html, nothing, type TemplateResult } from 'lit';
import { repeat } from 'lit/directives/repeat.js';
import type { SessionView } from '../../control/view.js';
import type { Desk } from '../app/desk.js';
import { hrefOf } from '../app/route.js';
import { badge, standingOf } from '../show/badge.js';
import { textOf } from '../show/control.js';
import { brief, moment, money } from '../show/format.js';
import { icon } from '../show/icon.js';

const STATUSES = [
  ['', 'All'],
  ['waiting', 'Waits for confirmation'],
  ['succeeded', 'Paid'],
  ['failed', 'Failed'],
  ['in_progress', 'In progress'],
  ['created', 'Created'],
  ['cancelled', 'Cancelled'],
  ['error', 'Error'],
] as const;

/** All payouts, the newest first. */
export function sessionList(desk: Desk): TemplateResult {
  const { list, route } = desk.state;
  if (route.view !== 'payouts') return html``;
  const filtered = route.search !== '' || route.status !== '';
  return html`<section class="pane list-pane" aria-labelledby="list-title">
    <header class="pane-head">
      <h2 id="list-title">Payouts <span class="count">${list.total}</span></h2>
      <div class="filters">
        <label class="unseen" for="search">Search payouts</label>
        <input id="search" type="search" placeholder="ps_…, reference, ***9500, error" .value=${route.search}
          autocomplete="off" spellcheck="false"
          @input=${(event: Event) => desk.search({ search: textOf(event) })}>
        <label class="unseen" for="status">Status</label>
        <select id="status" @change=${(event: Event) => desk.search({ status: textOf(event) })}>
          ${STATUSES.map(([value, words]) => html`<option value=${value} ?selected=${route.status === value}>${words}</option>`)}
        </select>
      </div>
    </header>
    ${list.problem ? html`<p class="reason" role="alert">${list.problem}</p>` : nothing}
    ${list.held.length > 0 ? html`<button type="button" class="held" @click=${() => desk.showHeld()}>${list.held.length} new, show</button>` : nothing}
    ${rows(desk, filtered)}
  </section>`;
}

function rows(desk: Desk, filtered: boolean): TemplateResult {
  const { list } = desk.state;
  if (!list.rows) return html`<p class="soft empty" role="status">Loading …</p>`;
  if (list.rows.length === 0 && list.held.length === 0)
    return filtered ? nothingFits(desk) : html`<p class="soft empty">No payouts yet.</p>`;
  return html`<ul class="rows" id="rows">${repeat(
    list.rows,
    ({ id }) => id,
    (session) => row(desk, session),
  )}</ul>
    ${list.more ? older(desk) : nothing}`;
}

function nothingFits(desk: Desk): TemplateResult {
  return html`<div class="empty"><p>No payout fits that.</p>
    <button type="button" class="small" @click=${() => desk.search({ search: '', status: '' })}>Show all</button></div>`;
}

function older(desk: Desk): TemplateResult {
  const { limit } = desk.state.list;
  if (limit >= 1_000)
    return html`<p class="soft empty">The newest ${limit} are shown. Search to find older ones.</p>`;
  return html`<div class="empty"><button type="button" class="small" @click=${() => desk.olderSessions()}>Show older ones</button></div>`;
}

function row(desk: Desk, session: SessionView): TemplateResult {
  const { route } = desk.state;
  const current = route.view === 'payouts' && route.session === session.id;
  const href = hrefOf(route.view === 'payouts' ? { ...route, session: session.id } : { view: 'setup' });
  const payout = session.payouts.at(-1);
  const standing = standingOf(session);
  const to = payout?.masked_account ?? payout?.masked_card ?? payout?.masked_phone;
  return html`<li><a class="row" href=${href} aria-current=${current ? 'true' : nothing}>
    <span class="row-main"><span class="mono">${session.id}</span>${badge(standing)}</span>
    <span class="row-side"><span class="amount">${payout ? money(payout.amount) : '—'}</span>
      <span class="soft mono">${to ?? ''}</span>
      <time class="soft" datetime=${session.created_at}>${moment(session.created_at)}</time></span>
    ${payout?.error && standing.tone === 'bad' ? html`<span class="row-error mono">${icon('warn')}${payout.error.code}</span>` : nothing}
    ${session.metadata === null ? nothing : html`<span class="row-note soft mono">${brief(session.metadata)}</span>`}
  </a></li>`;
}
