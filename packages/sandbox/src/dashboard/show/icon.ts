import { html, type SVGTemplateResult, svg, type TemplateResult } from 'lit';

/** Drawn in a square of 16; the words beside an icon say the same, so readers of the page's text miss nothing. */
const SHAPES = {
  in: svg`<path d="M2 8h9M7.5 4.5 11 8l-3.5 3.5M14 3v10"/>`,
  out: svg`<path d="M2 3v10M5 8h9M10.5 4.5 14 8l-3.5 3.5"/>`,
  bank: svg`<path d="M2 6 8 2.5 14 6M3 13h10M4 6.5V12M8 6.5V12M12 6.5V12"/>`,
  money: svg`<path d="M5.5 13.5v-11h3a3 3 0 0 1 0 6.5h-5M3.5 11.2h5"/>`,
  widget: svg`<path d="M2 3h12v10H2zM2 6h12M4.5 9h4"/>`,
  fault: svg`<path d="M9 1.8 3.5 9H8l-1 5.2L12.5 7H8z"/>`,
  hand: svg`<path d="M4 8V4.5a1 1 0 0 1 2 0V7V3a1 1 0 0 1 2 0v4V3.5a1 1 0 0 1 2 0V7.500V5a1 1 0 0 1 2 0v5a4 4 0 0 1-7.3 2.200L2.6 9.300A1 1 0 0 1 4 8z"/>`,
  yes: svg`<path d="m3 8.5 3.2 3L13 4.5"/>`,
  no: svg`<path d="m4 4 8 8M12 4l-8 8"/>`,
  wait: svg`<circle cx="8" cy="8" r="6"/><path d="M8 4.500V8l2.5 1.8"/>`,
  back: svg`<path d="M6 4 2.5 7.5 6 11M2.5 7.500h7a4 4 0 0 1 0 8"/>`,
  warn: svg`<path d="M8 2 1.5 13.500h13zM8 6.500v3.200M8 11.400v.6"/>`,
  dot: svg`<circle cx="8" cy="8" r="3"/>`,
  copy: svg`<path d="M6 6h8v8H6zM10 6V2H2v8h4"/>`,
  chevron: svg`<path d="m6 4 4 4-4 4"/>`,
  pause: svg`<path d="M5.5 3v10M10.5 3v10"/>`,
  play: svg`<path d="M4.5 2.500v11l9-5.500z"/>`,
  left: svg`<path d="M10 3 5 8l5 5"/>`,
  link: svg`<path d="M6.5 9.500a3 3 0 0 0 4.3 0l2.2-2.200a3 3 0 0 0-4.3-4.300l-.9.9M9.5 6.500a3 3 0 0 0-4.3 0L3 8.700A3 3 0 0 0 7.3 13l.9-.9"/>`,
} satisfies Record<string, SVGTemplateResult>;

export type IconName = keyof typeof SHAPES;

export function icon(name: IconName): TemplateResult {
  return html`<svg class="icon" viewBox="0 0 16 16" aria-hidden="true" focusable="false">${SHAPES[name]}</svg>`;
}
