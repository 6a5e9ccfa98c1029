/** Each package as it would be published: what its entries promise is there, and types lead to what runs. */
import assert from 'node:assert/strict';
import { execFile } from 'node:child_process';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { after, before, test } from 'node:test';
import { promisify } from 'node:util';
import { publint } from 'publint';
import { formatMessage } from 'publint/utils';
import { packageDir, packages } from '../src/places.ts';

const run = promisify(execFile);
const attw = join(import.meta.dirname, '../node_modules/.bin/attw');
let folder: string;

before(async () => {
  folder = await mkdtemp(join(tmpdir(), 'b131-packages-'));
});
after(() => rm(folder, { recursive: true, force: true }));

for (const name of packages) {
  test(`@b131/${name} keeps what its entries promise`, async () => {
    const { messages, pkg } = await publint({ pkgDir: packageDir(name), pack: 'pnpm', strict: true });
    assert.deepEqual(
      messages.map((message) => formatMessage(message, pkg ?? {})),
      [],
    );
  });

  test(`@b131/${name} has types for what runs`, async () => {
    const tarball = join(folder, `${name}.tgz`);
    await run('pnpm', ['pack', '--out', tarball], { cwd: packageDir(name) });
    // Files to be fetched or read by editors are no modules with types.
    const options = [
      '--profile',
      'esm-only',
      '--exclude-entrypoints',
      './cdn/*',
      '--format',
      'ascii',
      '--no-emoji',
    ];
    const { code, output } = await run(attw, [tarball, ...options]).then(
      ({ stdout }) => ({ code: 0, output: stdout }),
      ({ code, stdout, stderr }) => ({ code, output: `${stdout}${stderr}` }),
    );
    assert.equal(code, 0, output);
  });
}
