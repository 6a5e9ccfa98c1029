import { html, nothing, type TemplateResult } from 'lit';
import type { Texts } from '../locales/texts.js';
import { type Content, card, stage } from '../opening/card.js';
import { faceIcon, ring, shieldIcon } from './icons.js';
import type { Action, Fact, View } from './view.js';

/** The whole card of a view. */
export function face(view: View, texts: Texts, press: (name: Action['name']) => void): TemplateResult {
  if (view.kind !== 'news')
    return card(view, texts, { above: nothing, about: [], below: [notice(view), stage(view, texts)] });
  return card(view, texts, {
    above: faceIcon(view.face, view.tone),
    // Whoever is brought to the heading hears what stands below it as well.
    about: (['text', 'notice', 'money', 'next'] as const).filter((id) => view[id]),
    below: [news(view, texts, press)],
  });
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
