import assert from 'node:assert/strict';
import { readFile } from 'node:fs/promises';
import { test } from 'node:test';
import { measure, page, table, withTable } from '../src/size-table.ts';

test('docs/size.md tells the sizes as they are', async () => {
  const text = await readFile(page, 'utf8');
  assert.equal(
    text,
    withTable(text, table(await measure())),
    'Set them anew: npx -y pnpm@12 --filter @b131/packages size --write',
  );
});

test('a page without a place for the table is named', () => {
  assert.throws(() => withTable('# Size\n', ''), /docs\/size\.md has no place/);
});
