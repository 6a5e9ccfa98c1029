import type { LoadOptions } from './options.js';

/**
 * Opens the connection to a URL's host ahead of need, once per host and document. `crossOrigin` as the later request
 * has it: connections with and without credentials are kept apart.
 *
 * @throws TypeError when `url` is no URL
 */
export function preconnect(options: Pick<LoadOptions, 'url' | 'document' | 'crossOrigin'>): void {
  const page = options.document ?? document;
  const { origin } = new URL(options.url, page.baseURI);
  if (page.querySelector(`link[rel=preconnect][href="${origin}"]`)) return;
  const { crossOrigin = null } = options;
  page.head.append(
    Object.assign(page.createElement('link'), { rel: 'preconnect', href: origin, crossOrigin }),
  );
}
