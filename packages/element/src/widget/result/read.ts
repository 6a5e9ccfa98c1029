import type { ResultReading } from '../contract/contract.js';

/** What the bank's widget made of the recipient's input. It is all that leaves the widget. */
export type TokenResult =
  | { readonly kind: 'bank_account'; readonly token: string; readonly masked: string | null }
  | { readonly kind: 'card'; readonly numberHash: string; readonly masked: string | null };

/** The value at a path such as `data.token`, or undefined. */
export function valueAt(value: unknown, path: string): unknown {
  let at = value;
  if (path === '') return at;
  for (const name of path.split('.')) {
    if (typeof at !== 'object' || at === null) return undefined;
    at = Object.entries(at).find(([key]) => key === name)?.[1];
  }
  return at;
}

/** The first non-empty string (or number) found at one of the paths, or null. */
export function textAt(value: unknown, paths: readonly string[]): string | null {
  for (const path of paths) {
    const found = valueAt(value, path);
    if (typeof found === 'string' && found !== '') return found;
    if (typeof found === 'number') return String(found);
  }
  return null;
}

/** Reads a token or a card hash out of the widget's result; null when it holds neither. */
export function readResult(value: unknown, reading: ResultReading): TokenResult | null {
  const token = textAt(value, reading.token);
  if (token !== null) return { kind: 'bank_account', token, masked: textAt(value, reading.maskedAccount) };
  const numberHash = textAt(value, reading.numberHash);
  if (numberHash === null) return null;
  const last4 = textAt(value, reading.cardLast4);
  return { kind: 'card', numberHash, masked: last4 === null ? null : `•••• ${last4}` };
}
