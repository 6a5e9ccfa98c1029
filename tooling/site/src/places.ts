import { fileURLToPath } from 'node:url';

const place = (path: string) => fileURLToPath(new URL(path, import.meta.url));

/** The root of the repository. */
export const repository = place('../../../');
export const site = place('../');
/** Reference pages made from the code; no part of the repository. */
export const made = place('../made/');
/** What VitePress reads: all pages with their links made the site's; no part of the repository. */
export const staged = place('../pages/');
/** The site. */
export const built = place('../dist/');
