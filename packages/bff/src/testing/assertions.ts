/** A store does not do what every store must; the message says what was expected and what came. */
export class StoreCheckError extends Error {
  override readonly name = 'StoreCheckError';
}

/** Both are the same as JSON; the order of an object's fields does not matter. */
export function equal(actual: unknown, expected: unknown, what: string): void {
  const difference = firstDifference(actual, expected, '');
  if (difference) {
    const { path, received, wanted } = difference;
    const where = path === '' ? '' : `\n  at        ${path}`;
    throw new StoreCheckError(`${what}${where}\n  expected  ${wanted}\n  received  ${received}`);
  }
}

/** Every field of `expected` is in `actual` and the same. */
export function includes(actual: unknown, expected: Readonly<Record<string, unknown>>, what: string): void {
  const fields = fieldsOf(actual);
  if (!fields) throw new StoreCheckError(`${what}\n  expected  an object\n  received  ${show(actual)}`);
  const known = Object.keys(expected).map((name) => [name, fields.get(name)]);
  equal(Object.fromEntries(known), expected, what);
}

/** Looks again and again until it holds: for what only time brings. */
export async function eventually(
  holds: () => Promise<boolean>,
  what: string,
  patience = 10_000,
): Promise<void> {
  const giveUpAt = Date.now() + patience;
  while (!(await holds())) {
    if (Date.now() > giveUpAt) throw new StoreCheckError(`${what}\n  not within ${patience} ms`);
    await new Promise((resolve) => setTimeout(resolve, 10));
  }
}

/** What was needed for the check itself. */
export function present<T>(value: T | null | undefined, what: string): T {
  if (value === null || value === undefined) throw new StoreCheckError(`${what}\n  received  nothing`);
  return value;
}

interface Difference {
  path: string;
  received: string;
  wanted: string;
}

function firstDifference(actual: unknown, expected: unknown, path: string): Difference | null {
  const [left, right] = [fieldsOf(actual), fieldsOf(expected)];
  if (!left || !right || Array.isArray(actual) !== Array.isArray(expected)) {
    return Object.is(actual, expected) ? null : { path, received: show(actual), wanted: show(expected) };
  }
  for (const name of new Set([...left.keys(), ...right.keys()])) {
    const found = firstDifference(left.get(name), right.get(name), `${path}.${name}`);
    if (found) return found;
  }
  return null;
}

function fieldsOf(value: unknown): Map<string, unknown> | null {
  return typeof value === 'object' && value !== null ? new Map(Object.entries(value)) : null;
}

function show(value: unknown): string {
  return value === undefined ? 'nothing' : JSON.stringify(value);
}
