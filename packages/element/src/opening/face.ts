import { html, nothing, type TemplateResult } from 'lit';
import type { B131Payout } from '../element/payout-element.js';
import type { Mode } from '../flow/state.js';
import type { Language } from '../locales/registry.js';
import { type CardView, type Content, card, comingSummary, stage } from './card.js';
import type { OpeningTexts } from './texts.js';

/** Whether there is a way to the bank's form: a ticket, or somebody to ask for one, or for a public token. */
export function canAsk({ ticket, getTicket, getPublicToken }: B131Payout): boolean {
  return Boolean(ticket || getTicket || getPublicToken);
}

/** A slip of the pen is no mode: then it is `payout`. */
export function modeOf({ mode }: B131Payout): Mode {
  return mode === 'token' ? mode : 'payout';
}

/** The face of an element before the course of its payout is there, or when that could not be loaded. */
export function openingFace(
  element: B131Payout,
  { texts }: Language<OpeningTexts>,
  failed: boolean,
): TemplateResult {
  const face = failed ? 'load_failed' : canAsk(element) ? 'loading' : 'waiting';
  const pays = modeOf(element) === 'payout';
  const view: CardView = {
    face,
    title: texts.faces[face].title,
    tone: failed ? 'warn' : 'busy',
    kind: failed ? 'news' : 'skeleton',
    step: pays ? 1 : null,
    summary: pays && face === 'loading' ? comingSummary(texts.labels.youReceive) : null,
  };
  const below: readonly Content[] = failed ? [failure(texts)] : [nothing, stage(view, texts)];
  return card(view, texts, { above: nothing, about: failed ? ['next'] : [], below });
}

/** Whether there is a payout already is not known here. */
function failure({ money, next }: OpeningTexts): TemplateResult {
  return html`<p id="next" class="next" part="next">${money.notByThis} ${next.reload}</p>`;
}
