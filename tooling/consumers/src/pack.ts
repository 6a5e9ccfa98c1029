import { execFile } from 'node:child_process';
import { createHash } from 'node:crypto';
import { mkdtemp, readdir, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { promisify } from 'node:util';
import { repository } from '@b131/snippets';
import * as z from 'zod';

const run = promisify(execFile);

export const manifestSchema = z.looseObject({
  name: z.string(),
  version: z.string(),
  engines: z.object({ node: z.string() }),
  license: z.string(),
  exports: z.record(z.string(), z.union([z.string(), z.record(z.string(), z.string())])),
  dependencies: z.record(z.string(), z.string()).default({}),
});

/** A package as it would be published. */
export interface Packed {
  manifest: z.infer<typeof manifestSchema>;
  /** The tarball. */
  file: string;
  /** Paths within it. */
  content: string[];
  integrity: string;
}

/** Packs the four packages, which must be built, into a folder of its own. */
export async function packAll(): Promise<Packed[]> {
  const folder = await mkdtemp(join(tmpdir(), 'b131-packed-'));
  for (const name of ['api', 'bff', 'element', 'sandbox']) {
    await run('pnpm', ['pack', '--pack-destination', folder], { cwd: join(repository, 'packages', name) });
  }
  const files = (await readdir(folder)).filter((file) => file.endsWith('.tgz'));
  return Promise.all(files.map((file) => read(join(folder, file))));
}

/** Removes what was packed. */
export async function discard(packed: readonly Packed[]): Promise<void> {
  for (const folder of new Set(packed.map(({ file }) => dirname(file))))
    await rm(folder, { recursive: true, force: true });
}

async function read(file: string): Promise<Packed> {
  const { stdout: list } = await run('tar', ['-tzf', file]);
  const { stdout: manifest } = await run('tar', ['-xzOf', file, 'package/package.json']);
  return {
    manifest: manifestSchema.parse(JSON.parse(manifest)),
    file,
    content: list
      .trim()
      .split('\n')
      .map((path) => path.replace(/^package\//, '')),
    integrity: `sha512-${createHash('sha512')
      .update(await readFile(file))
      .digest('base64')}`,
  };
}

/** Text of a file in a packed package. */
export async function textIn({ file }: Packed, path: string): Promise<string> {
  return (await run('tar', ['-xzOf', file, `package/${path}`])).stdout;
}
