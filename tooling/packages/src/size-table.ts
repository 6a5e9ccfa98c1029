import { execFile } from 'node:child_process';
import { createRequire } from 'node:module';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { intoPlace, markdownTable } from '@b131/generated';

/** What one check of `.size-limit.js` has found, in bytes. */
export interface Size {
  name: string;
  size: number;
  sizeLimit: number;
}

export const page = fileURLToPath(new URL('../../../docs/size.md', import.meta.url));

/** What was meant before there was any code, in kB. */
const meantAtFirst: Readonly<Record<string, number>> = {
  loader: 1.5,
  'element, without Lit and texts': 5.5,
  'locale en, all texts': 1.1,
  'locale ru, all texts': 1.1,
  'CDN file, with Lit and first texts': 13,
};

/** Measures what `.size-limit.js` names, within its budgets or not. */
export function measure(): Promise<Size[]> {
  const program = join(dirname(createRequire(import.meta.url).resolve('size-limit/package.json')), 'bin.js');
  const cwd = fileURLToPath(new URL('..', import.meta.url));
  return new Promise((resolve, reject) => {
    // Its exit code tells of budgets, which the page shows and `test` keeps.
    execFile(process.execPath, [program, '--json'], { cwd }, (_, stdout, stderr) => {
      try {
        resolve(JSON.parse(stdout));
      } catch {
        reject(new Error(`size-limit has measured nothing: ${stderr}${stdout}`));
      }
    });
  });
}

export function table(sizes: readonly Size[]): string {
  const rows = sizes.map(({ name, size, sizeLimit }) => {
    const meant = meantAtFirst[name];
    return [name, meant === undefined ? '' : kB(1000 * meant), kB(size), kB(sizeLimit)];
  });
  return markdownTable(['', 'meant at first', 'now', 'budget'], rows);
}

function kB(bytes: number): string {
  return `${(bytes / 1000).toFixed(1)} kB`;
}

/** Sets the table into its place on the page. */
export function withTable(text: string, told: string): string {
  return intoPlace(text, { file: 'docs/size.md', kind: 'size', name: 'element' }, told);
}
