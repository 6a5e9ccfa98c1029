import * as z from 'zod';

/** The known values, or one the bank invents later. */
export type Open<Known extends string> = Known | (string & {});

/** A JSON object. */
export function isRecord(value: unknown): value is Record<string, unknown> {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

/** A field that may be absent, or null, which means the same. */
export function optional<Schema extends z.ZodType>(schema: Schema) {
  return z.preprocess((value) => value ?? undefined, schema.optional());
}

/** An object that may be absent, null, or `[]`, which is how PHP writes an empty object. */
export function optionalObject<Schema extends z.ZodType>(schema: Schema) {
  return z.preprocess((value) => (isEmpty(value) ? undefined : value), schema.optional());
}

/** An object that is only told, never decided by: of another shape than known, it is left out instead of refused. */
export function informational<Schema extends z.ZodType>(schema: Schema) {
  return optionalObject(schema).catch(undefined);
}

/** A list that may be absent or null. */
export function optionalList<Schema extends z.ZodType>(item: Schema) {
  return optional(z.array(item));
}

/** `[]` read as `{}`. */
export function objectOrEmptyList(value: unknown): unknown {
  return Array.isArray(value) && value.length === 0 ? {} : value;
}

/** The object with one field under its other name, unless that one is there already. */
export function renameField(value: unknown, from: string, to: string): unknown {
  if (!isRecord(value) || !(from in value)) return value;
  const { [from]: moved, ...rest } = value;
  return { ...rest, [to]: rest[to] ?? moved };
}

function isEmpty(value: unknown): boolean {
  return value === null || (Array.isArray(value) && value.length === 0);
}
