import { loadScript } from '../loader/script.js';
import { loadStyle } from '../loader/style.js';
import type { WidgetContract } from './contract/contract.js';
import { widgetConstructor } from './drawing/live.js';

/**
 * Loads the widget's script and style side by side. Without its style the widget still works, so a style that
 * cannot be had is only a warning.
 *
 * @throws LoadError about the script
 */
export async function loadWidget(
  contract: WidgetContract,
  document: Document,
  signal: AbortSignal,
): Promise<void> {
  const { deadline } = contract;
  const window = document.defaultView ?? globalThis;
  const ready = (): boolean => widgetConstructor(window, contract.global) !== null;
  const style =
    contract.style === null ? null : loadStyle({ url: contract.style, deadline, document, signal });
  const styled = style?.catch((error: unknown) => {
    if (!signal.aborted) console.warn('<b131-payout> shows the bank\u2019s form without its style:', error);
  });
  await loadScript({ url: contract.script, deadline, document, signal, ready });
  await styled;
}
