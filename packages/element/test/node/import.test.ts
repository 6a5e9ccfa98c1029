// Imports every entry in plain Node, where there is no DOM, each in a process of its own.
import assert from 'node:assert/strict';
import { execFile } from 'node:child_process';
import { test } from 'node:test';
import { fileURLToPath } from 'node:url';
import { promisify } from 'node:util';
import manifest from '../../package.json' with { type: 'json' };

const starred: Readonly<Record<string, readonly string[]>> = {
  './locales/*': ['./locales/en', './locales/ru'],
  './jsx/*': ['./jsx/react', './jsx/preact', './jsx/solid', './jsx/svelte', './jsx/vue'],
  // For pages only: it defines the tag.
  './cdn/*': [],
};
const entries = Object.keys(manifest.exports)
  .filter((entry) => !entry.endsWith('.json'))
  .flatMap((entry) => (entry.includes('*') ? (starred[entry] ?? [`${entry} is not in this test`]) : [entry]));

for (const entry of entries) {
  test(`${entry} can be imported without a DOM, and leaves no global behind`, async () => {
    const program = `
      const before = Object.getOwnPropertyNames(globalThis);
      const module = await import(${JSON.stringify(entry.replace(/^\./, '@b131/element'))});
      // Lit brings these itself.
      const lit = /^lit|^reactive|^customElements$/;
      const more = Object.getOwnPropertyNames(globalThis).filter((name) => !before.includes(name) && !lit.test(name));
      console.log(JSON.stringify({ more, names: Object.keys(module).length }));
    `;
    const { stdout } = await promisify(execFile)(
      process.execPath,
      ['--input-type=module', '--eval', program],
      { cwd: fileURLToPath(new URL('../..', import.meta.url)) },
    );
    const { more, names } = JSON.parse(stdout.trim().split('\n').at(-1) ?? '');
    assert.deepEqual(more, []);
    if (!entry.startsWith('./jsx')) assert.ok(names > 0, `${entry} exports nothing`);
  });
}
