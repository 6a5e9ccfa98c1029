import { existsSync } from 'node:fs';
import { readFile, writeFile } from 'node:fs/promises';
import { join, posix } from 'node:path';
import { Application, ReflectionKind } from 'typedoc';
import * as z from 'zod';
import { repository, site } from '../places.ts';

const manifest = z.object({
  name: z.string(),
  exports: z.record(z.string(), z.union([z.string(), z.object({ types: z.string().optional() })])),
});

export interface Entry {
  /** As it is imported: `@b131/bff/node`. */
  name: string;
  /** Its declarations. */
  types: string;
}

/** Every entry of the packages that has types, as their manifests say. */
export async function entries(): Promise<Entry[]> {
  const found: Entry[] = [];
  for (const folder of ['element', 'bff', 'api', 'sandbox']) {
    const root = join(repository, 'packages', folder);
    const { name, exports } = manifest.parse(JSON.parse(await readFile(join(root, 'package.json'), 'utf8')));
    for (const [path, target] of Object.entries(exports)) {
      const types = typeof target === 'string' ? undefined : target.types;
      if (types === undefined || path.includes('*')) continue;
      found.push({ name: posix.join(name, path), types: join(root, types) });
    }
  }
  return found;
}

/** Writes a page for each entry into `folder`, from the declarations that are published. */
export async function writeApiReference(folder: string): Promise<Entry[]> {
  const all = await entries();
  const missing = all.filter(({ types }) => !existsSync(types));
  if (missing.length > 0) throw new Error(`Not built yet: ${missing.map(({ types }) => types).join(', ')}`);
  const app = await Application.bootstrapWithPlugins({
    entryPoints: all.map(({ types }) => types),
    tsconfig: join(site, 'tsconfig.reference.json'),
    plugin: ['typedoc-plugin-markdown'],
    outputs: [{ name: 'markdown', path: folder }],
    name: 'Code',
    readme: 'none',
    excludeExternals: true,
    disableSources: true,
    excludeInternal: true,
    excludePrivate: true,
    skipErrorChecking: true,
    sort: ['kind', 'alphabetical'],
    logLevel: 'Error',
  });
  app.options.setValue('outputFileStrategy', 'modules');
  app.options.setValue('entryFileName', 'index');
  app.options.setValue('useHTMLAnchors', true);
  app.options.setValue('hidePageHeader', true);
  app.options.setValue('hideBreadcrumbs', true);
  app.options.setValue('parametersFormat', 'table');
  app.options.setValue('interfacePropertiesFormat', 'table');
  app.options.setValue('classPropertiesFormat', 'table');
  app.options.setValue('typeDeclarationFormat', 'table');
  app.options.setValue('enumMembersFormat', 'table');
  const project = await app.convert();
  if (!project) throw new Error('TypeDoc could not read the declarations.');
  const modules = project.getChildrenByKind(ReflectionKind.Module);
  for (const module of modules) {
    // TypeDoc follows the declaration map to the source.
    const source = project.getSymbolIdFromReflection(module)?.fileName;
    const entry = all.find(({ types }) => source === sourceOf(types));
    if (!entry) throw new Error(`TypeDoc told of ${module.name}, which is no entry of a package.`);
    module.name = entry.name;
  }
  await app.generateOutputs(project);
  for (const { name } of all) {
    const file = join(folder, `${name}.md`);
    await writeFile(file, withPlainAnchors(await readFile(file, 'utf8')));
  }
  return all;
}

/** The site's anchors are lower case; those that TypeDoc writes must be the same. */
const withPlainAnchors = (markdown: string) =>
  markdown.replace(/<a id="([^"]+)">/g, (_, id: string) => `<a id="${id.toLowerCase()}">`);

const sourceOf = (types: string) => types.replace('/dist/', '/src/').replace(/\.d\.ts$/, '.ts');
