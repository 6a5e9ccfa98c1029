import { css } from 'lit';

/** Custom properties of every face, with their defaults. Colours follow the page's `color-scheme`. */
export const tokens = css`
  :host {
    --_font: var(--b131-font, system-ui, -apple-system, 'Segoe UI', Roboto, 'Noto Sans', 'Open Sans', sans-serif);
    --_text: var(--b131-text, light-dark(#151a23, #eef1f6));
    --_muted: var(--b131-muted, light-dark(#5a6475, #a2adbf));
    --_surface: var(--b131-surface, light-dark(#ffffff, #151a22));
    --_subtle: var(--b131-subtle, light-dark(#f0f3f7, #1d242f));
    --_border: var(--b131-border, light-dark(#e1e6ed, #2c3542));
    --_accent: var(--b131-accent, light-dark(#1f4ed8, #8fb0ff));
    --_shadow: var(
      --b131-shadow,
      0 1px 2px light-dark(rgb(16 24 40 / 5%), rgb(0 0 0 / 40%)),
      0 12px 32px -12px light-dark(rgb(16 24 40 / 14%), rgb(0 0 0 / 60%))
    );
    --_radius: var(--b131-radius, 1rem);
    --_control-radius: var(--b131-control-radius, 0.625rem);
    --_padding: var(--b131-padding, clamp(1.125rem, 6cqi, 2rem));
    --_width: var(--b131-width, 30rem);
    --_form-height: var(--b131-form-height, 26rem);
  }
`;
