/** `pnpm --filter @b131/packages size [--write]`: how large the element is; with `--write`, into docs/size.md. */
import { readFile, writeFile } from 'node:fs/promises';
import { parseArgs } from 'node:util';
import { measure, page, table, withTable } from './size-table.ts';

const { values } = parseArgs({ options: { write: { type: 'boolean' } } });
const told = table(await measure());
console.log(told);
if (values.write) await writeFile(page, withTable(await readFile(page, 'utf8'), told));
