import { css } from 'lit';

/** The bank's form and its placeholder: they share one place, so that nothing jumps when the form appears. */
export const stage = css`
  .stage {
    display: grid;
    margin-block-start: 1.25rem;
  }

  .unseen + .stage,
  .unseen + .notice {
    margin-block-start: 0;
  }

  .stage > * {
    grid-area: 1 / 1;
    min-inline-size: 0;
  }

  .stage {
    min-block-size: var(--_form-height);
  }

  .card[data-kind='skeleton'] slot {
    visibility: hidden;
  }

  ::slotted(*) {
    --b131w-accent: var(--_accent);

    grid-area: 1 / 1;
    display: block;
    min-inline-size: 0;
  }

  /* As high as the placeholder until the form has said how high it is; wider by the room for its focus rings. */
  iframe {
    grid-area: 1 / 1;
    display: block;
    inline-size: calc(100% + 1rem);
    block-size: calc(var(--_form-height) + 1rem);
    margin: -0.5rem;
    border: 0;
    background: none;
    color: var(--_text);
    caret-color: var(--_accent);
    /* So that a change of looks is an event. */
    transition: color 1ms, caret-color 1ms;
  }

  .skeleton i {
    display: block;
    border-radius: 0.375rem;
    background: linear-gradient(90deg, var(--_subtle) 35%, var(--_border) 50%, var(--_subtle) 65%) 0 0 / 300% 100%;
    animation: shine 1.8s ease-in-out infinite;
  }

  .skeleton .title {
    inline-size: 55%;
    block-size: 1.375rem;
    margin-block: 0.25rem 1.25rem;
  }

  .skeleton .word {
    inline-size: 7rem;
    block-size: 0.875rem;
    margin-block: 0.25rem 0.625rem;
  }

  .skeleton .field {
    block-size: 3rem;
    margin-block-end: 0.75rem;
    border-radius: var(--_control-radius);
  }

  .skeleton .hint {
    inline-size: 4.5rem;
    block-size: 0.75rem;
    margin-block-end: 1.375rem;
  }

  .skeleton .button {
    block-size: 3rem;
    border-radius: var(--_control-radius);
  }

  @keyframes shine {
    from {
      background-position: 100% 0;
    }

    to {
      background-position: 0 0;
    }
  }

  @media (forced-colors: active) {
    .skeleton i {
      border: 1px solid;
    }
  }

  @media (prefers-reduced-motion: reduce) {
    .skeleton i {
      animation: none;
      background: var(--_subtle);
    }
  }
`;
