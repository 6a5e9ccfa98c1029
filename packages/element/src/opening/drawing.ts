import { html, type SVGTemplateResult, type TemplateResult } from 'lit';

/** A drawing of 24 by 24. Decoration: what it shows is said in words beside it. */
export function drawing(lines: SVGTemplateResult): TemplateResult {
  return html`<svg viewBox="0 0 24 24" aria-hidden="true" focusable="false">${lines}</svg>`;
}
