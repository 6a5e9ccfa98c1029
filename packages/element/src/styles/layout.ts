import { css } from 'lit';

/** The card and its sections. */
export const layout = css`
  :host {
    display: block;
    container-type: inline-size;
    max-inline-size: var(--_width);
    color: var(--_text);
    font-family: var(--_font);
    font-size: 1rem;
    line-height: 1.5;
    text-align: start;
    -webkit-text-size-adjust: 100%;
  }

  :host([hidden]) {
    display: none;
  }

  *,
  *::before,
  *::after {
    box-sizing: border-box;
  }

  p,
  h2,
  ol {
    margin: 0;
    padding: 0;
  }

  /* Each text in its own direction, wherever the page's begins: a masked account must not be turned round. */
  p,
  h2,
  li,
  dt,
  dd,
  strong,
  p span {
    unicode-bidi: plaintext;
    text-align: -webkit-match-parent;
    text-align: match-parent;
  }

  svg {
    display: block;
    inline-size: 100%;
    block-size: 100%;
    fill: none;
    stroke: currentColor;
    stroke-width: 1.75;
    stroke-linecap: round;
    stroke-linejoin: round;
  }

  .card {
    background: var(--_surface);
    border: 1px solid var(--_border);
    border-radius: var(--_radius);
    box-shadow: var(--_shadow);
    overflow-wrap: break-word;
  }

  .summary {
    padding: var(--_padding) var(--_padding) 0;
  }

  .label {
    color: var(--_muted);
    font-size: 0.875rem;
  }

  .sum {
    font-size: clamp(1.75rem, 9cqi, 2.25rem);
    font-weight: 650;
    font-variant-numeric: tabular-nums;
    letter-spacing: -0.02em;
    line-height: 1.2;
  }

  .description {
    margin-block-start: 0.25rem;
    color: var(--_muted);
  }

  .sum:empty::before,
  .description:empty::before {
    content: '';
    display: block;
    inline-size: 10rem;
    block-size: 1lh;
    transform: scaleY(65%);
    border-radius: 0.375rem;
    background: var(--_subtle);
  }

  .steps {
    display: grid;
    grid-template-columns: repeat(3, 1fr);
    gap: 0.5rem;
    padding: 1.25rem var(--_padding) 0;
    list-style: none;
    color: var(--_muted);
    font-size: 0.8125rem;
    line-height: 1.3;
  }

  .steps li::before {
    content: '';
    display: block;
    block-size: 3px;
    margin-block-end: 0.5rem;
    border-radius: 2px;
    background: var(--_border);
    transition: background-color 0.3s;
  }

  /* Too narrow for three in a row, as with text of twice the size on a phone. */
  @container (inline-size < 17rem) {
    .steps {
      grid-template-columns: 1fr;
    }

    .steps li {
      display: flex;
      align-items: center;
      gap: 0.625rem;
    }

    .steps li::before {
      flex: none;
      inline-size: 1.25rem;
      margin: 0;
    }
  }

  .steps .done::before,
  .steps .now::before {
    background: var(--_accent);
  }

  .steps .now {
    color: var(--_text);
    font-weight: 600;
  }

  .body {
    padding: 1.5rem var(--_padding) var(--_padding);
  }

  .body:first-child {
    padding-block-start: var(--_padding);
  }

  h2 {
    font-size: 1.25rem;
    font-weight: 650;
    letter-spacing: -0.01em;
    line-height: 1.3;
    text-wrap: balance;
  }

  .next {
    margin-block-start: 0.75rem;
    color: var(--_muted);
    text-wrap: pretty;
  }

  .note {
    display: flex;
    gap: 0.5rem;
    margin-block-start: 1.25rem;
    padding-block-start: 1rem;
    border-block-start: 1px solid var(--_border);
    color: var(--_muted);
    font-size: 0.8125rem;
    line-height: 1.4;
  }

  .note span {
    min-inline-size: 0;
    overflow-wrap: anywhere;
    text-wrap: pretty;
  }

  .note svg {
    flex: none;
    inline-size: 1.125rem;
    block-size: 1.125rem;
  }

  .unseen {
    position: absolute;
    inline-size: 1px;
    block-size: 1px;
    overflow: hidden;
    clip-path: inset(50%);
    white-space: nowrap;
  }
`;
