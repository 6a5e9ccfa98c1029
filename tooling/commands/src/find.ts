import { spawnSync } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { documents, repository, snippetsIn } from '@b131/snippets';

/** What a document tells its reader to type. */
export interface Command {
  /** From the root of the repository. */
  document: string;
  line: number;
  /** Where its block of shell begins; null in a sentence. */
  block: number | null;
  /** As it stands, over several lines where it has them, without comments. */
  text: string;
}

/** In a running text, a command is a span of code that begins with one of these and has something behind it. */
const programs =
  /^(?:[A-Z_]+=\S* )*(?:npx|npm|pnpm|node|bash|curl|echo|openssl|php|sqlite3|wrangler|b131-\w+) \S/;

export function allCommands(): Command[] {
  return documents().flatMap((document) =>
    commandsIn(document, readFileSync(`${repository}${document}`, 'utf8')),
  );
}

/** Those of its blocks of shell, and those in its sentences, in the order in which they stand there. */
export function commandsIn(document: string, markdown: string): Command[] {
  const blocks = snippetsIn(document, markdown);
  const shell = blocks.filter(({ language }) => language === 'sh');
  const typed = shell.flatMap(({ line, code }) =>
    statements(code).map((one) => ({ document, block: line, line: line + one.line, text: one.text })),
  );
  let prose = markdown;
  for (const { code } of blocks) prose = prose.replace(code, () => code.replaceAll(/[^\n]/g, ' '));
  prose = prose.replaceAll(/^ *`{3,}.*$/gm, (mark) => ' '.repeat(mark.length));
  const told = [...prose.matchAll(/`((?:[^`\n]|\n(?!\s*\n))+)`/g)]
    .map(({ 1: span = '', index }) => ({
      text: span.replaceAll(/\s*\n\s*/g, ' '),
      line: lineAt(prose, index),
    }))
    .filter(({ text }) => programs.test(text))
    .map((one) => ({ document, block: null, ...one }));
  return [...typed, ...told].sort((a, b) => a.line - b.line);
}

/** A block of shell, statement by statement: one ends where bash has read all of it. */
function statements(code: string): { line: number; text: string }[] {
  const found: { line: number; text: string }[] = [];
  let from = 0;
  const lines = code.trimEnd().split('\n');
  for (let end = 1; end <= lines.length; end++) {
    const text = lines.slice(from, end).map(withoutComment).join('\n').trim();
    if (text !== '' && (text.endsWith('\\') || !isWhole(text))) continue;
    if (text !== '') found.push({ line: from, text });
    from = end;
  }
  if (from < lines.length) throw new Error(`This shell does not end: ${lines.slice(from).join('\n')}`);
  return found;
}

function withoutComment(line: string): string {
  return line.replace(/(^|\s+)# .*$/, '').trimEnd();
}

/** What bash says of a here-document without its end is a warning. */
function isWhole(text: string): boolean {
  const { status, stderr } = spawnSync('bash', ['-n'], { input: text, encoding: 'utf8' });
  return status === 0 && stderr === '';
}

function lineAt(markdown: string, index: number): number {
  return markdown.slice(0, index).split('\n').length;
}
