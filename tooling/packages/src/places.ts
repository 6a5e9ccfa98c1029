import { fileURLToPath } from 'node:url';

/** What is published. */
export const packages = ['api', 'bff', 'element', 'sandbox'] as const;

/** Folder of a package. */
export function packageDir(name: (typeof packages)[number]): string {
  return fileURLToPath(new URL(`../../../packages/${name}`, import.meta.url));
}
