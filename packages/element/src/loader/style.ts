import { withAttempts } from './attempts.js';
import type { LoadOptions } from './options.js';
import { shared, unlessAborted } from './registry.js';
import { changedUrl, dress, settle } from './tag.js';

/**
 * Loads a style sheet once per URL and document; joins a tag that the page itself has. Always settles.
 *
 * @throws LoadError
 */
export function loadStyle(options: LoadOptions): Promise<void> {
  const document = options.document ?? globalThis.document;
  const url = new URL(options.url, document.baseURI).href;
  return unlessAborted(
    shared(document, url, (begun) => obtain(document, url, options, begun)),
    options.signal,
  );
}

async function obtain(document: Document, url: string, options: LoadOptions, begun: number): Promise<void> {
  if (begun === 0 && isThere(document, url)) return;
  await withAttempts(options, begun, (attempt, time) => insert(document, url, attempt, time, options));
}

function isThere(document: Document, url: string): boolean {
  return [...document.styleSheets].some((sheet) => sheet.href === url);
}

async function insert(
  document: Document,
  url: string,
  attempt: number,
  time: number,
  options: LoadOptions,
): Promise<void> {
  const tag = document.createElement('link');
  tag.rel = 'stylesheet';
  dress(tag, options);
  try {
    await settle(tag, url, time, () => {
      tag.href = changedUrl(url, attempt);
      document.head.append(tag);
    });
  } catch (error) {
    tag.remove();
    throw error;
  }
}
