import { html, nothing, type SVGTemplateResult, svg, type TemplateResult } from 'lit';
import { drawing } from '../opening/drawing.js';
import type { FaceName } from './names.js';
import type { Tone } from './table.js';

const tick = svg`<path d="m5.5 12.5 4.3 4.3 8.7-9.6" />`;
const cross = svg`<path d="m7 7 10 10m0-10L7 17" />`;
const mark = svg`<path d="M12 5v8.5" /><path d="M12 18.5h.01" />`;
const clock = svg`<circle cx="12" cy="12" r="7.5" /><path d="M12 8v4.2l2.8 1.8" />`;
const back = svg`<path d="M9 7 5 11l4 4" /><path d="M5 11h9a5 5 0 0 1 5 5v1" />`;
const list = svg`<path d="M8 7h10M8 12h10M8 17h10" /><path d="M4.5 7h.01M4.5 12h.01M4.5 17h.01" />`;
const person = svg`<circle cx="12" cy="8.5" r="3.5" /><path d="M5.5 19a6.5 6.5 0 0 1 13 0" />`;
const noNetwork = svg`<path d="M4.5 9.5a11 11 0 0 1 3.4-2.1m4.1-.8a11 11 0 0 1 7.5 2.9" /><path d="M7.8 13a6.3 6.3 0 0 1 3-1.6m4 .6c.5.3 1 .6 1.4 1" /><path d="M12 17h.01" /><path d="m5 4.5 14 15" />`;
const shield = svg`<path d="M12 4 5.5 6.5v5c0 4 2.7 7 6.5 8.5 3.8-1.5 6.5-4.5 6.5-8.5v-5z" />`;

const byFace: Partial<Record<FaceName, SVGTemplateResult>> = {
  review: list,
  returned: back,
  needs_attention: person,
  offline: noNetwork,
  blocked: shield,
  cancelled: cross,
  timeout: clock,
  unsure: clock,
  ticket_expired: clock,
  held: shield,
  busy: clock,
};

const byTone: Record<Tone, SVGTemplateResult> = {
  info: list,
  busy: svg`<circle class="track" cx="12" cy="12" r="11" /><path d="M12 1a11 11 0 0 1 11 11" />`,
  good: tick,
  warn: mark,
  bad: mark,
};

/** The icon of a face, in its tone's disc. Decoration: the heading says the same. */
export function faceIcon(face: FaceName, tone: Tone): TemplateResult {
  const lines = byFace[face] ?? byTone[tone];
  return html`<span class="icon ${tone}" part="icon">${drawing(lines)}</span>`;
}

/** The small shield before the line about the money. */
export const shieldIcon: TemplateResult = drawing(svg`${shield}<path d="m9 11.8 2.2 2.2 3.8-4.2" />`);

/** The ring in a button that is at work. */
export function ring(busy: boolean): TemplateResult | typeof nothing {
  return busy ? html`<span class="ring">${drawing(byTone.busy)}</span>` : nothing;
}
