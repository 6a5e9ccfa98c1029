import { preconnect } from '../loader/preconnect.js';
import type { WidgetContract } from './contract/contract.js';

/** Opens a connection ahead; an address that is none is told of when it is needed. */
export function openAhead(url: string, document: Document, crossOrigin: WidgetContract['crossOrigin']): void {
  if (!URL.canParse(url, document.baseURI)) return;
  preconnect({ url, document, ...(crossOrigin === null ? {} : { crossOrigin }) });
}
