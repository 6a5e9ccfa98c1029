import { LoadError } from './errors.js';
import { insertTag, type Tag } from './insert.js';
import type { LoadOptions } from './options.js';
import { shared } from './registry.js';
import { newsDelay, settle, urlOf } from './tag.js';

/** How long a tag of the page's may still be loading after the page has loaded, in milliseconds. */
const foreignPatience = 3_000;
/** First wait between two tries, in milliseconds. It doubles with each, give or take a half. */
const firstWait = 400;

/**
 * Loads once per URL and document; joins a tag that the page itself has. Always settles. `source`: what makes a tag
 * load a URL; `there`: whether the work is done, by the page's own tag where it has one.
 */
export async function load(
  options: LoadOptions,
  name: 'script' | 'link',
  source: (url: string) => object,
  there: (tag?: Tag) => boolean,
): Promise<void> {
  const { deadline = 15_000, attempts = 3 } = options;
  const page = options.document ?? document;
  const url = new URL(options.url, page.baseURI).href;

  /** Waits for the page's own tag. It may bring nothing: one that failed before we came will never tell. */
  const join = async (signal: AbortSignal): Promise<boolean> => {
    const tag = [...page.querySelectorAll(name)].find((one) => urlOf(one) === url);
    if (!tag || there(tag)) return !!tag;
    const over = performance.getEntriesByName(url)[0];
    const patience = page.readyState !== 'complete' ? deadline : over ? newsDelay : foreignPatience;
    await settle(tag, Math.min(patience, deadline / 2), signal).catch(() => {});
    return there(tag);
  };

  return shared(
    page,
    url,
    options.signal,
    () => !there(),
    async (again, signal) => {
      const end = performance.now() + deadline;
      if (!again && (await join(signal))) return;
      for (let tries = 0; ; tries++) {
        const address = new URL(url);
        // Past caches that keep a failure.
        if (again || tries) address.searchParams.set('b131-try', `${Date.now()}`);
        const left = end - performance.now();
        const last = tries + 1 >= attempts;
        const tag = page.createElement(name);
        try {
          // A try that hangs must leave time for the next one.
          const time = last ? left : left / 2;
          return await settle(tag, time, signal, () => insertTag(tag, source(address.href), options));
        } catch (error) {
          tag.remove();
          const wait = firstWait * 2 ** tries * (0.5 + Math.random());
          const over = last || wait > end - performance.now();
          if (over || !(error instanceof LoadError) || /blocked|offline/.test(error.code)) throw error;
          await new Promise((resolve) => setTimeout(resolve, wait));
          signal.throwIfAborted();
        }
      }
    },
  );
}
