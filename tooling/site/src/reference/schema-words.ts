import * as z from 'zod';

const shape = z.object({
  $ref: z.string().optional(),
  type: z.union([z.string(), z.array(z.string())]).optional(),
  enum: z.array(z.json()).optional(),
  const: z.json().optional(),
  anyOf: z.array(z.json()).optional(),
  oneOf: z.array(z.json()).optional(),
  items: z.json().optional(),
  properties: z.record(z.string(), z.json()).optional(),
  format: z.string().optional(),
  minLength: z.int().optional(),
  maxLength: z.int().optional(),
  minimum: z.number().optional(),
  maxItems: z.int().optional(),
});

/** Text for a cell of a Markdown table. */
export const cell = (text: string) =>
  text.replaceAll('|', '\\|').replaceAll('<', '&lt;').replaceAll('\n', ' ');

/** A JSON schema in a few words of Markdown; a named one is a link to its place on the page. */
export function typeOf(schema: unknown): string {
  const { success, data: told } = shape.safeParse(schema);
  if (!success) return 'anything';
  if (told.$ref !== undefined) {
    const name = told.$ref.replace(/^.*\//, '');
    return `[${name}](#${name.toLowerCase()})`;
  }
  const choices = told.anyOf ?? told.oneOf;
  if (choices) return choices.map(typeOf).join(' or ');
  if (told.enum) return told.enum.map((value) => `\`${String(value)}\``).join(', ');
  if (told.const !== undefined) return `\`${JSON.stringify(told.const)}\``;
  const types = [told.type ?? 'anything'].flat();
  return types.map((type) => oneType(type, told)).join(' or ');
}

function oneType(type: string, told: z.infer<typeof shape>): string {
  if (type === 'array')
    return `list of ${typeOf(told.items)}${told.maxItems === undefined ? '' : `, at most ${told.maxItems}`}`;
  if (type === 'object' && told.properties) {
    const names = Object.entries(told.properties).map(([name, inner]) => `\`${name}\`: ${typeOf(inner)}`);
    return names.length === 0 ? '`{}`' : `{ ${names.join('; ')} }`;
  }
  if (type === 'string' && told.format !== undefined) return `text (${told.format})`;
  if (type === 'string' && told.maxLength !== undefined)
    return `text, ${told.minLength ?? 0}–${told.maxLength}`;
  if (type === 'integer') return told.minimum === 0 ? 'whole number from 0' : 'whole number';
  return type === 'string' ? 'text' : type;
}
