import { BffError, type BffErrorCode } from './bff-error.js';

/** What was looked up, or null when the answer is that there is none. */
export async function orNull<T>(code: BffErrorCode, answer: Promise<T>): Promise<T | null> {
  try {
    return await answer;
  } catch (error) {
    if (error instanceof BffError && error.code === code) return null;
    throw error;
  }
}
