import { insertTag } from '../loader/insert.js';
import { trusted } from '../loader/trusted.js';

let loading: Promise<void> | null = null;

/**
 * Loads a module by a tag, for `import()` takes no hash: afterwards `import()` gives the module that was verified. So the
 * one hash on the page's own tag vouches for all that follows.
 */
export function loadVerified(url: string, integrity: string): Promise<void> {
  loading ??= new Promise((resolve, reject) => {
    const tag = document.createElement('script');
    tag.onload = () => resolve();
    tag.onerror = () => {
      loading = null;
      tag.remove();
      reject(new Error(`${url} cannot be had, or is not the file that belongs to this one`));
    };
    insertTag(tag, { type: 'module', src: trusted(url) }, { url, integrity });
  });
  return loading;
}
