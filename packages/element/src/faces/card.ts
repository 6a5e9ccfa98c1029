import { html, nothing, type TemplateResult } from 'lit';
import type { Texts } from '../locales/texts.js';
import { faceIcon, lockIcon, ring, shieldIcon } from './icons.js';
import type { Action, Fact, View } from './view.js';

type Content = TemplateResult | typeof nothing;

/** The whole card of a view. */
export function card(view: View, texts: Texts, press: (name: Action['name']) => void): TemplateResult {
  return html`
    <div class="card" part="card" role="group" data-face=${view.face} data-kind=${view.kind} aria-labelledby="title">
      ${summary(view, texts)} ${steps(view, texts)}
      <div class="body" part="body">
        ${heading(view)} ${view.kind === 'news' ? news(view, texts, press) : stage(view, texts)}
      </div>
    </div>
  `;
}

function summary({ summary: shown }: View, { labels }: Texts): Content {
  if (shown === null) return nothing;
  return html`
    <div class="summary" part="summary">
      <p class="label">${labels[shown.label]}</p>
      <p class="sum" part="amount">${shown.amount}</p>
      ${shown.description ? html`<p class="description">${shown.description}</p>` : nothing}
    </div>
  `;
}

function steps({ step, tone, face }: View, { steps: names }: Texts): Content {
  if (step === null) return nothing;
  const done = face === 'succeeded';
  const all = [names.account, names.check, names.paid];
  return html`
    <ol class="steps ${tone}" part="steps" role="list" aria-label=${names.label}>
      ${all.map((name, index) => {
        const number = index + 1;
        const place = number < step || (done && number === step) ? 'done' : number === step ? 'now' : 'ahead';
        return html`<li class=${place} aria-current=${place === 'now' ? 'step' : nothing}>${name}</li>`;
      })}
    </ol>
  `;
}

/** Whoever is brought to the heading hears what stands below it as well. */
function heading(view: View): TemplateResult {
  const { kind, face, tone, title } = view;
  const about =
    kind === 'news' ? (['text', 'notice', 'money', 'next'] as const).filter((id) => view[id]) : [];
  return html`
    ${kind === 'news' ? faceIcon(face, tone) : nothing}
    <h2 id="title" class=${kind !== 'news' && view.summary !== null ? 'unseen' : nothing} part="title" tabindex="-1" aria-describedby=${about.join(' ') || nothing}>${title}</h2>
  `;
}

/** The bank's form, or its placeholder of the same size. */
function stage(view: View, { notes }: Texts): TemplateResult {
  return html`
    ${notice(view)}
    <div class="stage" part="form">
      <slot name="widget"></slot>
      ${view.kind === 'skeleton' ? skeleton() : nothing}
    </div>
    <p class="note" part="note">${lockIcon}<span>${notes.bankForm}</span></p>
  `;
}

function skeleton(): TemplateResult {
  return html`
    <div class="skeleton" part="skeleton" aria-hidden="true">
      <i class="title"></i> <i class="word"></i><i class="field"></i><i class="hint"></i> <i class="word"></i
      ><i class="field"></i><i class="hint"></i> <i class="button"></i>
    </div>
  `;
}

function news(view: View, texts: Texts, press: (name: Action['name']) => void): TemplateResult {
  return html`
    ${view.text ? html`<p id="text" class="text" part="text">${view.text}</p>` : nothing} ${notice(view)}
    ${facts(view.facts)}
    ${view.money ? html`<p id="money" class="money" part="money">${shieldIcon}<span>${view.money}</span></p>` : nothing}
    ${view.next ? html`<p id="next" class="next" part="next">${view.next}</p>` : nothing} ${actions(view.actions, press)}
    ${view.code ? html`<p class="code" part="code">${texts.labels.errorCode}: <code>${view.code}</code></p>` : nothing}
  `;
}

function notice({ notice: shown }: View): Content {
  if (shown === null) return nothing;
  return html`
    <div id="notice" class="notice ${shown.tone}" part="notice">
      ${shown.title ? html`<strong>${shown.title}</strong>` : nothing}
      <p>${shown.text}</p>
    </div>
  `;
}

function facts(lines: readonly Fact[]): Content {
  if (lines.length === 0) return nothing;
  return html`
    <dl part="facts">
      ${lines.map(({ name, label, value }) => html`<div class="fact ${name}"><dt>${label}</dt><dd>${value}</dd></div>`)}
    </dl>
  `;
}

function actions(all: readonly Action[], press: (name: Action['name']) => void): Content {
  if (all.length === 0) return nothing;
  return html`
    <div class="actions" part="actions">
      ${all.map(
        ({ name, label, primary, busy, disabled }) => html`
          <button
            type="button"
            class=${primary ? 'primary' : 'plain'}
            part="button ${name}"
            aria-disabled=${disabled ? 'true' : 'false'}
            @click=${() => press(name)}
          >${ring(busy)}<span>${label}</span></button>
        `,
      )}
    </div>
  `;
}
