import { execFileSync } from 'node:child_process';
import { readFileSync, rmSync, writeFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { fileURLToPath } from 'node:url';
import * as z from 'zod';
import { plan, withRelease } from './changelog.ts';

/** `pnpm version-packages`: changesets become versions and the newest part of CHANGELOG.md. */
const root = fileURLToPath(new URL('../../../', import.meta.url));
const planned = `${root}.changeset/plan.json`;
const readJson = (path: string): unknown => JSON.parse(readFileSync(`${root}${path}`, 'utf8'));
const changeset = (...args: string[]) =>
  execFileSync(
    process.execPath,
    [createRequire(import.meta.url).resolve('@changesets/cli/bin.js'), ...args],
    {
      cwd: root,
      stdio: 'inherit',
    },
  );

changeset('status', '--output', '.changeset/plan.json');
const changelog = `${root}CHANGELOG.md`;
const release = plan.parse(readJson('.changeset/plan.json'));
rmSync(planned);
const today = new Date().toISOString().slice(0, 10);
writeFileSync(changelog, withRelease(readFileSync(changelog, 'utf8'), release, today));
changeset('version');

// The BFF tells its version without reading its manifest, which an edge runtime could not.
const { version } = z.object({ version: z.string() }).parse(readJson('packages/bff/package.json'));
const told = `${root}packages/bff/src/version.ts`;
writeFileSync(told, readFileSync(told, 'utf8').replace(/'\d[^']*'/, `'${version}'`));
