import type { CSSResult } from 'lit';

/** Gives a shadow root sheets of its own document's making: none can be shared with another document. */
export function wear(root: ShadowRoot, styles: readonly CSSResult[]): void {
  const window = root.ownerDocument.defaultView;
  if (window === null) return;
  root.adoptedStyleSheets = styles.map(({ cssText }) => {
    const sheet = new window.CSSStyleSheet();
    sheet.replaceSync(cssText);
    return sheet;
  });
}
