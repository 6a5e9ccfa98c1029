import { html, nothing, type TemplateResult } from 'lit';
import type { PayoutView, SessionDetail, SessionView } from '../../control/view.js';
import type { Desk } from '../app/desk.js';
import { hrefOf } from '../app/route.js';
import type { OpenSession } from '../app/state.js';
import { badge, standingOf } from '../show/badge.js';
import { copyButton } from '../show/copy.js';
import { brief, moment, money } from '../show/format.js';
import { icon } from '../show/icon.js';
import { timeline } from '../timeline/timeline.js';
import { byHand } from './hand.js';
import { outcomeWords } from './outcome.js';

/** One payout: how it stands, what may be done, and its life. */
export function sessionPane(desk: Desk): TemplateResult {
  const { session, route } = desk.state;
  if (!session || route.view !== 'payouts')
    return html`<section class="pane detail-pane none"><p class="soft">Choose a payout to see its life.</p></section>`;
  const back = hrefOf({ view: 'payouts', search: route.search, status: route.status });
  return html`<section class="pane detail-pane" aria-labelledby="session-title" tabindex="-1" id="detail">
    <a class="back" href=${back}>${icon('left')}All payouts</a>
    <header class="detail-head">
      <h2 id="session-title"><span class="unseen">Payout </span><span class="mono">${session.id}</span>${copyButton(session.id, 'the session’s id')}</h2>
      ${session.view ? badge(standingOf(session.view)) : nothing}
    </header>
    ${session.problem ? html`<p class="reason" role="alert">${session.problem}</p>` : nothing}
    ${session.view ? body(desk, session, session.view) : nothing}
  </section>`;
}

function body(desk: Desk, { events }: OpenSession, view: SessionDetail): TemplateResult {
  const payout = view.payouts.at(-1);
  return html`
    ${payout ? html`<p class="sum">${money(payout.amount)}</p>` : nothing}
    ${payout?.error ? html`<p class=${standingOf(view).tone === 'bad' ? 'reason' : 'reason mild'}><strong class="mono">${payout.error.code}</strong> ${payout.error.description}</p>` : nothing}
    ${facts(view, payout)}
    ${byHand(desk, view)}
    <h3>Time line</h3>
    ${events.length === 0 ? html`<p class="soft">Its events are forgotten: the sandbox remembers the last 5,000.</p>` : timeline(desk, events)}`;
}

function facts(view: SessionView, payout: PayoutView | undefined): TemplateResult {
  const to = payout?.masked_account ?? payout?.masked_card ?? payout?.masked_phone;
  const lines: [string, string | undefined, boolean?][] = [
    ['To', to, true],
    ['Description', payout?.description],
    ['Metadata', view.metadata === null ? undefined : brief(view.metadata), true],
    ['Session', `${view.status}${view.next_action ? `, next_action ${view.next_action}` : ''}`, true],
    ['Payout', payout ? `${payout.id}, ${payout.status}` : undefined, true],
    ['What the sandbox does with it', payout && outcomeWords(payout.outcome)],
    ['Created', `${moment(view.created_at)} by a ${view.version} call`],
    ...(payout?.refunds ?? []).map(({ id, amount, created_at }): [string, string] => [
      'Returned',
      `${money(amount)}, ${id}, ${moment(created_at)}`,
    ]),
  ];
  return html`<dl class="facts">${lines.map(([name, value, mono]) =>
    value === undefined
      ? nothing
      : html`<div><dt>${name}</dt><dd class=${mono ? 'mono' : ''}>${value}</dd></div>`,
  )}</dl>`;
}
