import type { Command } from './find.ts';
import { rows, typedAlong } from './table.ts';

/** How it is known that a command of the documents works. */
export type Proof =
  /** A test that types it as it stands, into a project made of the packed tarballs. Its name within the repository. */
  | { readonly typedBy: string }
  /** Run here with `add` behind it, in the repository, or in a folder of it. */
  | (Start & { readonly add: string })
  /** A file of the repository runs it: there it stands as `as`. */
  | { readonly runBy: string; readonly as: string }
  /** Why it cannot be run here; `instead` is. */
  | (Start & { readonly cannot: string; readonly instead: string });

export interface Start {
  /** What it must say. */
  readonly says: RegExp;
  /** It goes on by itself, and is stopped once it has said so. */
  readonly goesOn?: boolean;
  /** Folder of the repository. */
  readonly in?: string;
}

export interface Row {
  /** What its commands begin with; pnpm stands for `npx -y pnpm@12`. */
  readonly prefix: string;
  readonly proof: Proof;
}

/** By the row with the longest beginning; else by the test that types the whole document. */
export function proofOf(command: Command): Proof | null {
  const row = rowOf(command);
  if (row) return row.proof;
  const typedBy = typedAlong[command.document];
  return typedBy === undefined ? null : { typedBy };
}

export function rowOf(command: Command): Row | null {
  const text = shortened(command.text);
  const fitting = rows.filter(({ prefix }) => text === prefix || text.startsWith(`${prefix} `));
  return fitting.toSorted((a, b) => b.prefix.length - a.prefix.length)[0] ?? null;
}

export function shortened(text: string): string {
  return text.replace(/^npx -y pnpm@12 /, 'pnpm ');
}
