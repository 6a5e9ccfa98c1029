import { html, nothing, svg, type TemplateResult } from 'lit';
import type { FaceName } from '../faces/names.js';
import type { Tone } from '../faces/table.js';
import { drawing } from './drawing.js';
import type { OpeningTexts } from './texts.js';

export type Content = TemplateResult | typeof nothing;

/** What stands at the top of every face. */
export interface CardView {
  readonly face: FaceName;
  readonly tone: Tone;
  /** What the middle of the card is: the bank's form, its placeholder, or news. */
  readonly kind: 'form' | 'skeleton' | 'news';
  readonly title: string;
  readonly step: 1 | 2 | 3 | null;
  readonly summary: {
    readonly label: string;
    readonly amount: string;
    readonly description: string;
  } | null;
}

/** What a face has of its own: above its heading and below it; `about`: ids of what describes the heading. */
export interface CardContent {
  readonly above: Content;
  readonly about: readonly string[];
  readonly below: readonly Content[];
}

/** The card. Its template is the same for every face, so that what stands in it stays when the face changes. */
export function card(
  view: CardView,
  texts: OpeningTexts,
  { above, about, below }: CardContent,
): TemplateResult {
  const { face, kind, title, summary: shown } = view;
  return html`
    <div class="card" part="card" role="group" data-face=${face} data-kind=${kind} aria-labelledby="title">
      ${summary(shown)} ${steps(view, texts)}
      <div class="body" part="body">
        ${above}
        <h2 id="title" class=${kind !== 'news' && shown !== null ? 'unseen' : nothing} part="title" tabindex="-1" aria-describedby=${about.join(' ') || nothing}>${title}</h2>
        ${below}
      </div>
    </div>
  `;
}

/** A summary that is still to come: the style sheet keeps the place of its texts. */
export function comingSummary(label: string): CardView['summary'] {
  return { label, amount: '', description: '' };
}

function summary(shown: CardView['summary']): Content {
  if (shown === null) return nothing;
  const { label, amount, description } = shown;
  return html`
    <div class="summary" part="summary">
      <p class="label">${label}</p>
      <p class="sum" part="amount">${amount}</p>
      ${amount && !description ? nothing : html`<p class="description">${description}</p>`}
    </div>
  `;
}

function steps({ step, tone, face }: CardView, { steps: names }: OpeningTexts): Content {
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

/** The bank's form, or its placeholder of the same size. */
export function stage({ kind }: CardView, { notes }: OpeningTexts): TemplateResult {
  return html`
    <div class="stage" part="form">
      <slot name="widget"></slot>
      ${kind === 'skeleton' ? skeleton() : nothing}
    </div>
    <p class="note" part="note">${lock}<span>${notes.bankForm}</span></p>
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

/** The small lock before the note under the bank's form. */
const lock = drawing(
  svg`<rect x="5.5" y="10.5" width="13" height="9" rx="2" /><path d="M8.5 10.5V8a3.5 3.5 0 0 1 7 0v2.5" />`,
);
