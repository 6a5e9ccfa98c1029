import { SqlFailure, type Verdict } from '../store/sql/failure.js';
import { StoreError } from '../store/store.js';

// Primary result codes of SQLite, as its documentation numbers them; extended codes carry them in the low byte.
const busy = 5;
const locked = 6;
const duplicates = [2067, 1555];
const aboveCeiling = 275;
const reasons: { readonly [code: number]: [StoreError['reason'], string] } = {
  5: ['busy', 'is held by another process for too long'],
  6: ['busy', 'is held by another connection for too long'],
  8: ['read_only', 'is read-only: give this process the right to write it and its folder'],
  10: ['unavailable', 'cannot be read or written: the disk or the file system reports an error'],
  11: ['corrupt', 'is corrupt: stop, keep a copy, and restore the last good backup'],
  13: ['full', 'cannot grow: the disk is full'],
  14: ['unwritable_path', 'cannot be opened: check the path and the rights of this process'],
  26: ['corrupt', 'is not a SQLite database: give the path of a database of the kit, or of a new file'],
};

/** The error callers see: which file, what is wrong with it, the way out. Never a row's content. */
export function toStoreError(error: unknown, path: string): StoreError {
  if (error instanceof StoreError) return error;
  const code = codeOf(error);
  const [reason, problem] = (code === null ? undefined : reasons[code & 0xff]) ?? [
    'unavailable',
    `failed (${code === null ? 'unexpected error' : `SQLite code ${code}`})`,
  ];
  return new SqlFailure(verdictOf(code), reason, `sqliteStore: ${path} ${problem}.`, { cause: error });
}

/** Nothing is in doubt here: what a constraint or a lock refuses was rolled back, and everything else is thrown. */
function verdictOf(code: number | null): Verdict {
  if (code === null) return 'failed';
  if (duplicates.includes(code)) return 'taken';
  if (code === aboveCeiling) return 'limit';
  return [busy, locked].includes(code & 0xff) ? 'again' : 'failed';
}

function codeOf(error: unknown): number | null {
  if (!(error instanceof Error) || !('errcode' in error)) return null;
  return typeof error.errcode === 'number' ? error.errcode : null;
}
