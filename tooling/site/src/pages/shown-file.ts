import { posix } from 'node:path';

const languages: Readonly<Record<string, string>> = { mjs: 'js', jsonc: 'json', py: 'python', rb: 'ruby' };

/** A page that shows a file of the repository which is no Markdown. */
export function pageShowing(file: string, text: string): string {
  const longest = Math.max(2, ...(text.match(/`{3,}/g) ?? []).map(({ length }) => length));
  const fence = '`'.repeat(longest + 1);
  const ending = posix.extname(file).slice(1);
  const language = languages[ending] ?? ending;
  return `# ${posix.basename(file)}

\`${file}\` of the repository.

${fence}${language}
${text.trimEnd()}
${fence}
`;
}

/** A page that lists the files of a folder of the repository which has no README. */
export function pageListing(folder: string, files: readonly string[]): string {
  const links = files.map((file) => `- [${file}](${posix.basename(folder)}/${file})`);
  return `# ${posix.basename(folder)}

\`${folder}\` of the repository.

${links.join('\n')}
`;
}
