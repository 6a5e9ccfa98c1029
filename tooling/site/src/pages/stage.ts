import { existsSync } from 'node:fs';
import { cp, mkdir, readdir, readFile, rm, stat, writeFile } from 'node:fs/promises';
import { dirname, join, posix, relative } from 'node:path';
import { repository, staged } from '../places.ts';
import { contents, home, type Page, type Section } from './contents.ts';
import { inPage } from './drawings.ts';
import { asTemplate, changeLinks, type Link } from './markdown.ts';
import { pageListing, pageShowing } from './shown-file.ts';

/** A link of a page that leads nowhere. */
export class DeadLinksError extends Error {
  override name = 'DeadLinksError';
}

/** What stands where, of what is there. `code` is the reference of the packages' code. */
export async function presentSections(code: Section): Promise<Section[]> {
  const named = new Set(contents.flatMap(({ pages }) => pages.map(({ source }) => source)));
  const others = (await readdir(join(repository, 'docs')))
    .filter((file) => file.endsWith('.md') && !named.has(`docs/${file}`))
    .map((file) => ({ source: `docs/${file}`, path: file.replace(/\.md$/, '') }));
  return [...contents, code, { name: 'More', pages: others }]
    .map(({ name, pages }) => ({
      name,
      pages: pages.filter(({ source }) => existsSync(join(repository, source))),
    }))
    .filter(({ pages }) => pages.length > 0);
}

/**
 * Writes every page to where VitePress reads it. Links between files of the repository become links of the site: to the
 * page of a Markdown file, to a page that shows any other file, to the README of a folder or a list of its files.
 *
 * @throws DeadLinksError that names every link to a file that is not there
 */
export async function stage(sections: readonly Section[]): Promise<void> {
  await rm(staged, { recursive: true, force: true });
  const queue = [home, ...sections.flatMap(({ pages }) => pages)];
  const pathOf = new Map(queue.map(({ source, path }) => [source, path]));
  const styles = new Set<string>();
  const dead: string[] = [];

  /** The place on the site of a file of the repository; what was on no page so far gets one. */
  function placeOf(file: string): string {
    const known = pathOf.get(file);
    if (known !== undefined) return known;
    const path = file.endsWith('README.md') ? posix.dirname(file) : file.replace(/\.md$/, '');
    const page = { source: file, path: file.endsWith('.md') ? path : `source/${path.replaceAll('.', '-')}` };
    pathOf.set(file, page.path);
    queue.push(page);
    return page.path;
  }

  async function staying({ text, target, isImage }: Link, page: Page): Promise<string> {
    const mark = isImage ? '!' : '';
    if (/^([a-z]+:|#|\/)/i.test(target)) return `${mark}[${text}](${target})`;
    const [path = '', anchor] = target.split('#');
    const file = await fileAt(posix.join(posix.dirname(page.source), decodeURI(path)));
    if (file === null) {
      dead.push(`${page.source}: ${target}`);
      return text;
    }
    if (file.endsWith('.svg')) return drawing(file, text);
    if (isImage) return `![${text}](/${await publish(file)})`;
    const place = encodeURI(placeOf(file)).replaceAll('[', '%5B').replaceAll(']', '%5D');
    return `[${text}](/${place}${anchor === undefined ? '' : `#${anchor}`})`;
  }

  async function drawing(file: string, text: string): Promise<string> {
    const { svg, css } = inPage(await readFile(join(repository, file), 'utf8'));
    styles.add(css);
    return `<figure role="img" aria-label="${text}">${svg}</figure>`;
  }

  for (const page of queue) {
    const markdown = await markdownOf(page.source);
    await write(`${page.path}.md`, await changeLinks(asTemplate(markdown), (link) => staying(link, page)));
  }
  await write('drawings.css', [...styles].join('\n'));
  if (dead.length > 0) throw new DeadLinksError(`Links to files that are not there:\n${dead.join('\n')}`);
}

/** What a link means, from the root of the repository: the README of a folder, the folder or file itself, or nothing. */
async function fileAt(path: string): Promise<string | null> {
  const file = posix.normalize(path).replace(/\/$/, '');
  const full = join(repository, file);
  if (file.startsWith('..') || !existsSync(full)) return null;
  if (!(await stat(full)).isDirectory()) return file;
  return existsSync(join(full, 'README.md')) ? posix.join(file, 'README.md') : file;
}

async function markdownOf(source: string): Promise<string> {
  const full = join(repository, source);
  if ((await stat(full)).isDirectory()) return pageListing(source, await filesIn(full));
  const text = await readFile(full, 'utf8');
  return source.endsWith('.md') ? text : pageShowing(source, text);
}

/** Of a folder and those below it, without what is installed or built there. */
async function filesIn(folder: string): Promise<string[]> {
  const entries = await readdir(folder, { recursive: true, withFileTypes: true });
  return entries
    .filter((entry) => entry.isFile())
    .map((entry) => relative(folder, join(entry.parentPath, entry.name)))
    .filter((file) => !/(^|\/)(node_modules|dist|\.[^/]+)\//.test(file))
    .sort();
}

async function publish(image: string): Promise<string> {
  const file = join(staged, 'public', image);
  await mkdir(dirname(file), { recursive: true });
  await cp(join(repository, image), file);
  return image;
}

async function write(path: string, text: string): Promise<void> {
  const file = join(staged, path);
  await mkdir(dirname(file), { recursive: true });
  await writeFile(file, text);
}
