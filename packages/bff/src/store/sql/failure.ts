import { StoreError } from '../store.js';

/**
 * What a failure means for what was being written:
 * - `taken`, `limit`: the schema refused it, nothing was written;
 * - `again`: it failed for a passing reason, nothing was written;
 * - `unknown`: the answer was lost, it may have been written;
 * - `failed`: trying again is of no use, nothing was written.
 */
export type Verdict = 'taken' | 'limit' | 'again' | 'unknown' | 'failed';

/** How a database failed: the error that callers of the store see, and what it means for the batch. */
export class SqlFailure extends StoreError {
  readonly verdict: Verdict;

  constructor(verdict: Verdict, reason: StoreError['reason'], message: string, options?: ErrorOptions) {
    super(reason, message, options);
    this.verdict = verdict;
  }
}

/** What an error means; one that nobody foresaw is not worth another try. */
export function verdictOf(error: unknown): Verdict {
  return error instanceof SqlFailure ? error.verdict : 'failed';
}
