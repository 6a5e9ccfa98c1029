import { join } from 'node:path';
import { repository } from '@b131/snippets';
import { afterAll, beforeAll, describe, expect, inject, test } from 'vitest';
import { createProject, type Project } from '../src/project.ts';

/** Every entry of every package that code imports: no styles, no data, no file for a script tag. */
const entries = inject('packed').flatMap(({ manifest, content }) =>
  Object.entries(manifest.exports).flatMap(([path, target]) => {
    if (typeof target === 'string' || path.startsWith('./jsx/')) return [];
    const specifier = `${manifest.name}${path.slice(1)}`;
    if (!path.includes('*')) return [specifier];
    const [before = '', after = ''] = (target.default ?? '').replace('./', '').split('*');
    return content
      .filter((file) => file.startsWith(before) && file.endsWith(after))
      .map((file) => specifier.replace('*', file.slice(before.length, -after.length)));
  }),
);

const program = `
for (const entry of ${JSON.stringify(entries)}) {
  console.log(entry, Object.keys(await import(entry)).length);
}
`;

let project: Project;
beforeAll(async () => {
  project = await createProject({ npmrc: inject('npmrc') });
  await project.run('npm init -y && npm pkg set type=module');
  const peers = 'react react-dom @types/react postgres @opentelemetry/api';
  await project.run(
    `npm install @b131/api @b131/bff @b131/element @b131/sandbox ${peers} @types/node@24 typescript-7@npm:typescript@7 typescript-6@npm:typescript@6`,
  );
  await project.write('import-all.js', program);
});
afterAll(() => project?.remove());

test('the packages have the entries that are tried', () => {
  expect(entries).toEqual(
    expect.arrayContaining([
      '@b131/api',
      '@b131/bff/node',
      '@b131/bff/d1',
      '@b131/element/locales/ru',
      '@b131/sandbox/node',
    ]),
  );
});

describe('every entry can be imported in', () => {
  test('Node 24', async () => {
    expect((await project.run('node import-all.js')).trim().split('\n')).toHaveLength(entries.length);
  });

  test('Node 22', async () => {
    const node = join(repository, 'tooling/runtimes/node_modules/node-22/bin/node');
    expect(
      (await project.run(`${node} --disable-warning=ExperimentalWarning import-all.js`)).trim().split('\n'),
    ).toHaveLength(entries.length);
  });
});

describe('every entry has types for', () => {
  const imports = entries
    .map((entry, index) => `import * as entry${index} from '${entry}';\nvoid entry${index};`)
    .join('\n');
  const modes = {
    nodenext: { module: 'nodenext', moduleResolution: 'nodenext' },
    bundler: { module: 'esnext', moduleResolution: 'bundler' },
  };
  const compilers = { 'TypeScript 7': 'typescript-7', 'TypeScript 6': 'typescript-6' };
  for (const [resolution, mode] of Object.entries(modes)) {
    for (const [compiler, folder] of Object.entries(compilers)) {
      test(`${resolution}, ${compiler}`, async () => {
        const options = {
          ...mode,
          target: 'es2023',
          lib: ['es2024', 'dom', 'dom.iterable'],
          types: ['node'],
          strict: true,
          noEmit: true,
          // The old compiler takes minutes for everybody else's declarations.
          skipLibCheck: compiler !== 'TypeScript 7',
        };
        await project.write('all.ts', imports);
        await project.write('tsconfig.json', JSON.stringify({ compilerOptions: options, files: ['all.ts'] }));
        expect(await project.run(`node node_modules/${folder}/bin/tsc -p .`)).toBe('');
      });
    }
  }
});
