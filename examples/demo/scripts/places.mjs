/** Where things lie. Plain JavaScript for any Node from 18 on. */
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';

export const demoDir = fileURLToPath(new URL('..', import.meta.url));
export const rootDir = fileURLToPath(new URL('../../..', import.meta.url));
/** Keys, secrets, databases and logs; git-ignored. */
export const stateDir = join(demoDir, '.demo');
/** The Node 24 that comes with the repository: the one this script was started with may be older. */
export const node24 = join(
  rootDir,
  'node_modules',
  'node',
  'bin',
  process.platform === 'win32' ? 'node.exe' : 'node',
);
