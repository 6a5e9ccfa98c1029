import { withAttempts } from './attempts.js';
import { LoadError } from './errors.js';
import type { LoadOptions } from './options.js';
import { shared, unlessAborted } from './registry.js';
import { changedUrl, dress, settle } from './tag.js';

/** How a script is loaded. */
export interface ScriptOptions extends LoadOptions {
  /** Whether the script has done its work, e.g. its global is there. */
  readonly ready: () => boolean;
}

/** How long a foreign tag may still be loading after the page has loaded, in milliseconds. */
const foreignPatience = 3_000;

/**
 * Loads a script once per URL and document. Joins a tag that the page itself has, in whatever state: done, still
 * loading, or failed long ago (then it is loaded anew). Always settles.
 *
 * @throws LoadError
 */
export function loadScript(options: ScriptOptions): Promise<void> {
  const document = options.document ?? globalThis.document;
  if (options.ready()) return Promise.resolve();
  const url = new URL(options.url, document.baseURI).href;
  const undone = (): boolean => !options.ready();
  const load = shared(document, url, (begun) => obtain(document, url, options, begun), undone);
  const checked = load.then(() => {
    if (!options.ready()) throw new LoadError('bad-script', url);
  });
  return unlessAborted(checked, options.signal);
}

async function obtain(document: Document, url: string, options: ScriptOptions, begun: number): Promise<void> {
  if (begun === 0 && (await join(document, url, options))) return;
  await withAttempts(options, begun, (attempt, time) => insert(document, url, attempt, time, options));
  if (!options.ready()) throw new LoadError('bad-script', url);
}

/** Waits for the page's own tag. False when there is none or it brings nothing. */
async function join(document: Document, url: string, { ready, deadline }: ScriptOptions): Promise<boolean> {
  const tag = [...document.scripts].find((script) => script.src === url);
  if (!tag) return false;
  const settled =
    document.readyState === 'complete' && performance.getEntriesByName(url, 'resource').length > 0;
  if (settled) return ready();
  const time = document.readyState === 'complete' ? foreignPatience : (deadline ?? 15_000) / 2;
  await settle(tag, url, time, () => {}).catch(() => {});
  return ready();
}

async function insert(
  document: Document,
  url: string,
  attempt: number,
  time: number,
  options: ScriptOptions,
): Promise<void> {
  const tag = document.createElement('script');
  tag.async = true;
  dress(tag, options);
  try {
    await settle(tag, url, time, () => {
      tag.src = changedUrl(url, attempt);
      document.head.append(tag);
    });
  } catch (error) {
    tag.remove();
    throw error;
  }
}
