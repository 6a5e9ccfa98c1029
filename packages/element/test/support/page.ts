import { origin } from './world.ts';

/** What a page is served with. */
export interface PageOptions {
  readonly csp?: string;
  /** Of the page's own script. */
  readonly nonce?: string;
  /** More for the page to read in its address. */
  readonly [name: string]: string | undefined;
}

/** Opens one of `test/pages` in a frame of its own origin; resolves with the first thing that it tells. */
export async function openPage(name: string, options: PageOptions = {}): Promise<unknown> {
  const url = new URL(`/pages/${name}`, origin);
  for (const [key, value] of Object.entries(options)) if (value) url.searchParams.set(key, value);
  const frame = document.createElement('iframe');
  frame.title = name;
  frame.style.cssText = 'inline-size: 40rem; block-size: 60rem';
  const told = new Promise((resolve) => {
    window.addEventListener('message', function hear({ data, source }) {
      if (source !== frame.contentWindow || typeof data !== 'object' || !('page' in data)) return;
      window.removeEventListener('message', hear);
      resolve(data.page);
    });
  });
  frame.src = url.href;
  document.body.append(frame);
  try {
    return await told;
  } finally {
    frame.remove();
  }
}
