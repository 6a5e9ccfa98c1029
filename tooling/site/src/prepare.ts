import { mkdir, rm, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import type { Section } from './pages/contents.ts';
import { writeForModels } from './pages/llms.ts';
import { presentSections, stage } from './pages/stage.ts';
import { made, staged } from './places.ts';
import { type Entry, writeApiReference } from './reference/api.ts';
import { elementReference } from './reference/element.ts';
import { httpReference, openApiDocument } from './reference/http.ts';

/** All that VitePress reads: the reference made from the code, every page, and what stands where. */
export async function prepare(): Promise<Section[]> {
  await rm(made, { recursive: true, force: true });
  await mkdir(made, { recursive: true });
  const document = await openApiDocument();
  await writeFile(join(made, 'http.md'), httpReference(document));
  await writeFile(join(made, 'element.md'), await elementReference());
  const entries = await writeApiReference(join(made, 'api'));
  const sections = await presentSections(codeSection(entries));
  await stage(sections);
  await writeFile(join(staged, 'sections.json'), JSON.stringify(sections));
  await mkdir(join(staged, 'public'), { recursive: true });
  await writeFile(join(staged, 'public', 'openapi.json'), JSON.stringify(document, null, 2));
  await writeForModels(sections);
  return sections;
}

function codeSection(entries: readonly Entry[]): Section {
  const pages = entries.map(({ name }) => ({
    source: `tooling/site/made/api/${name}.md`,
    path: `reference/code/${name.replace('@', '')}`,
    name,
  }));
  return { name: 'Code', pages };
}
