import { readdirSync, readFileSync } from 'node:fs';
import { posix } from 'node:path';
import { fileURLToPath } from 'node:url';

/** The root of the repository. */
export const repository = fileURLToPath(new URL('../../../', import.meta.url));

/** A block of code in a Markdown file. */
export interface Snippet {
  /** From the root of the repository. */
  file: string;
  /** Of its first line of code. */
  line: number;
  language: string;
  /** What follows the language in the info string: `unchecked`. */
  marks: readonly string[];
  code: string;
}

const fence = /^( *)(`{3,})([\w-]*)([^\n]*)\n([\s\S]*?)^\1\2 *$/gm;

export function snippetsIn(file: string, markdown: string): Snippet[] {
  return [...markdown.matchAll(fence)].map(
    ({ 1: indent = '', 3: language = '', 4: marks = '', 5: code = '', index }) => ({
      file,
      line: markdown.slice(0, index).split('\n').length + 1,
      language,
      marks: marks.trim().split(/\s+/).filter(Boolean),
      code: code.replaceAll(new RegExp(`^${indent}`, 'gm'), ''),
    }),
  );
}

/** README, docs/, the other pages of the root, and the READMEs of packages, examples and tools. */
export function documents(): string[] {
  const groups = ['packages', 'examples', 'tooling'];
  const folders = groups.flatMap((group) =>
    readdirSync(`${repository}${group}`, { withFileTypes: true })
      .filter((entry) => entry.isDirectory())
      .map(({ name }) => `${group}/${name}`),
  );
  const readmes = [...groups, ...folders].flatMap((folder) =>
    markdownIn(folder).filter((file) => file.endsWith('/README.md')),
  );
  return [...markdownIn(''), ...markdownIn('docs'), ...readmes];
}

function markdownIn(folder: string): string[] {
  return readdirSync(`${repository}${folder}`)
    .filter((file) => file.endsWith('.md'))
    .map((file) => posix.join(folder, file));
}

/** Every block of code of every document. */
export function allSnippets(): Snippet[] {
  return documents().flatMap((file) => snippetsIn(file, readFileSync(`${repository}${file}`, 'utf8')));
}

let examples: Set<string> | undefined;

/** Whether a block is a file of `examples/` as it stands there, where it is compiled and run. */
export function isFileOfAnExample({ code }: Snippet): boolean {
  examples ??= new Set(
    readdirSync(`${repository}examples`, { recursive: true, withFileTypes: true })
      .filter((entry) => entry.isFile() && /\.(ts|mjs|php|py|rb|go|java)$/.test(entry.name))
      .filter((entry) => !/node_modules|[\\/]dist[\\/]/.test(entry.parentPath))
      .map((entry) => readFileSync(`${entry.parentPath}/${entry.name}`, 'utf8').trim()),
  );
  return examples.has(code.trim());
}
