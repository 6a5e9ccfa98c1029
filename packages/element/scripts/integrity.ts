/**
 * Writes the version and the SRI hashes of the files in `cdn/` wherever they are told. `--check` only looks, and ends
 * with 1 when something is told wrong: run it without after a change of `src/`.
 */
import { createHash } from 'node:crypto';
import { readFile, writeFile } from 'node:fs/promises';
import { parseArgs } from 'node:util';
import manifest from '../package.json' with { type: 'json' };

const places = ['../README.md', '../../../examples/html/index.html'];
const { values } = parseArgs({ options: { check: { type: 'boolean', default: false } } });

const hashes = new Map<string, string>();
for (const name of ['b131-payout.js', 'b131-payout.parts.js']) {
  const file = await readFile(new URL(`../cdn/${name}`, import.meta.url));
  hashes.set(name, `sha384-${createHash('sha384').update(file).digest('base64')}`);
}

for (const place of places) {
  const url = new URL(place, import.meta.url);
  const told = await readFile(url, 'utf8');
  const right = told
    .replaceAll(/(@b131\/element@)[\w.-]+(?=\/cdn\/)/g, `$1${manifest.version}`)
    .replaceAll(
      /(b131-payout(?:\.parts)?\.js)("[^>]*?")sha384-[\w+/=]{64}/g,
      (_, name: string, between: string) => {
        return name + between + hashes.get(name);
      },
    );
  if (right === told) continue;
  if (values.check) {
    console.error(
      `${url.pathname} tells another version or hash of a file in cdn/. Mend it: pnpm --filter @b131/element integrity`,
    );
    process.exitCode = 1;
  } else {
    await writeFile(url, right);
    console.log(`${url.pathname}: ${manifest.version}, ${[...hashes.values()].join(', ')}`);
  }
}
