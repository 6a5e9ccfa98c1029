import { isRecord } from '../schema/tolerant.js';

/** Fields whose values say nothing about anybody. */
const harmless = new Set(['type', 'system_type', 'currency', 'session_id', 'locale']);

/**
 * Words of the bank without what they might repeat of us: every text of our request, the words of names, long numbers
 * and long hex strings become `…`. At most so many characters.
 */
export function redact(text: string, request: unknown, limit = 300): string {
  const secrets = [...collect(request, '')].filter((secret) => secret.length >= 4);
  const longestFirst = secrets.sort((a, b) => b.length - a.length);
  const withoutOurs = longestFirst.reduce((left, secret) => left.replaceAll(secret, '…'), text);
  return withoutOurs
    .replace(/[0-9a-f]{32,}/gi, '…')
    .replace(/\d(?:[ -]?\d){8,}/g, '…')
    .slice(0, limit);
}

function* collect(value: unknown, field: string): Generator<string> {
  if (typeof value === 'string' && !harmless.has(field)) {
    yield value;
    if (field.endsWith('name')) yield* value.split(/\s+/);
  }
  if (Array.isArray(value)) for (const item of value) yield* collect(item, field);
  if (isRecord(value)) for (const [name, item] of Object.entries(value)) yield* collect(item, name);
}
