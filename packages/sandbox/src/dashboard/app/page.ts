import { html, nothing, type TemplateResult } from 'lit';
import { behaviour } from '../behaviour/behaviour.js';
import { misbehaviour, usualPatch } from '../behaviour/unusual.js';
import { sessionList } from '../sessions/list.js';
import { sessionPane } from '../sessions/session.js';
import { lesson } from '../setup/lesson.js';
import { setupPage } from '../setup/setup.js';
import { isTicked, textOf } from '../show/control.js';
import { icon } from '../show/icon.js';
import { traffic } from '../traffic/traffic.js';
import type { Desk } from './desk.js';
import type { View } from './route.js';
import type { State } from './state.js';

const VIEWS: readonly (readonly [View, string])[] = [
  ['payouts', 'Payouts'],
  ['traffic', 'Traffic'],
  ['behaviour', 'Behaviour'],
  ['setup', 'Set-up'],
];

/** The whole page. */
export function page(desk: Desk): TemplateResult {
  return html`
    <a class="skip" href="#main" @click=${skip}>Skip to the content</a>
    ${top(desk)}
    ${banners(desk)}
    <main id="main" tabindex="-1" data-view=${desk.state.route.view}>${view(desk)}</main>
    ${foot(desk)}
    <p class=${desk.state.notice.bad ? 'notice bad' : 'notice'} role="status" ?data-shown=${desk.state.notice.text !== ''}>
      ${desk.state.notice.text}</p>`;
}

function top(desk: Desk): TemplateResult {
  const { route, setup } = desk.state;
  return html`<header class="top">
    <h1 class="brand"><a href="#/payouts">${icon('bank')}Bank 131 <span class="tag">sandbox</span></a>
      ${setup ? html`<span class="project mono" title="Project">${setup.project}</span>` : nothing}</h1>
    <nav aria-label="Views">${VIEWS.map(
      ([name, words]) =>
        html`<a href=${`#/${name}`} aria-current=${route.view === name ? 'page' : nothing}>${words}</a>`,
    )}</nav>
    ${liveness(desk)}
  </header>`;
}

function liveness(desk: Desk): TemplateResult {
  const { paused, missed } = desk.state;
  return html`<div class="liveness">
    <span class="live" data-state=${paused ? 'paused' : desk.state.connection}>${livenessWords(desk.state)}</span>
    <button type="button" class="small" aria-pressed=${paused} @click=${() => desk.pause()}>
      ${icon(paused ? 'play' : 'pause')}${paused ? `Go on${missed > 0 ? ` (${missed})` : ''}` : 'Pause'}</button>
  </div>`;
}

function livenessWords({ paused, connection }: State): string {
  if (paused) return 'Paused';
  if (connection === 'lost') return 'Not connected';
  return connection === 'live' ? 'Live' : 'Connecting';
}

function banners(desk: Desk): TemplateResult {
  const { connection, setup } = desk.state;
  const changed = misbehaviour(desk.state);
  return html`
    ${connection === 'lost' ? html`<div class="banner bad" role="alert">${icon('warn')}<p><strong>The sandbox does not answer.</strong> What you see is from before. It is asked again every 1.5 seconds.</p></div>` : nothing}
    ${
      changed.length > 0 && setup
        ? html`<div class="banner" role="region" aria-label="Changed behaviour">${icon('fault')}
            <p><strong>The bank does not behave as it comes:</strong> ${changed.map((name, index) => html`${index > 0 ? ', ' : ''}<code>${name}</code>`)}. <a href="#/behaviour">Look</a></p>
            <button type="button" class="small" @click=${() => desk.change(usualPatch(setup.defaults), 'The bank behaves as it comes again')}>Reset</button></div>`
        : nothing
    }
    ${faultBanner(desk)}`;
}

function faultBanner(desk: Desk): TemplateResult | typeof nothing {
  const waiting = desk.state.faults?.faults ?? [];
  if (waiting.length === 0) return nothing;
  return html`<div class="banner" role="region" aria-label="Faults">${icon('fault')}
    <p><strong>Something waits to go wrong:</strong> ${waiting.map(({ kind }, index) => html`${index > 0 ? ', ' : ''}<code>${kind}</code>`)}. <a href="#/behaviour">Look</a></p>
    <button type="button" class="small" @click=${() => desk.removeFault()}>Remove</button></div>`;
}

function view(desk: Desk): TemplateResult {
  switch (desk.state.route.view) {
    case 'payouts':
      if (isNew(desk.state)) return lesson(desk);
      return html`<div class="split" ?data-open=${desk.state.session !== undefined}>${sessionList(desk)}${sessionPane(desk)}</div>`;
    case 'traffic':
      return traffic(desk);
    case 'behaviour':
      return behaviour(desk);
    case 'setup':
      return setupPage(desk);
  }
}

/** Nobody has used this bank yet. */
function isNew({ route, list, session }: State): boolean {
  if (route.view !== 'payouts' || route.search !== '' || route.status !== '' || session) return false;
  return list.rows?.length === 0 && list.held.length === 0;
}

function foot(desk: Desk): TemplateResult {
  const { shortcuts, theme } = desk.state;
  return html`<footer class="foot">
    <label class="check"><input type="checkbox" .checked=${shortcuts} @change=${(event: Event) => desk.setShortcuts(isTicked(event))}>Keys:
      <span><kbd>/</kbd> search, <kbd>j</kbd> <kbd>k</kbd> up and down, <kbd>p</kbd> pause, <kbd>Esc</kbd> back</span></label>
    <label class="theme">Colours <select @change=${(event: Event) => desk.setTheme(themeOf(textOf(event)))}>
      ${(['system', 'light', 'dark'] as const).map((one) => html`<option value=${one} ?selected=${theme === one}>${one}</option>`)}</select></label>
  </footer>`;
}

function themeOf(value: string): State['theme'] {
  return value === 'light' || value === 'dark' ? value : 'system';
}

/** The address is the router's: the link must not change it. */
function skip(event: Event): void {
  event.preventDefault();
  document.querySelector<HTMLElement>('#main')?.focus();
}
