import { execFile } from 'node:child_process';
import { access, chmod, mkdir, mkdtemp, readFile, rename, rm, writeFile } from 'node:fs/promises';
import { basename, dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { promisify } from 'node:util';

import { probe } from './probe.ts';

const run = promisify(execFile);
const cache = fileURLToPath(new URL('../node_modules/.cache/', import.meta.url));

/** Whether the Chromium carried by npm was built for this machine. */
export const carriedFitsHere = process.platform === 'linux' && process.arch === 'x64';

/**
 * Unpacks the Chromium carried by `@sparticuz/chromium` (once per version; some seconds) and returns a program
 * that starts it. The program is a two-line script, so that its path is all that a caller needs: where the
 * system lacks the libraries or the fonts, it brings the package's own.
 */
export async function carriedChrome(): Promise<string> {
  const folder = join(cache, `chromium-${await carriedVersion()}`);
  const program = join(folder, 'chrome.sh');
  if (await exists(program)) return program;
  await mkdir(cache, { recursive: true });
  const work = await mkdtemp(join(cache, 'unpacking-'));
  try {
    await unpack(work);
    await writeFile(join(work, basename(program)), await starter(work));
    await chmod(join(work, basename(program)), 0o755);
    await moveInto(work, folder);
  } finally {
    await rm(work, { recursive: true, force: true });
  }
  return program;
}

async function carriedVersion(): Promise<string> {
  const entry = fileURLToPath(import.meta.resolve('@sparticuz/chromium'));
  const manifest: unknown = JSON.parse(await readFile(join(dirname(entry), '../package.json'), 'utf8'));
  if (typeof manifest === 'object' && manifest !== null && 'version' in manifest)
    return String(manifest.version);
  return 'unknown';
}

async function unpack(folder: string): Promise<void> {
  const script = fileURLToPath(new URL('./unpack.ts', import.meta.url));
  // This value makes the package unpack its own libraries too.
  const env = { ...process.env, TMPDIR: folder, AWS_EXECUTION_ENV: 'AWS_Lambda_nodejs22.x' };
  await run(process.execPath, ['--no-warnings', script], { env, timeout: 180_000 });
}

async function starter(folder: string): Promise<string> {
  const bare = await probe(join(folder, 'chromium'));
  const libraries = bare.ok ? '' : 'export LD_LIBRARY_PATH="$here/al2023/lib:$LD_LIBRARY_PATH"\n';
  const fonts = (await exists('/etc/fonts/fonts.conf')) ? '' : 'export FONTCONFIG_PATH="$here/fonts"\n';
  return `#!/bin/sh\nhere=$(dirname "$(readlink -f "$0")")\n${libraries}${fonts}exec "$here/chromium" "$@"\n`;
}

/** Another process may have been quicker: its folder is as good as ours. */
async function moveInto(work: string, folder: string): Promise<void> {
  try {
    await rename(work, folder);
  } catch (error) {
    if (!(await exists(join(folder, 'chrome.sh')))) throw error;
  }
}

async function exists(path: string): Promise<boolean> {
  return access(path).then(
    () => true,
    () => false,
  );
}
