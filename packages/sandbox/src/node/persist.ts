import { readFile, rename, writeFile } from 'node:fs/promises';
import { resolve } from 'node:path';
import { z } from 'zod';
import type { Sandbox, SandboxMemory } from '../sandbox.js';

/** A file of `--persist` that cannot be read or written; the message names it and the way out. */
export class PersistError extends Error {
  override readonly name = 'PersistError';
}

/** Keeps a sandbox's memory in a file. */
export interface Keeper {
  /** Writes what is left to write. */
  close(): Promise<void>;
}

const FORMAT = 'b131-sandbox 1';
const pair = <T extends z.ZodType>(value: T) => z.tuple([z.string(), value]);

/** The frame of the file; what is inside was written by the sandbox itself. */
const frame = z.object({
  format: z.literal(FORMAT),
  memory: z.object({
    settings: z.object({ personality: z.object() }),
    bank: z.object({
      sessions: z.array(z.object({ id: z.string(), status: z.string(), payouts: z.array(z.object()) })),
      ledger: z.array(z.object({ payout_id: z.string(), amount: z.number() })),
      held: z.array(pair(z.number())),
      dues: z.array(pair(z.object({ step: z.string(), at: z.number() }))),
      lastId: z.number(),
    }),
    vault: z.object({
      publicTokens: z.array(pair(z.object({ createdAt: z.number() }))),
      accounts: z.array(pair(z.object({ account: z.string() }))),
      cards: z.array(pair(z.string())),
    }),
    usedKeys: z.array(pair(z.number())),
  }),
});
const file = z.custom<{ readonly memory: SandboxMemory }>((value) => frame.safeParse(value).success);

/**
 * What a sandbox knew when its file was written; `undefined`: there is no file yet.
 *
 * @throws PersistError
 */
export async function recall(path: string): Promise<SandboxMemory | undefined> {
  const text = await read(path);
  if (text === undefined) return undefined;
  const kept = file.safeParse(parsed(text));
  if (kept.success) return kept.data.memory;
  throw new PersistError(
    `${resolve(path)} was not written by this version of the sandbox. Move it away, or name another file with --persist.`,
  );
}

const WAIT_MS = 250;

/**
 * Writes the sandbox's memory soon after each change, whole and under another name first, so that a crash leaves the
 * file as it was before. Readable by its owner alone: it holds account numbers. A crash may lose the last quarter of
 * a second.
 */
export function keepIn(path: string, sandbox: Sandbox, onProblem: (problem: PersistError) => void): Keeper {
  let waiting: ReturnType<typeof setTimeout> | undefined;
  let writing: Promise<void> = Promise.resolve();

  const write = async () => {
    const text = JSON.stringify({ format: FORMAT, memory: sandbox.memory() });
    try {
      await writeFile(`${path}.new`, text, { mode: 0o600 });
      await rename(`${path}.new`, path);
    } catch (error) {
      onProblem(new PersistError(`${resolve(path)} cannot be written (${codeOf(error)}).`));
    }
  };
  const flush = () => {
    clearTimeout(waiting);
    waiting = undefined;
    writing = writing.then(write);
    return writing;
  };
  const stop = sandbox.on(() => {
    waiting ??= setTimeout(flush, WAIT_MS);
  });
  return {
    close() {
      stop();
      return flush();
    },
  };
}

async function read(path: string): Promise<string | undefined> {
  try {
    return await readFile(path, 'utf8');
  } catch (error) {
    if (codeOf(error) === 'ENOENT') return undefined;
    throw new PersistError(
      `${resolve(path)} cannot be read (${codeOf(error)}). Name another file with --persist.`,
    );
  }
}

function parsed(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}

function codeOf(error: unknown): string {
  const code = typeof error === 'object' && error !== null && 'code' in error ? error.code : undefined;
  return typeof code === 'string' ? code : 'unknown reason';
}
