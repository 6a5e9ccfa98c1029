import { html, type TemplateResult } from 'lit';
import { icon } from './icon.js';

/** A button that copies `text` and says so. `what`: for those who do not see what stands beside it. */
export function copyButton(text: string, what: string, label = ''): TemplateResult {
  return html`<button type="button" class=${label ? 'small' : 'small bare'} title="Copy ${what}"
    @click=${(event: Event) => copy(event, text)}>
    ${icon('copy')}<span class="copied" aria-live="polite"></span>${label}<span class="unseen">${label ? '' : `Copy ${what}`}</span>
  </button>`;
}

async function copy(event: Event, text: string): Promise<void> {
  const button = event.currentTarget;
  if (!(button instanceof HTMLElement)) return;
  const said = button.querySelector('.copied');
  const done = await put(text);
  if (!said) return;
  said.textContent = done ? 'Copied ' : 'Not copied: select it yourself ';
  setTimeout(() => {
    said.textContent = '';
  }, 2_000);
}

async function put(text: string): Promise<boolean> {
  try {
    await navigator.clipboard.writeText(text);
    return true;
  } catch {
    return false;
  }
}
