type Fields = Readonly<Record<string, unknown>>;

/** The value as an object of unknown fields, or null. */
export function asFields(value: unknown): Fields | null {
  return typeof value === 'object' && value !== null && !Array.isArray(value) ? { ...value } : null;
}

/** The value when it is a string, or null. */
export function asText(value: unknown): string | null {
  return typeof value === 'string' ? value : null;
}
