import { html, nothing, type TemplateResult } from 'lit';
import type { FaultRule } from '../../faults/faults.js';
import type { Desk } from '../app/desk.js';
import { sessionHref } from '../app/route.js';
import type { KnownFault } from '../data/api.js';
import { isTicked, textOf } from '../show/control.js';
import { icon } from '../show/icon.js';

/** What shall go wrong: the faults that wait, and a form for another. */
export function faults(desk: Desk): TemplateResult {
  const known = desk.state.faults;
  if (!known) return html``;
  return html`<fieldset id="faults"><legend>Faults</legend>
    <p class="soft group-words">Calls and webhooks that go wrong on purpose. A test does the same with <code>POST /sandbox/faults</code>, any client with the header <code>X-SANDBOX-FAULT</code>.</p>
    ${known.faults.length > 0 ? waiting(desk, known.faults) : nothing}
    ${form(desk, known.kinds)}
  </fieldset>`;
}

function waiting(desk: Desk, rules: readonly FaultRule[]): TemplateResult {
  return html`<ul class="fault-list" aria-label="Faults that wait">${rules.map(
    (rule) => html`<li>
      <span>${icon('fault')}<strong class="mono">${rule.kind}</strong> ${wordsOf(rule)}
        ${rule.sessionId ? html`<a class="mono" href=${sessionHref(rule.sessionId)}>${rule.sessionId}</a>` : nothing}</span>
      <button type="button" class="small" @click=${() => desk.removeFault(rule.id)}>Remove<span class="unseen"> ${rule.kind}</span></button>
    </li>`,
  )}</ul>`;
}

function wordsOf({ on, times, share, seed, ms, status }: FaultRule): string {
  const often = times === null ? 'until it is removed' : times === 1 ? 'once' : `${times} times`;
  const parts = [
    on ? `on ${on}` : 'on any',
    share < 1 ? `${Math.round(share * 100)} % of them (seed ${seed})` : '',
    often,
    ms === null ? '' : `${ms} ms`,
    status === null ? '' : `HTTP ${status}`,
  ];
  return parts.filter(Boolean).join(', ');
}

function form(desk: Desk, kinds: readonly KnownFault[]): TemplateResult {
  const { route, faultForm } = desk.state;
  const kind = kinds.find((one) => one.kind === faultForm.kind) ?? kinds[0];
  if (!kind) return html``;
  const session = route.view === 'behaviour' ? (route.session ?? '') : '';
  return html`<form class="fault-form" @submit=${(event: SubmitEvent) => submit(desk, event)}>
    <label>What<select name="kind" id="fault-kind" @change=${(event: Event) => desk.chooseFault({ kind: textOf(event) })}>
      <optgroup label="Calls">${options(kinds, 'call', kind.kind)}</optgroup>
      <optgroup label="Webhooks">${options(kinds, 'webhook', kind.kind)}</optgroup></select></label>
    <label>Of<select name="on"><option value="">any ${kind.spoils}</option>
      ${kind.on.map((name) => html`<option value=${name}>${name}</option>`)}</select></label>
    <label>Session<input name="sessionId" type="text" class="mono" placeholder="any" pattern="ps_[0-9]+" title="such as ps_3230" .value=${session} autocomplete="off" spellcheck="false"></label>
    ${kind.ms === undefined ? nothing : html`<label>Milliseconds<input name="ms" type="number" min="0" max="3600000" .value=${String(kind.ms)}></label>`}
    ${kind.status === undefined ? nothing : html`<label>HTTP status<input name="status" type="number" min="500" max="599" .value=${String(kind.status)}></label>`}
    <label class="check"><input type="checkbox" .checked=${faultForm.drawn} @change=${(event: Event) => desk.chooseFault({ drawn: isTicked(event) })}>Now and then</label>
    ${
      faultForm.drawn
        ? html`<label>Per cent<input name="percent" type="number" min="1" max="100" value="20"></label>
          <label>Seed<input name="seed" type="number" step="1" placeholder="the sandbox’s"></label>`
        : html`<label>Times<input name="times" type="number" min="1" value="1" placeholder="until removed"></label>`
    }
    <button type="submit">Add</button>
    <p class="soft fault-words">${kind.explanation}</p>
  </form>`;
}

function options(
  kinds: readonly KnownFault[],
  spoils: KnownFault['spoils'],
  chosen: string,
): TemplateResult[] {
  return kinds
    .filter((one) => one.spoils === spoils)
    .map(({ kind }) => html`<option value=${kind} ?selected=${kind === chosen}>${kind}</option>`);
}

function submit(desk: Desk, event: SubmitEvent): void {
  event.preventDefault();
  if (!(event.currentTarget instanceof HTMLFormElement)) return;
  const data = new FormData(event.currentTarget);
  const text = (name: string) => String(data.get(name) ?? '').trim();
  const number = (name: string) => (text(name) === '' ? undefined : Number(text(name)));
  const given = {
    kind: text('kind'),
    on: text('on') || undefined,
    sessionId: text('sessionId') || undefined,
    ms: number('ms'),
    status: number('status'),
    seed: number('seed'),
    share: data.has('percent') ? (number('percent') ?? 20) / 100 : undefined,
    times: data.has('times') ? (number('times') ?? null) : undefined,
  };
  desk.addFault(given);
}
