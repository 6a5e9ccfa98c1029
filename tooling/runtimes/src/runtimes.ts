import { createRequire } from 'node:module';
import { dirname, join } from 'node:path';
import type { Runtime } from './host.ts';
import { startProcessHost } from './process-host.ts';
import { startWorkerd } from './workerd-host.ts';

const require = createRequire(import.meta.url);

/** A program inside an npm package that exists for one platform only. */
function programOf(packageName: string, path: string): string {
  try {
    return join(dirname(require.resolve(`${packageName}/package.json`)), path);
  } catch {
    throw new Error(`${packageName} is not installed: it exists for Linux x64 only`);
  }
}

/** A process over SQLite; `find` is asked when it starts, so that a missing runtime is a failure of its own. */
function processRuntime(name: string, find: () => string, args: readonly string[], program: string): Runtime {
  return {
    name,
    store: 'SQLite',
    start: async (config) => startProcessHost(find(), args, program, config),
  };
}

/** Every runtime the kit is said to run in. */
export const runtimes: readonly Runtime[] = [
  processRuntime('Node 22', () => programOf('node-22', 'bin/node'), [], 'node.ts'),
  // The Node that runs this is the repository's own.
  processRuntime('Node 24', () => process.execPath, [], 'node.ts'),
  { name: 'workerd', store: 'D1', start: startWorkerd },
  processRuntime(
    'Deno',
    () => programOf('@deno/linux-x64-glibc', 'deno'),
    ['run', '--allow-all', '--no-config', '--node-modules-dir=manual', '--quiet'],
    'deno.ts',
  ),
  processRuntime('Bun', () => programOf('@oven/bun-linux-x64', 'bin/bun'), ['run'], 'bun.ts'),
];
