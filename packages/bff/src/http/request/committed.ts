import type { Context } from 'hono';
import type { AppDeps } from '../deps.js';
import { report } from '../refusal/failure.js';

/** Lets the host work on what was committed. It is kept whatever happens there, so the answer stays what it is. */
export function committed(c: Context, deps: AppDeps): void {
  try {
    deps.afterCommit?.(c);
  } catch (error) {
    report(error, deps);
  }
}
