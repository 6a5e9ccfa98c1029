/** What a check found. `advice` is what to do about it, where `says` does not tell already. */
export interface Verdict {
  name: string;
  outcome: 'ok' | 'failed' | 'not_tried';
  says: string;
  advice?: string;
}

export const ok = (name: string, says: string): Verdict => ({ name, outcome: 'ok', says });
export const failed = (name: string, says: string, advice?: string): Verdict => ({
  name,
  outcome: 'failed',
  says,
  ...(advice === undefined ? {} : { advice }),
});
export const notTried = (name: string, says: string): Verdict => ({ name, outcome: 'not_tried', says });
