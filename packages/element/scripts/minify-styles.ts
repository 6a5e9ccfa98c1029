/**
 * Minifies the style sheets in `dist/`: they stand in template strings, where no bundler looks. Every page loads them
 * before it shows anything.
 */
import { readdir, readFile, rm, writeFile } from 'node:fs/promises';
import { createRequire } from 'node:module';

// Vite's own: what the demo installs has no other.
const { transform } = createRequire(import.meta.resolve('vite'))('lightningcss');
const folder = new URL('../dist/styles/', import.meta.url);

for (const name of await readdir(folder)) {
  if (!name.endsWith('.js')) continue;
  const file = new URL(name, folder);
  const code = await readFile(file, 'utf8');
  const [whole, sheet = ''] = /css `([^`]*)`/.exec(code) ?? [];
  if (whole === undefined) continue;
  if (/[\\$]/.test(sheet))
    throw new Error(`${name}: a sheet with an escape or a value in it cannot be minified as it stands`);
  const { code: small } = transform({ filename: name, code: Buffer.from(sheet), minify: true });
  const sheetAlone = code.replace(whole, () => `css \`${small.toString()}\``);
  await writeFile(file, sheetAlone.replace(/\n\/\/# sourceMappingURL=.*/, ''));
  await rm(new URL(`${name}.map`, folder), { force: true });
}
