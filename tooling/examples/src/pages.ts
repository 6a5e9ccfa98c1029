import { execFile } from 'node:child_process';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { promisify } from 'node:util';

const run = promisify(execFile);

/** A page of `examples/`. */
interface Page {
  readonly name: string;
  /** What its own tool wants to know to build it into a folder for an endpoint. */
  readonly build: (folder: string, endpoint: string) => readonly string[];
  /** Where in that folder the page ends up. */
  readonly at?: string;
}

const vite: Page['build'] = (folder) => ['--outDir', folder, '--emptyOutDir'];

export const pages: readonly Page[] = [
  { name: 'html', build: vite },
  { name: 'react', build: vite },
  { name: 'vue', build: vite },
  { name: 'svelte', build: vite },
  {
    name: 'angular',
    at: 'browser',
    build: (folder, endpoint) => ['--output-path', folder, '--define', `PAYOUT_ENDPOINT='${endpoint}'`],
  },
];

/** Builds a page with its own `build` script. Returns where it is. */
export async function buildPage(
  { name, build, at = '.' }: Page,
  folder: string,
  endpoint: string,
): Promise<string> {
  const cwd = fileURLToPath(new URL(`../../../examples/${name}`, import.meta.url));
  const env = { ...process.env, VITE_PAYOUT_ENDPOINT: endpoint, NG_CLI_ANALYTICS: 'false' };
  await run('pnpm', ['run', 'build', ...build(folder, endpoint)], { cwd, env }).catch(
    ({ message, stdout, stderr }) => {
      throw new Error(`examples/${name} cannot be built: ${message}\n${stdout}${stderr}`);
    },
  );
  return join(folder, at);
}
