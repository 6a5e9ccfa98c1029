import { build } from 'vitepress';
import { site } from './places.ts';
import { prepare } from './prepare.ts';

/** `pnpm docs:build`: the site, into `dist`. */
await prepare();
await build(site);
