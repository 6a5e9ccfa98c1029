import { html, nothing, type TemplateResult } from 'lit';
import type { HandStep } from '../../bank/bank.js';
import type { SessionDetail } from '../../control/view.js';
import type { Desk } from '../app/desk.js';
import { faultsHref } from '../app/route.js';
import { money } from '../show/format.js';
import { icon } from '../show/icon.js';

const WORDS: Readonly<Record<HandStep, string>> = {
  ready: 'Get it ready',
  confirm: 'Confirm',
  cancel: 'Cancel',
  succeed: 'Pay now',
  fail: 'Fail',
  return: 'Send back',
};

/** What the reader may do in the bank's place, at once: only what works now. */
export function byHand(desk: Desk, view: SessionDetail): TemplateResult {
  const plain = view.steps.filter((step) => step !== 'fail' && step !== 'return');
  return html`<section class="hand" aria-labelledby="hand-title">
    <h3 id="hand-title">By hand</h3>
    ${
      view.steps.length === 0
        ? html`<p class="soft">Nothing can be done to it any more.</p>`
        : html`<p class="soft">Now, and whatever the account’s ending says. Webhooks go out as they would.</p>`
    }
    <div class="by-hand">
      ${plain.map((step) => html`<button type="button" @click=${() => desk.step(view.id, { step })}>${WORDS[step]}</button>`)}
      ${view.steps.includes('fail') ? failure(desk, view) : nothing}
      ${view.steps.includes('return') ? giveBack(desk, view) : nothing}
      <a class="button-like" href=${faultsHref(view.id)}>${icon('fault')}Let something go wrong with it</a>
    </div>
  </section>`;
}

function failure(desk: Desk, { id }: SessionDetail): TemplateResult {
  const codes = desk.state.faults?.codes ?? [];
  const submit = (event: SubmitEvent) => {
    const code = fieldOf(event, 'code');
    desk.step(id, { step: 'fail', ...(code !== '' && { code }) });
  };
  return html`<form class="with-field" @submit=${submit}>
    <label class="unseen" for="fail-code">Error code</label>
    <select id="fail-code" name="code">
      ${codes.map((code) => html`<option value=${code} ?selected=${code === 'provider_internal_error'}>${code}</option>`)}</select>
    <button type="submit">${WORDS.fail}</button></form>`;
}

function giveBack(desk: Desk, { id, returnable }: SessionDetail): TemplateResult {
  const submit = (event: SubmitEvent) =>
    desk.step(id, { step: 'return', amount: Math.round(Number(fieldOf(event, 'roubles')) * 100) });
  return html`<form class="with-field" @submit=${submit}>
    <label for="return-amount">₽</label>
    <input id="return-amount" name="roubles" type="number" min="0.01" step="0.01" max=${returnable / 100}
      .value=${(returnable / 100).toFixed(2)} aria-label=${`Roubles to send back, up to ${money(returnable)}`}>
    <button type="submit">${WORDS.return}</button></form>`;
}

function fieldOf(event: SubmitEvent, name: string): string {
  event.preventDefault();
  const { currentTarget } = event;
  const value = currentTarget instanceof HTMLFormElement ? new FormData(currentTarget).get(name) : '';
  return typeof value === 'string' ? value : '';
}
