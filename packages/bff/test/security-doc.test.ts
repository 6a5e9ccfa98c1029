import { readFile } from 'node:fs/promises';
import { expect, test } from 'vitest';

const root = new URL('../../../', import.meta.url);
const read = (path: string) => readFile(new URL(path, root), 'utf8');
const named = /\[([^\]]+)\]\(([^)]+\.test\.ts)\)/g;

test('every test that SECURITY.md names is there', async () => {
  const threats = [...(await read('SECURITY.md')).matchAll(named)];
  expect(threats.length).toBeGreaterThan(30);
  const missing: string[] = [];
  for (const [, title = '', file = ''] of threats) {
    const isThere = new RegExp(`(?:test|it)\\((['"\`])${title.replace(/[.*+?^${}()|[\]\\]/g, '\\$&')}\\1`);
    if (!isThere.test(await read(file))) missing.push(`${file}: ${title}`);
  }
  expect(missing).toEqual([]);
});
