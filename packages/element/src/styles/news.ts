import { css } from 'lit';

/** What the news are said with: icons, texts, facts, notices and buttons. */
export const news = css`
  :host {
    --_accent-hover: var(--b131-accent-hover, light-dark(#1a41b5, #abc4ff));
    --_on-accent: var(--b131-on-accent, light-dark(#ffffff, #0d1830));
    --_info: var(--b131-info, light-dark(#1f4ed8, #9db9ff));
    --_info-soft: var(--b131-info-soft, light-dark(#ecf1fe, #1b2745));
    --_good: var(--b131-good, light-dark(#0a7247, #6fdcaa));
    --_good-soft: var(--b131-good-soft, light-dark(#e5f5ed, #12301f));
    --_warn: var(--b131-warn, light-dark(#855400, #f3c76b));
    --_warn-soft: var(--b131-warn-soft, light-dark(#fdf3dc, #33290f));
    --_bad: var(--b131-bad, light-dark(#b3261e, #ffa69e));
    --_bad-soft: var(--b131-bad-soft, light-dark(#fcebea, #3a1c1b));
  }

  .steps.good li::before {
    background: var(--_good);
  }

  .steps.bad .now::before {
    background: var(--_bad);
  }

  .steps.warn .now::before {
    background: var(--_warn);
  }

  h2:focus {
    outline: none;
  }

  h2:focus-visible {
    outline: 2px solid var(--_accent);
    outline-offset: 4px;
    border-radius: 2px;
  }

  .text {
    margin-block-start: 0.5rem;
    text-wrap: pretty;
  }

  .money {
    display: flex;
    gap: 0.625rem;
    margin-block-start: 1rem;
    font-weight: 550;
  }

  .money svg {
    flex: none;
    inline-size: 1.25rem;
    block-size: 1.25rem;
    margin-block-start: 0.125rem;
    color: var(--_muted);
  }

  .money span,
  button span:last-child {
    min-inline-size: 0;
    overflow-wrap: anywhere;
    text-wrap: pretty;
  }

  .code {
    margin-block-start: 1.25rem;
    color: var(--_muted);
    font-size: 0.8125rem;
  }

  code {
    font-family: ui-monospace, SFMono-Regular, Menlo, Consolas, 'DejaVu Sans Mono', monospace;
    font-size: 0.9375em;
    user-select: all;
  }

  .icon {
    display: grid;
    place-items: center;
    inline-size: 3rem;
    block-size: 3rem;
    margin-block-end: 1rem;
    padding: 0.6875rem;
    border-radius: 50%;
    color: var(--_info);
    background: var(--_info-soft);
  }

  .icon.good {
    color: var(--_good);
    background: var(--_good-soft);
  }

  .icon.warn {
    color: var(--_warn);
    background: var(--_warn-soft);
  }

  .icon.bad {
    color: var(--_bad);
    background: var(--_bad-soft);
  }

  .icon svg {
    stroke-width: 2;
  }

  .icon.busy {
    padding: 0;
    color: var(--_accent);
    background: none;
  }

  .icon.busy svg {
    stroke-width: 1.5;
  }

  .track {
    stroke: var(--_border);
  }

  .icon.busy svg,
  .ring svg {
    animation: turn 1.1s linear infinite;
  }

  dl {
    margin-block: 1.25rem 0;
    border-block: 1px solid var(--_border);
  }

  .fact {
    display: flex;
    flex-wrap: wrap;
    justify-content: space-between;
    gap: 0 1.5rem;
    padding-block: 0.6875rem;
  }

  .fact + .fact {
    border-block-start: 1px solid var(--_border);
  }

  dt {
    color: var(--_muted);
  }

  dd {
    margin: 0;
    margin-inline-start: auto;
    font-weight: 550;
    font-variant-numeric: tabular-nums;
  }

  .notice {
    margin-block-start: 1rem;
    padding: 0.75rem 0.875rem;
    border-radius: var(--_control-radius);
    background: var(--_info-soft);
    font-size: 0.9375rem;
    line-height: 1.45;
    text-wrap: pretty;
  }

  .notice strong {
    display: block;
    font-weight: 600;
  }

  .notice.warn {
    background: var(--_warn-soft);
  }

  .actions {
    display: flex;
    flex-wrap: wrap;
    gap: 0.75rem;
    margin-block-start: 1.5rem;
  }

  button {
    display: inline-flex;
    flex: 1 1 auto;
    align-items: center;
    justify-content: center;
    gap: 0.625rem;
    min-block-size: 3rem;
    max-inline-size: 100%;
    padding: 0.625rem 1.25rem;
    border: 1px solid transparent;
    border-radius: var(--_control-radius);
    color: var(--_on-accent);
    background: var(--_accent);
    font: inherit;
    font-weight: 600;
    cursor: pointer;
    transition: background-color 0.15s;
    -webkit-tap-highlight-color: transparent;
  }

  button.primary {
    flex-grow: 3;
  }

  button.plain {
    color: var(--_text);
    background: transparent;
    border-color: var(--_border);
  }

  button:focus-visible {
    outline: 2px solid var(--_accent);
    outline-offset: 2px;
  }

  @media (hover: hover) {
    button.primary:hover {
      background: var(--_accent-hover);
    }

    button.plain:hover {
      background: var(--_subtle);
    }
  }

  button[aria-disabled='true'] {
    cursor: default;
  }

  button.plain[aria-disabled='true'] {
    color: var(--_muted);
    background: transparent;
  }

  .ring {
    flex: none;
    inline-size: 1.125rem;
    block-size: 1.125rem;
  }

  .ring .track {
    stroke: currentColor;
    opacity: 0.3;
  }

  .ring svg {
    stroke-width: 2.5;
  }

  @keyframes turn {
    to {
      transform: rotate(1turn);
    }
  }

  @media (prefers-reduced-motion: reduce) {
    .icon.busy svg,
    .ring svg {
      animation-duration: 6s;
    }

    button,
    .steps li::before {
      transition: none;
    }
  }

  @media (forced-colors: active) {
    button,
    .notice {
      border: 1px solid;
    }

    button.primary {
      border-width: 2px;
    }

    .icon:not(.busy) {
      border: 1px solid;
    }

    .steps li:not(.ahead)::before {
      forced-color-adjust: none;
      background: Highlight;
    }
  }
`;
