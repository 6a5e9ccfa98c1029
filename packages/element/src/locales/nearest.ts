import { around, isElement } from '../dom/around.js';

/** The nearest `lang` of an element or what it stands in, shadow roots included; null when there is none. */
export function nearestLanguage(element: Element): string | null {
  for (let at: Node | null = element; at !== null; at = around(at)) {
    const lang = isElement(at) ? at.getAttribute('lang') : null;
    if (lang) return lang;
  }
  return null;
}
