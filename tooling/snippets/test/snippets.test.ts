import { execFileSync } from 'node:child_process';
import { expect, test } from 'vitest';
import { allSnippets, isFileOfAnExample, snippetsIn } from '../src/snippets.ts';
import { modulesOf, typeErrors } from '../src/typescript.ts';

/** Blocks that are a file of an example are compiled and run there; those marked `unchecked` are counted below. */
const snippets = allSnippets().filter(
  (snippet) => !isFileOfAnExample(snippet) && !snippet.marks.includes('unchecked'),
);
const inLanguage = (...languages: string[]) =>
  snippets.filter(({ language }) => languages.includes(language));
const placeOf = ({ file, line }: { file: string; line: number }) => `${file}:${line}`;

test('every block of the docs says its language, and every language is checked somehow', () => {
  // Policies of pages are tried in browsers, as docs/csp.md has them, by a test of the element's.
  const checked = [
    'csp-framed',
    'csp-direct',
    'csp-nonce',
    'ts',
    'tsx',
    'js',
    'jsx',
    'html',
    'json',
    'sh',
    'css',
    'http',
    'md',
    'text',
  ];
  expect(snippets.filter(({ language }) => !checked.includes(language)).map(placeOf)).toEqual([]);
  expect(snippets.length).toBeGreaterThan(70);
});

test('no more blocks than these go unchecked', () => {
  const marked = allSnippets().filter(({ marks }) => marks.includes('unchecked'));
  expect(marked.length).toBeLessThanOrEqual(6);
});

test('TypeScript and JavaScript compile against the packages as they are', async () => {
  const modules = snippets.flatMap(modulesOf);
  expect(modules.length).toBeGreaterThan(25);
  expect(await typeErrors(modules)).toEqual([]);
});

test('what the compiler finds wrong is told where it stands in the document', async () => {
  const [wrong] = snippetsIn('docs/x.md', '# X\n\n```ts\nconst one = 1;\nconst two: string = one;\n```\n');
  if (!wrong) throw new Error('the block was not found');
  expect(await typeErrors([wrong])).toEqual([expect.stringMatching(/^docs\/x\.md:5: error TS2322/)]);
});

test('JSON is JSON, or a line of it each', () => {
  for (const snippet of inLanguage('json')) {
    const parts = snippet.code.startsWith('{\n') ? [snippet.code] : snippet.code.trim().split('\n');
    for (const part of parts) expect(() => JSON.parse(part), placeOf(snippet)).not.toThrow();
  }
});

test('shell can be parsed by bash', () => {
  for (const snippet of inLanguage('sh')) {
    expect(
      () => execFileSync('bash', ['-n'], { input: snippet.code, stdio: 'pipe' }),
      placeOf(snippet),
    ).not.toThrow();
  }
});

test('styles name only properties that the element has', async () => {
  const styles = inLanguage('css')
    .map(({ code }) => code)
    .join('\n');
  const named = new Set(styles.match(/--b131-[\w-]+/g));
  const { default: manifest } = await import('@b131/element/custom-elements.json', {
    with: { type: 'json' },
  });
  const known = new Set(JSON.stringify(manifest).match(/--b131-[\w-]+/g));
  expect([...named].filter((name) => !known.has(name))).toEqual([]);
});
