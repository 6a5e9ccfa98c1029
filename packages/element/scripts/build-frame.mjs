/**
 * Puts the script of the page in the frame into one module of text, `dist/frame/script.js`: the backend serves it inside
 * the page, on runtimes that have no files.
 */
import { writeFile } from 'node:fs/promises';
import { fileURLToPath } from 'node:url';
import { build } from 'vite';

const dist = fileURLToPath(new URL('../dist/frame/', import.meta.url));

const { output } = await build({
  configFile: false,
  logLevel: 'warn',
  publicDir: false,
  build: {
    write: false,
    target: 'es2022',
    modulePreload: false,
    rolldownOptions: { input: `${dist}inside/main.js`, output: { format: 'iife' } },
  },
});
const [{ code }, ...others] = output;
if (others.length > 0) throw new Error('The script of the frame has come apart');
if (/<\/script|<!--/i.test(code)) throw new Error('The script of the frame would end the tag it stands in');
await writeFile(`${dist}script.js`, `export const script = ${JSON.stringify(code.trim())};\n`);
