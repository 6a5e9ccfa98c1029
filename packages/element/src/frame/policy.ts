import type { WidgetContract } from '../widget/contract/contract.js';

/** Origins of everything that the widget loads and talks to, as far as its contract tells. */
export function widgetOrigins({ script, style, messages, hosts }: WidgetContract): string[] {
  const urls = [script, ...(style === null ? [] : [style]), ...(messages?.origins ?? []), ...hosts];
  return [...new Set(urls.map((url) => new URL(url).origin))];
}

/** The Content-Security-Policy of the page in the frame: the widget, our script by its nonce, and nothing else. */
export function contentSecurityPolicy(
  contract: WidgetContract,
  origins: readonly string[],
  nonce: string,
): string {
  const widget = widgetOrigins(contract).join(' ');
  // A nonce beside it would switch 'unsafe-inline' off.
  const styles = contract.inlineStyles ? `'unsafe-inline' ${widget}` : `'nonce-${nonce}' ${widget}`;
  return [
    "default-src 'none'",
    `script-src 'nonce-${nonce}' ${widget}`,
    `style-src ${styles}`,
    `img-src ${widget} data:`,
    `font-src ${widget}`,
    `connect-src 'self' ${widget}`,
    `frame-src ${widget}`,
    "form-action 'none'",
    "base-uri 'none'",
    `frame-ancestors ${origins.join(' ') || "'none'"}`,
  ].join('; ');
}
