import { LoadError, loadScript, loadStyle } from '../../src/loader/index.js';
import { tell } from './tell.ts';

/** Loads script and style by the loader alone, as the page's policy lets it, and tells what came of it. */
const code = (load: Promise<void>): Promise<string> =>
  load.then(
    () => 'loaded',
    (error: unknown) => (error instanceof LoadError ? error.code : String(error)),
  );
const url = new URL('/widget/', location.href).href;
tell([
  await code(loadScript({ url: `${url}tokenize.js?global=Alone`, ready: () => 'Alone' in window })),
  await code(loadStyle({ url: `${url}tokenize.css` })),
  [...document.querySelectorAll<HTMLElement>('script, link')].every((tag) => tag.nonce !== ''),
]);
