/**
 * Writes the version and the SRI hash of `cdn/b131-payout.js` wherever they are told. `--check` only looks, and ends
 * with 1 when something is told wrong: run it without after a change of `src/`.
 */
import { createHash } from 'node:crypto';
import { readFile, writeFile } from 'node:fs/promises';
import { parseArgs } from 'node:util';
import manifest from '../package.json' with { type: 'json' };

const places = ['../README.md', '../../../examples/html/index.html'];
const { values } = parseArgs({ options: { check: { type: 'boolean', default: false } } });

const file = await readFile(new URL('../cdn/b131-payout.js', import.meta.url));
const integrity = `sha384-${createHash('sha384').update(file).digest('base64')}`;

for (const place of places) {
  const url = new URL(place, import.meta.url);
  const told = await readFile(url, 'utf8');
  const right = told
    .replaceAll(/(@b131\/element@)[\w.-]+(?=\/cdn\/)/g, `$1${manifest.version}`)
    .replaceAll(/sha384-[\w+/=]{64}/g, integrity);
  if (right === told) continue;
  if (values.check) {
    console.error(
      `${url.pathname} tells another version or hash of cdn/b131-payout.js. Mend it: pnpm --filter @b131/element integrity`,
    );
    process.exitCode = 1;
  } else {
    await writeFile(url, right);
    console.log(`${url.pathname}: ${manifest.version}, ${integrity}`);
  }
}
