import type { LoadOptions } from '../loader/options.js';
import { loadScript } from '../loader/script.js';
import { loadStyle } from '../loader/style.js';
import type { WidgetContract } from './contract/contract.js';
import { widgetConstructor } from './drawing/live.js';

/** Into which page, and how, the widget is loaded. */
export interface LoadPlace {
  readonly document: Document;
  /** Of what is put into the page; empty: the page's own. */
  readonly nonce: string;
  readonly signal: AbortSignal;
}

/**
 * Loads the widget's script and style side by side. Without its style the widget still works, so a style that
 * cannot be had is only a warning.
 *
 * @throws LoadError about the script
 */
export async function loadWidget(contract: WidgetContract, place: LoadPlace): Promise<void> {
  const { style, integrity, global } = contract;
  const styled = style === null ? null : loadStyle(optionsOf(style, integrity.style, contract, place));
  const dressed = styled?.catch((error: unknown) => {
    if (place.signal.aborted) return;
    console.warn('<b131-payout> shows the bank\u2019s form without its style:', error);
  });
  const window = place.document.defaultView ?? globalThis;
  await loadScript({
    ...optionsOf(contract.script, integrity.script, contract, place),
    ready: () => widgetConstructor(window, global) !== null,
  });
  await dressed;
}

function optionsOf(
  url: string,
  integrity: string | null,
  { deadline, crossOrigin }: WidgetContract,
  { document, nonce, signal }: LoadPlace,
): LoadOptions {
  return {
    ...{ url, deadline, document, nonce, signal },
    ...(integrity === null ? {} : { integrity }),
    ...(crossOrigin === null ? {} : { crossOrigin }),
  };
}
