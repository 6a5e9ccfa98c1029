/** Who imports a part gets that part: bundled as a page would, minified, everything else left out. */
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { build } from 'esbuild';

/** The modules of ours, and lit's, that end up in the bundle of a program. */
async function bundled(program: string): Promise<{ code: string; inputs: string[] }> {
  const { outputFiles, metafile } = await build({
    stdin: { contents: program, resolveDir: import.meta.dirname },
    bundle: true,
    format: 'esm',
    metafile: true,
    minify: true,
    write: false,
  });
  const [output] = Object.values(metafile.outputs);
  const inputs = Object.entries(output?.inputs ?? {}).filter(([, { bytesInOutput }]) => bytesInOutput > 0);
  return {
    code: outputFiles[0]?.text ?? '',
    inputs: inputs.map(([path]) =>
      path.replace(/^.*\/(?=packages\/element\/|lit)/, '').replace(/^packages\/element\/dist\//, ''),
    ),
  };
}

const defines = /customElements\.define/;

test('the loader alone brings no Lit, no element', async () => {
  const { code, inputs } = await bundled(
    `import { loadScript, loadStyle } from '@b131/element/loader'; console.log(loadScript, loadStyle);`,
  );
  assert.deepEqual(
    inputs.filter((path) => !/^(loader|timing)\/|^<stdin>$/.test(path)),
    [],
  );
  assert.doesNotMatch(code, defines);
});

test('the class defines nothing, `define` does', async () => {
  const { code } = await bundled(`import { B131Payout } from '@b131/element'; console.log(B131Payout);`);
  assert.doesNotMatch(code, defines);
  assert.match((await bundled(`import '@b131/element/define';`)).code, defines);
  assert.match(
    (await bundled(`import { B131Payout } from '@b131/element/react'; console.log(B131Payout);`)).code,
    defines,
  );
});

test('what is imported and not used leaves nothing', async () => {
  const { code } = await bundled(`import { B131Payout, errorTable, widgetContracts } from '@b131/element';`);
  assert.equal(code.trim(), '');
});

test('a locale brings that locale', async () => {
  const { inputs } = await bundled(`import { ru } from '@b131/element/locales/ru'; console.log(ru);`);
  assert.deepEqual(
    inputs.filter((path) => path !== '<stdin>'),
    ['opening/ru.js', 'locales/ru.js'],
  );
});

test('a table brings that table', async () => {
  const { inputs } = await bundled(`import { statusTable } from '@b131/element'; console.log(statusTable);`);
  assert.deepEqual(
    // Of the entry itself a name is left where everything has to go into one file.
    inputs.filter((path) => path !== '<stdin>' && path !== 'index.js'),
    ['faces/statuses.js'],
  );
});

test('the page in the frame brings no Lit, no element, and needs no DOM to be made', async () => {
  const { inputs } = await bundled(
    `import { framePage } from '@b131/element/frame'; console.log(framePage);`,
  );
  assert.deepEqual(
    inputs.filter((path) => /^lit|^element\/|^faces\/|^flow\//.test(path)),
    [],
  );
  const { framePage, widgetContracts } = await import('@b131/element/frame');
  assert.match(framePage({ contract: widgetContracts.demo, origins: [] }).html, /^<!doctype html>/);
});

test('`define` brings the tag and its first face; what comes later is in files of its own', async () => {
  const { metafile } = await build({
    stdin: { contents: `import '@b131/element/define';`, resolveDir: import.meta.dirname },
    bundle: true,
    format: 'esm',
    metafile: true,
    minify: true,
    outdir: 'out',
    splitting: true,
    write: false,
  });
  const { outputs } = metafile;
  const isOfEntry = (file: string): boolean =>
    outputs[file]?.entryPoint === '<stdin>' ||
    Object.keys(outputs).some(
      (other) =>
        outputs[other]?.imports.some(({ path, kind }) => path === file && kind === 'import-statement') &&
        isOfEntry(other),
    );
  const inputs = Object.keys(outputs)
    .filter(isOfEntry)
    .flatMap((file) => Object.keys(outputs[file]?.inputs ?? {}))
    .map((path) => path.replace(/^.*\/packages\/element\/dist\//, ''));
  assert.deepEqual(
    inputs.filter((path) => /^(course|faces|flow|locales|widget|bff|loader)\//.test(path)).sort(),
    ['loader/preconnect.js', 'locales/nearest.js', 'locales/registry.js', 'widget/ahead.js'],
  );
});
