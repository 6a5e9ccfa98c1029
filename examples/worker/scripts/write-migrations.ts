/** Writes the schema as files for `wrangler d1 migrations apply`; run it again after an upgrade of the kit. */
import { writeFileSync } from 'node:fs';
import { migrationFiles } from '@b131/bff/d1';

for (const { name, sql } of migrationFiles) {
  writeFileSync(new URL(`../migrations/${name}`, import.meta.url), sql);
  console.log(`migrations/${name}`);
}
