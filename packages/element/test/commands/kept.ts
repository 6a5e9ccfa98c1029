import { mkdir, readFile, writeFile } from 'node:fs/promises';
import { dirname } from 'node:path';
import { fileURLToPath } from 'node:url';
import type { TestRunnerPlugin } from '@web/test-runner';

const folder = new URL('../kept/', import.meta.url);

/** Keeps what a test has seen in a file of `test/kept`: written anew by `wtr --update-snapshots`. */
export function kept({ update }: { readonly update: boolean }): TestRunnerPlugin {
  return {
    name: 'kept',
    async executeCommand({ command, payload }) {
      if (command !== 'kept' || !isPayload(payload)) return undefined;
      const path = fileURLToPath(new URL(payload.name, folder));
      if (update) {
        await mkdir(dirname(path), { recursive: true });
        await writeFile(path, payload.text);
      }
      return { text: await readFile(path, 'utf8') };
    },
  };
}

function isPayload(payload: unknown): payload is { readonly name: string; readonly text: string } {
  if (typeof payload !== 'object' || payload === null) return false;
  return 'name' in payload && /^[\w.-]+$/.test(String(payload.name)) && 'text' in payload;
}
