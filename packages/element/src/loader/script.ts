import { LoadError } from './errors.js';
import { load } from './load.js';
import type { LoadOptions } from './options.js';
import { trusted } from './trusted.js';

/** How a script is loaded. */
export interface ScriptOptions extends LoadOptions {
  /** Whether the script has done its work, e.g. its global is there. */
  readonly ready: () => boolean;
}

/**
 * Loads a script once per URL and document. Joins a tag that the page itself has, in whatever state: done, still
 * loading, or failed long ago (then it is loaded anew). Always settles.
 *
 * @throws LoadError
 */
export async function loadScript(options: ScriptOptions): Promise<void> {
  const { ready } = options;
  if (ready()) return;
  await load(options, 'script', (url) => ({ src: trusted(url) }), ready);
  if (!ready()) throw new LoadError('bad-script', options.url);
}
