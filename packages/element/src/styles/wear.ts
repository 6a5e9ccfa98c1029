import { adoptStyles, type CSSResult } from 'lit';

/** Dresses a shadow root. No sheet can be shared with another document: there it gets sheets of that one's making. */
export function wear(root: ShadowRoot, styles: CSSResult[]): void {
  const { ownerDocument } = root;
  const window = ownerDocument.defaultView;
  if (ownerDocument === document) adoptStyles(root, styles);
  else if (window !== null)
    root.adoptedStyleSheets = styles.map(({ cssText }) => {
      const sheet = new window.CSSStyleSheet();
      sheet.replaceSync(cssText);
      return sheet;
    });
}
