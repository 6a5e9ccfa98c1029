import type { B131Payout } from '../../src/index.js';
import type { CourseFate } from '../server/late-course.ts';
import { type TestWorld, ticket } from './world.ts';

/** How the element comes in parts: by a merchant's bundler, or by the CDN files. */
export type Parts = 'bundle' | 'cdn';

/** A page in a frame whose element has the opening only, until the test lets the course come. */
export interface LatePage {
  readonly document: Document;
  /** Puts an element onto it that draws in a frame, with a good ticket unless told otherwise. */
  put(world: TestWorld, properties?: Partial<B131Payout>): Promise<B131Payout>;
  /** Decides about the course; resolves with how often it was asked for. */
  course(fate?: CourseFate): Promise<number>;
  close(): void;
}

let count = 0;

export interface LatePageOptions {
  /** Its policy. */
  readonly csp?: string;
  /** It has a tag for each of the CDN files; nothing is held back then. */
  readonly both?: boolean;
}

/** Opens such a page. */
export async function openLatePage(
  parts: Parts,
  { csp = '', both }: LatePageOptions = {},
): Promise<LatePage> {
  const id = `c${Date.now()}x${++count}`;
  const frame = document.createElement('iframe');
  frame.title = 'late';
  frame.style.cssText = 'inline-size: 40rem; block-size: 60rem';
  if (both) await fetch(`/late/${id}?fate=free`, { method: 'POST' });
  frame.src = `/late/${id}/${parts}/?${new URLSearchParams({ csp, ...(both ? { both: 'yes' } : {}) })}`;
  const loaded = new Promise((resolve) => frame.addEventListener('load', resolve, { once: true }));
  document.body.append(frame);
  await loaded;
  const { contentDocument: page, contentWindow: window } = frame;
  if (page === null || window === null) throw new Error('There is no page');
  await page.defaultView?.customElements.whenDefined('b131-payout');
  return {
    document: page,
    async put({ endpoint }, properties = {}) {
      const element = page.createElement('b131-payout');
      Object.assign(element, { endpoint, ticket: ticket(), ...properties });
      page.body.append(element);
      await Promise.resolve();
      return element;
    },
    async course(fate) {
      const query = fate === undefined ? '' : `?fate=${fate}`;
      const response = await fetch(`/late/${id}${query}`, { method: 'POST' });
      return (await response.json()).asked;
    },
    close: () => frame.remove(),
  };
}
