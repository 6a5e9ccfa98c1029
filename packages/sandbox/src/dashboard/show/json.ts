import { html, type TemplateResult } from 'lit';

const PART = /("(?:[^"\\]|\\.)*")(\s*:)?|-?\d+(?:\.\d+)?(?:[eE][+-]?\d+)?|true|false|null/g;

/** JSON text in lines with its names and values set apart. All of it stays text: nothing of it becomes markup. */
export function json(text: string): (string | TemplateResult)[] {
  const parts: (string | TemplateResult)[] = [];
  let from = 0;
  for (const match of text.matchAll(PART)) {
    parts.push(text.slice(from, match.index));
    const [whole, string, colon] = match;
    if (string && colon) parts.push(html`<span class="json-name">${string}</span>${colon}`);
    else parts.push(html`<span class=${string ? 'json-text' : 'json-word'}>${whole}</span>`);
    from = match.index + whole.length;
  }
  return [...parts, text.slice(from)];
}
