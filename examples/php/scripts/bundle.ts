/** `pnpm bundle-element FILE`: the tag in one file, for pages without a bundler. */
import { resolve } from 'node:path';
import { fileURLToPath } from 'node:url';
import { build } from 'esbuild';

if (import.meta.main) {
  const [file] = process.argv.slice(2);
  if (file === undefined) {
    console.error('Say where to: pnpm bundle-element site/b131-payout.js');
    process.exit(2);
  }
  await bundleElement(resolve(file));
  console.log(`${resolve(file)}: load it with <script type="module">`);
}

/** Writes `@b131/element/define`, with all that it needs, to a file. */
export async function bundleElement(file: string): Promise<void> {
  await build({
    entryPoints: [fileURLToPath(import.meta.resolve('@b131/element/define'))],
    outfile: file,
    bundle: true,
    minify: true,
    format: 'esm',
    logLevel: 'warning',
  });
}
