import type { Account } from './bank-desk.ts';
import { digestOf } from './substitutes/cryptography.ts';

/** The accounts of the world, by the tokens and digests that stand for them. */
export interface Book {
  enter(account: Account): void;
  /** As the bank's ledger masks it; of the account whose digest the BFF keeps. */
  maskedOf(digest: string): string | undefined;
  tokens(kind: Account['kind']): string[];
}

export function createBook(): Book {
  const byDigest = new Map<string, string>();
  const accounts: Account[] = [];
  return {
    enter(account) {
      byDigest.set(digestOf('destination', account.token), account.masked);
      accounts.push(account);
    },
    maskedOf: (digest) => byDigest.get(digest),
    tokens: (kind) => accounts.filter((account) => account.kind === kind).map(({ token }) => token),
  };
}
