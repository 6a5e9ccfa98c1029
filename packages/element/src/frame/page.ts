import { script } from '#frame-script';
import type { WidgetContract } from '../widget/contract/contract.js';
import { contentSecurityPolicy } from './policy.js';

/** What the page in the frame is made of. */
export interface FrameOptions {
  readonly contract: WidgetContract;
  /** Origins of the pages that may hold the frame, e.g. `https://shop.example`. */
  readonly origins: readonly string[];
}

/** A page to be sent, with the headers that belong to it. */
export interface FramePage {
  readonly html: string;
  readonly headers: Readonly<Record<string, string>>;
}

/**
 * The page in the frame of `<b131-payout>`, to be served as `GET <endpoint>/widget`. Each answer has a nonce of its own,
 * so no answer may be kept.
 */
export function framePage({ contract, origins }: FrameOptions): FramePage {
  const nonce = btoa(String.fromCharCode(...crypto.getRandomValues(new Uint8Array(18))));
  return {
    html: html({ contract, origins }, nonce),
    headers: {
      'content-type': 'text/html; charset=utf-8',
      'content-security-policy': contentSecurityPolicy(contract, origins, nonce),
      'cache-control': 'no-store',
      'x-content-type-options': 'nosniff',
      'referrer-policy': 'no-referrer',
      'cross-origin-resource-policy': 'cross-origin',
      // Keeps pages of other hosts of the same site from reaching in, whatever they set as document.domain.
      'origin-agent-cluster': '?1',
      'permissions-policy': 'camera=(), geolocation=(), microphone=(), payment=(), usb=()',
    },
  };
}

// Room for the rings that mark a focused field.
const style = 'body{margin:0;padding:.5rem;position:relative}';

/** Nothing comes before our script that it would have to wait for: the widget is on its way as soon as the page is there. */
function html({ contract, origins }: FrameOptions, nonce: string): string {
  return `<!doctype html>
<html>
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<meta name="robots" content="noindex">
<title>Bank 131</title>
<style nonce="${nonce}">${style}</style>
</head>
<body>
<div id="${escaped(contract.container)}"></div>
<script nonce="${nonce}" type="application/json" id="b131-frame">${inScript({ contract, origins })}</script>
<script nonce="${nonce}">${script}</script>
</body>
</html>
`;
}

function escaped(text: string): string {
  return text.replace(/[&<>"]/g, (sign) => `&#${sign.charCodeAt(0)};`);
}

/** As JSON that ends no script. */
function inScript(value: object): string {
  return JSON.stringify(value).replaceAll('<', '\\u003c');
}
