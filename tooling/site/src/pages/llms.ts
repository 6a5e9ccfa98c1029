import { mkdir, readFile, writeFile } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { staged } from '../places.ts';
import type { Section } from './contents.ts';
import { headingOf, introductionOf } from './markdown.ts';

const summary = `# Payout Kit for Bank 131

> Unofficial kit for paying people out through Bank 131: a web component, a backend-for-frontend, a typed client of the
> bank and a sandbox of it. Amounts are whole minor units; one reference is paid at most once, for ever; the account number
> never touches the merchant's servers; the amount stands in a ticket that the merchant's server signs.
`;

/** For language models: `llms.txt` names every page with what it is about, and each page is there as Markdown too. */
export async function writeForModels(sections: readonly Section[]): Promise<void> {
  const parts = [summary];
  for (const { name, pages } of sections) {
    const lines: string[] = [];
    for (const { path } of pages) {
      const text = await readFile(join(staged, `${path}.md`), 'utf8');
      lines.push(`- [${headingOf(text) ?? path}](/${path}.md): ${introductionOf(text)}`);
      const file = join(staged, 'public', `${path}.md`);
      await mkdir(dirname(file), { recursive: true });
      await writeFile(file, text);
    }
    parts.push(`## ${name}\n\n${lines.join('\n')}\n`);
  }
  await writeFile(join(staged, 'public', 'llms.txt'), parts.join('\n'));
}
