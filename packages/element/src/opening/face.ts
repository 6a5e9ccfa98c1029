import { html, nothing, type TemplateResult } from 'lit';
import type { Language } from '../locales/registry.js';
import { type CardView, card, stage } from './card.js';
import { type Summary, shownSummary } from './summary.js';
import type { OpeningTexts } from './texts.js';

/** What the first face depends on. */
export interface OpeningState {
  readonly at: 'waiting' | 'loading' | 'failed';
  /** Null in token mode, and where it is not known. */
  readonly summary: Summary | null;
  /** A payout follows, and not the token alone. */
  readonly pays: boolean;
}

/** The face of an element before the course of its payout is there, or when that could not be loaded. */
export function openingFace(
  { at, summary, pays }: OpeningState,
  { texts, tag }: Language<OpeningTexts>,
): TemplateResult {
  const face = at === 'failed' ? 'load_failed' : at;
  const { title } = texts.faces[face];
  const view: CardView = {
    face,
    title,
    tone: at === 'failed' ? 'warn' : 'busy',
    kind: at === 'failed' ? 'news' : 'skeleton',
    step: pays ? 1 : null,
    summary: pays ? shownSummary(summary, texts.labels.youReceive, tag) : null,
  };
  return at === 'failed'
    ? card(view, texts, { above: nothing, about: ['next'], below: [failure(texts)] })
    : card(view, texts, { above: nothing, about: [], below: [nothing, stage(view, texts)] });
}

function failure({ money, next }: OpeningTexts): TemplateResult {
  return html`<p id="next" class="next" part="next">${money.none} ${next.reload}</p>`;
}
