import { load } from './load.js';
import type { LoadOptions } from './options.js';

/**
 * Loads a style sheet once per URL and document; joins a tag that the page itself has. Always settles.
 *
 * @throws LoadError
 */
export function loadStyle(options: LoadOptions): Promise<void> {
  return load(
    options,
    'link',
    (href) => ({ href, rel: 'stylesheet' }),
    (tag) => !tag || ('sheet' in tag && !!tag.sheet),
  );
}
