import type { imports as plain } from '../parts/imports.js';
import { loadVerified } from './verified.js';

type Parts = typeof import('./parts.js');

const file = './b131-payout.parts.js';
/** Hash of the file with the parts, put in by the build. */
const integrity = '__B131_INTEGRITY_OF_PARTS__';

let take: (parts: Parts) => void;
const taken = new Promise<Parts>((resolve) => {
  take = resolve;
});

/** The parts are there: by the page's own second tag, or by ours. */
export function arrive(parts: Parts): void {
  take(parts);
}

async function load(): Promise<Parts> {
  await loadVerified(new URL(file, import.meta.url).href, integrity);
  return import('./parts.js');
}

const parts = (): Promise<Parts> => Promise.race([taken, load()]);

export const imports: typeof plain = { course: parts, direct: parts };
