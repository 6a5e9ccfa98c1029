import type { TestProject } from 'vitest/node';
import { discard, type Packed, packAll } from './pack.ts';
import { serveRegistry } from './registry.ts';

declare module 'vitest' {
  export interface ProvidedContext {
    packed: Packed[];
    npmrc: string;
  }
}

/** Packs once for all tests, and serves what was packed as long as they run. */
export default async function setup(project: TestProject): Promise<() => Promise<void>> {
  const packed = await packAll();
  const registry = await serveRegistry(packed);
  project.provide('packed', packed);
  project.provide('npmrc', registry.line);
  return async () => {
    await registry.close();
    await discard(packed);
  };
}
