import { readFileSync } from 'node:fs';
import { repository, type Snippet, snippetsIn } from '@b131/snippets';

/** What README tells somebody in an empty folder to type, in its order. */
export interface QuickStart {
  /** Run one after the other, to their ends. */
  preparations: string[];
  files: ReadonlyMap<string, string>;
  /** Each goes on in a terminal of its own. */
  servers: string[];
  bik: string;
  account: string;
}

const heading = '## Put it into your product';

/** Reads it from README itself: a block of code that follows a name of a file is that file. */
export function quickStart(): QuickStart {
  const readme = readFileSync(`${repository}README.md`, 'utf8');
  const from = readme.indexOf(heading);
  const until = readme.indexOf('\n## ', from + heading.length);
  if (from < 0 || until < 0) throw new Error(`README has no "${heading}".`);
  const part = readme.slice(from, until);
  const snippets = snippetsIn('README.md', part);
  const shell = snippets.filter(({ language }) => language === 'sh').map(({ code }) => code.trim());
  const [first = '', ...servers] = shell;
  const lines = part.split('\n');
  const files = snippets
    .filter(({ language }) => language !== 'sh')
    .map((snippet): [string, string] => [nameAbove(lines, snippet), snippet.code]);
  const [bik = '', account = ''] = [...part.matchAll(/`(\d{9,20})`/g)].map(([, digits = '']) => digits);
  return { preparations: first.split('\n'), files: new Map(files), servers, bik, account };
}

/** The last file named in the text before a block. */
function nameAbove(lines: readonly string[], { line }: Snippet): string {
  const before =
    lines
      .slice(Math.max(0, line - 6), line - 1)
      .join('\n')
      .split('```')
      .at(-2) ?? '';
  const name = [...before.matchAll(/`([\w.-]+\.(?:js|html))`/g)].at(-1)?.[1];
  if (name === undefined) throw new Error(`README does not name the file of its block in line ${line}.`);
  return name;
}
