import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import * as z from 'zod';
import { repository } from '../places.ts';
import { cell } from './schema-words.ts';

const typed = { type: z.object({ text: z.string() }).optional(), default: z.string().optional() };
const named = z.object({ name: z.string(), description: z.string().default(''), ...typed });
const member = named.extend({
  kind: z.enum(['field', 'method']),
  privacy: z.string().optional(),
  static: z.boolean().optional(),
  readonly: z.boolean().optional(),
  inheritedFrom: z.json().optional(),
  parameters: z.array(named).default([]),
  return: z.object({ type: z.object({ text: z.string() }).optional() }).optional(),
});
const element = z.object({
  tagName: z.string(),
  description: z.string().default(''),
  attributes: z.array(named).default([]),
  members: z.array(member).default([]),
  events: z.array(named).default([]),
  cssProperties: z.array(named).default([]),
  cssParts: z.array(named).default([]),
  cssStates: z.array(named).default([]),
  slots: z.array(named).default([]),
});
const manifest = z.object({
  modules: z.array(
    z.object({ declarations: z.array(z.looseObject({ tagName: z.string().optional() })).default([]) }),
  ),
});

/** What `custom-elements.json` of the built package says of its element, as a page. */
export async function elementReference(): Promise<string> {
  const file = join(repository, 'packages/element/custom-elements.json');
  const { modules } = manifest.parse(JSON.parse(await readFile(file, 'utf8')));
  const declared = modules
    .flatMap(({ declarations }) => declarations)
    .find(({ tagName }) => tagName !== undefined);
  const told = element.parse(declared);
  const open = told.members.filter(
    ({ privacy, static: isStatic, inheritedFrom, name }) =>
      (privacy ?? 'public') === 'public' && !isStatic && inheritedFrom === undefined && !/^[#_]/.test(name),
  );
  const fields = open.filter(({ kind }) => kind === 'field');
  const methods = open
    .filter(({ kind }) => kind === 'method')
    .map((method) => ({
      ...method,
      name: `${method.name}(${method.parameters.map(({ name }) => name).join(', ')})`,
    }));
  return `# The element

${told.description}

Made from the package's \`custom-elements.json\`. [How it is used](../../../packages/element/README.md), and
[what the recipient sees](../../../packages/element/README.md#what-the-recipient-sees).
${table('Attributes', told.attributes)}${table('Properties', fields)}${table('Methods', methods)}${table('Events', told.events)}${table('Custom properties', told.cssProperties)}${table('Parts', told.cssParts)}${table('States', told.cssStates)}${table('Slots', told.slots)}`;
}

type Row = z.infer<typeof named>;

function table(title: string, rows: readonly Row[]): string {
  if (rows.length === 0) return '';
  const hasTypes = rows.some(({ type }) => type !== undefined);
  const hasDefaults = rows.some(({ default: fallback }) => fallback !== undefined);
  const columns = [
    { head: 'name', of: ({ name }: Row) => code(name) },
    ...(hasTypes ? [{ head: 'type', of: ({ type }: Row) => code(type?.text) }] : []),
    ...(hasDefaults ? [{ head: 'default', of: ({ default: fallback }: Row) => code(fallback) }] : []),
    { head: '', of: ({ description }: Row) => cell(description) },
  ];
  const line = (cells: readonly string[]) => `| ${cells.join(' | ')} |`;
  return `
## ${title}

${line(columns.map(({ head }) => head))}
${line(columns.map(() => '---'))}
${rows.map((row) => line(columns.map(({ of }) => of(row)))).join('\n')}
`;
}

const code = (text: string | undefined) =>
  text === undefined || text === '' ? '' : `\`${text.replaceAll('|', '\\|').replace(/\s+/g, ' ')}\``;
