import * as z from 'zod';
import { names } from '../route/route.js';

/** A JSON Schema of draft 2020-12, which is what OpenAPI 3.1 takes. */
export interface JsonSchema {
  [keyword: string]: unknown;
}

/** One parameter of a query or of the headers. */
export interface Parameter {
  name: string;
  in: 'query' | 'header';
  required: boolean;
  schema: JsonSchema;
}

const asDefined = '#/$defs/';
const asComponent = '#/components/schemas/';

/** Turns zod's schemas into those of the document, and collects the named ones. */
export function createComponents() {
  const named: Record<string, JsonSchema> = {};

  function convert(schema: z.ZodType, io: 'input' | 'output'): JsonSchema {
    const {
      $schema: _draft,
      $defs,
      ...rest
    } = z.toJSONSchema(schema, {
      io,
      metadata: names,
      unrepresentable: 'any',
      override: ({ zodSchema, jsonSchema }) => {
        const told = z.globalRegistry.get(zodSchema);
        if (told?.description !== undefined) jsonSchema.description = told.description;
        // The name of a format says more than the pattern that stands for it.
        if (jsonSchema.format !== undefined) delete jsonSchema.pattern;
        // A client must not break when an answer gains a field.
        if (io === 'output' && jsonSchema.additionalProperties === false)
          delete jsonSchema.additionalProperties;
      },
    });
    for (const [name, definition] of Object.entries($defs ?? {})) named[name] = pointed(definition);
    return pointed(rest);
  }

  return {
    request: (schema: z.ZodType) => convert(schema, 'input'),
    answer: (schema: z.ZodType) => convert(schema, 'output'),
    /** The fields of a query or of headers, one parameter each. */
    parameters: (fields: z.ZodObject, place: Parameter['in']): Parameter[] =>
      Object.entries(fields.shape).map(([name, field]) => ({
        name,
        in: place,
        required: !z.safeParse(field, undefined).success,
        schema: convert(field, 'input'),
      })),
    schemas: () => named,
  };
}

/** The same schema, pointing to where the document keeps the named ones. */
function pointed(schema: object): JsonSchema {
  return Object.fromEntries(Object.entries(schema).map(([keyword, value]) => [keyword, pointedValue(value)]));
}

function pointedValue(value: unknown): unknown {
  if (typeof value === 'string') return value.replace(asDefined, asComponent);
  if (Array.isArray(value)) return value.map(pointedValue);
  return typeof value === 'object' && value !== null ? pointed(value) : value;
}
