import { execFile } from 'node:child_process';
import { mkdir, rm, writeFile } from 'node:fs/promises';
import { createRequire } from 'node:module';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import type { Snippet } from './snippets.ts';

const typed = fileURLToPath(new URL('../typed/', import.meta.url));
const given = fileURLToPath(new URL('given.d.ts', import.meta.url));

/** The code of a block that TypeScript can check: the block itself, or the modules of a page. */
export function modulesOf(snippet: Snippet): Snippet[] {
  if (['ts', 'tsx', 'js', 'jsx', 'mjs'].includes(snippet.language)) return [snippet];
  if (snippet.language !== 'html') return [];
  return [...snippet.code.matchAll(/<script type="module">\n([\s\S]*?)<\/script>/g)].map(
    ({ 1: code = '', index }) => ({
      ...snippet,
      language: 'js',
      line: snippet.line + snippet.code.slice(0, index).split('\n').length,
      // What is imported by an address is a file of the reader's site.
      code: code.replace(/^\s*import '\/[^']+';$/gm, ''),
    }),
  );
}

/**
 * What TypeScript finds wrong in the blocks, each a module of its own: `docs/start.md:12: …`. JavaScript is held to the same
 * functions and options, but need not say what is null and what its parameters are.
 */
export async function typeErrors(snippets: readonly Snippet[]): Promise<string[]> {
  const loose = snippets.filter(({ language }) => ['js', 'mjs'].includes(language));
  const strict = snippets.filter((snippet) => !loose.includes(snippet));
  return [...(await errorsOf('strict', strict, true)), ...(await errorsOf('loose', loose, false))];
}

async function errorsOf(name: string, snippets: readonly Snippet[], strict: boolean): Promise<string[]> {
  const folder = join(typed, name);
  await rm(folder, { recursive: true, force: true });
  await mkdir(folder, { recursive: true });
  const files = new Map<string, Snippet>();
  for (const snippet of snippets) {
    const ending = snippet.language.endsWith('x') ? 'tsx' : 'ts';
    const file = `${snippet.file.replaceAll(/[/.]/g, '-')}-${snippet.line}.${ending}`;
    files.set(file, snippet);
    await writeFile(join(folder, file), `${snippet.code}\nexport {};\n`);
  }
  await writeFile(
    join(folder, 'tsconfig.json'),
    JSON.stringify({ compilerOptions: { ...compilerOptions, strict }, include: ['*', given] }),
  );
  const output = await tsc(folder);
  await rm(folder, { recursive: true, force: true });
  return output
    .split('\n')
    .filter((text) => text.includes('error TS'))
    .map((text) => {
      const [, file = '', line = '0', rest = text] = /^([^(]+)\((\d+),\d+\): (.*)$/.exec(text) ?? [];
      const snippet = files.get(file);
      return snippet ? `${snippet.file}:${snippet.line + Number(line) - 1}: ${rest}` : text;
    });
}

const compilerOptions = {
  module: 'nodenext',
  target: 'es2023',
  lib: ['es2024', 'dom', 'dom.iterable'],
  jsx: 'react-jsx',
  types: ['node'],
  noEmit: true,
  skipLibCheck: true,
  allowImportingTsExtensions: true,
};

function tsc(project: string): Promise<string> {
  const compiler = join(
    dirname(createRequire(import.meta.url).resolve('typescript/package.json')),
    'bin/tsc',
  );
  return new Promise((resolve) => {
    execFile(
      process.execPath,
      [compiler, '-p', project, '--pretty', 'false'],
      { cwd: project },
      (_, stdout) => resolve(stdout),
    );
  });
}
