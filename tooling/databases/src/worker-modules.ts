import { readFileSync } from 'node:fs';
import { findPackageJSON } from 'node:module';
import { dirname, join, relative } from 'node:path';
import { pathToFileURL } from 'node:url';

export interface WorkerModule {
  type: 'ESModule';
  path: string;
  contents: string;
}

/** As compilers write them: one statement a line, the specifier at its end. */
const importLine = /^(import ?["']|(?:import|export)\b.*? from ["'])([^"'\n]+)(["'];?)$/gm;

/**
 * A worker with all modules it leads to, the worker first. What runs in workerd is then what `dist` holds, and no
 * bundler stands between; only names of packages are written as paths, since workerd knows no `node_modules`.
 */
export function workerModules(worker: string): WorkerModule[] {
  const modules = new Map<string, WorkerModule>();
  const open = [worker];
  for (let path = open.pop(); path !== undefined; path = open.pop()) {
    if (modules.has(path)) continue;
    const folder = dirname(path);
    const contents = readFileSync(path, 'utf8').replaceAll(
      importLine,
      (_line, before: string, specifier: string, after: string) => {
        const found = specifier.startsWith('.') ? join(folder, specifier) : fileOfPackage(specifier, folder);
        open.push(found);
        const path = relative(folder, found);
        return `${before}${path.startsWith('.') ? path : `./${path}`}${after}`;
      },
    );
    modules.set(path, { type: 'ESModule', path, contents });
  }
  return [...modules.values()];
}

function fileOfPackage(specifier: string, folder: string): string {
  const description = findPackageJSON(specifier, pathToFileURL(join(folder, 'importer.js')));
  if (!description) throw new Error(`${specifier} is not installed for ${folder}`);
  const nameLength = specifier.startsWith('@') ? 2 : 1;
  const entry = ['.', ...specifier.split('/').slice(nameLength)].join('/');
  const { exports } = JSON.parse(readFileSync(description, 'utf8'));
  const { import: esModule, default: fallback } = exports[entry] ?? {};
  return join(dirname(description), esModule ?? fallback);
}
