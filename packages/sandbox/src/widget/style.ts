/**
 * The widget's style as it is served. Colours follow the page: `color-scheme: dark` or `light dark` on it makes
 * the form dark where the recipient's system is. `--b131w-accent` may be set by the page.
 */
export const WIDGET_STYLE = `.b131w-form {
  --b131w-ink: light-dark(#171a21, #eef0f5);
  --b131w-soft: light-dark(#565d6b, #a9b0bf);
  --b131w-line: light-dark(#7d8595, #7f8798);
  --b131w-field: light-dark(#ffffff, #1a1d24);
  --b131w-bad: light-dark(#b3261e, #ffb4ab);
  --b131w-good: light-dark(#146c43, #7fd8a4);
  --b131w-button: var(--b131w-accent, light-dark(#2348b5, #a9c1ff));
  --b131w-on-button: light-dark(#ffffff, #0b1737);
  box-sizing: border-box;
  margin: 0;
  color: var(--b131w-ink);
  font-family: inherit;
  font-size: 1rem;
  line-height: 1.4;
  text-align: start;
}
.b131w-form *,
.b131w-form *::before {
  box-sizing: border-box;
}
.b131w-form [hidden] {
  display: none;
}
.b131w-set {
  min-width: 0;
  margin: 0;
  padding: 0;
  border: 0;
}
.b131w-title {
  margin: 0 0 1rem;
  padding: 0;
  font-size: 1.25rem;
  font-weight: 650;
  letter-spacing: -0.01em;
}
.b131w-field {
  margin: 0 0 1rem;
}
.b131w-label {
  display: block;
  margin: 0 0 0.35rem;
  font-weight: 550;
}
.b131w-input {
  display: block;
  width: 100%;
  height: 3rem;
  margin: 0;
  padding: 0 0.85rem;
  border: 1px solid var(--b131w-line);
  border-radius: 0.65rem;
  background: var(--b131w-field);
  color: inherit;
  font: inherit;
  font-size: 1.0625rem;
  font-variant-numeric: tabular-nums;
}
.b131w-input:focus-visible,
.b131w-form button:focus-visible {
  outline: 3px solid var(--b131w-button);
  outline-offset: 2px;
}
.b131w-input[aria-invalid='true'] {
  border: 2px solid var(--b131w-bad);
  padding: 0 calc(0.85rem - 1px);
}
.b131w-hint,
.b131w-error,
.b131w-message,
.b131w-note {
  margin: 0.5rem 0 0;
  font-size: 0.875rem;
}
.b131w-hint,
.b131w-note {
  color: var(--b131w-soft);
}
.b131w-input[aria-invalid='true'] ~ .b131w-hint,
.b131w-error:empty {
  display: none;
}
.b131w-error,
.b131w-message {
  color: var(--b131w-bad);
}
.b131w-message {
  margin: 0;
}
.b131w-message:not(:empty) {
  margin: 0 0 1rem;
  padding: 0.65rem 0.85rem;
  border: 1px solid currentColor;
  border-radius: 0.65rem;
}
.b131w-form button {
  display: block;
  width: 100%;
  min-height: 3rem;
  margin: 0;
  padding: 0.65rem 1rem;
  border: 0;
  border-radius: 0.65rem;
  font: inherit;
  cursor: pointer;
}
.b131w-form .b131w-submit {
  background: var(--b131w-button);
  color: var(--b131w-on-button);
  font-weight: 600;
}
.b131w-form .b131w-submit:hover {
  filter: brightness(1.08);
}
.b131w-form .b131w-other {
  margin-top: 0.25rem;
  background: transparent;
  color: var(--b131w-button);
}
.b131w-form .b131w-other:hover {
  text-decoration: underline;
}
.b131w-set:disabled {
  opacity: 0.65;
}
.b131w-set:disabled button {
  cursor: progress;
}
.b131w-done:not(:empty) {
  display: grid;
  grid-template-columns: auto 1fr;
  gap: 0 0.85rem;
  align-items: center;
  padding: 1rem;
  border: 1px solid var(--b131w-line);
  border-radius: 0.85rem;
  background: var(--b131w-field);
}
.b131w-tick {
  grid-row: span 2;
  color: var(--b131w-good);
  font-size: 1.6rem;
  line-height: 1;
}
.b131w-done-text {
  font-weight: 600;
}
.b131w-masked {
  color: var(--b131w-soft);
  font-variant-numeric: tabular-nums;
}
.b131w-note {
  margin-top: 0.9rem;
  text-align: center;
}
@media (forced-colors: active) {
  .b131w-form button {
    border: 1px solid ButtonText;
  }
}
`;
