import type { LoadOptions } from '../loader/options.js';
import { preconnect } from '../loader/preconnect.js';
import { loadScript } from '../loader/script.js';
import { loadStyle } from '../loader/style.js';
import type { WidgetContract } from './contract/contract.js';
import { widgetConstructor } from './drawing/direct.js';

/**
 * Loads the widget's script and style side by side, as the element that wants them asks for by its nonce. Without
 * its style the widget still works, so a style that cannot be had is only a warning.
 *
 * @throws LoadError about the script
 */
export async function loadWidget(
  contract: WidgetContract,
  element: HTMLElement,
  signal: AbortSignal,
): Promise<void> {
  const { global, script, style, deadline, integrity } = contract;
  const document = element.ownerDocument;
  const window = document.defaultView ?? globalThis;
  const options = (url: string, hash: string | null): LoadOptions => ({
    ...{ url, deadline, document, signal },
    ...(element.nonce ? { nonce: element.nonce } : {}),
    ...(hash === null ? {} : { integrity: hash }),
    ...crossOriginOf(contract),
  });
  const styled = style === null ? null : loadStyle(options(style, integrity.style));
  const dressed = styled?.catch((error: unknown) => {
    if (!signal.aborted) console.warn('<b131-payout> shows the bank\u2019s form without its style:', error);
  });
  const ready = (): boolean => widgetConstructor(window, global) !== null;
  await loadScript({ ...options(script, integrity.script), ready });
  await dressed;
}

/** Opens the connection to the widget's host before anything is asked of it. */
export function preconnectWidget(contract: WidgetContract, document: Document): void {
  if (!URL.canParse(contract.script, document.baseURI)) return;
  preconnect({ url: contract.script, document, ...crossOriginOf(contract) });
}

function crossOriginOf({ crossOrigin, integrity }: WidgetContract): Pick<LoadOptions, 'crossOrigin'> {
  if (crossOrigin !== null) return { crossOrigin };
  return integrity.script === null ? {} : { crossOrigin: 'anonymous' };
}
