import { accountEndingWith, DEFAULT_BIK, hasValidCheckDigit, maskAccount } from '@b131/sandbox';
import type { Random } from './random.ts';
import type { Tally } from './tally.ts';

/** An account as a recipient types it. */
export interface Account {
  bik: string;
  number: string;
  /** As the bank's ledger shows it. */
  masked: string;
}

/** What the sandbox does with an account is decided by its last two digits; its README has the table. */
const endings = [
  ['good', 56],
  ['91', 8],
  ['92', 7],
  ['95', 7],
  ['97', 4],
  ['98', 9],
  ['99', 9],
] as const;

/** An account whose fate is drawn, and whose last four digits nearly always differ from the next one's. */
export function drawAccount(random: Random, tally: Tally): Account {
  const fate = random.weighted(endings);
  if (fate !== 'good') tally.count(`account …${fate}`);
  const ending = fate === 'good' ? digits(random.between(0, 89)) : fate;
  const number = withCheckDigit(
    accountEndingWith(ending).replace(/\d\d(?=\d\d$)/, digits(random.between(0, 99))),
  );
  return { bik: DEFAULT_BIK, number, masked: maskAccount(number) };
}

function digits(number: number): string {
  return String(number).padStart(2, '0');
}

function withCheckDigit(number: string): string {
  const candidates = Array.from(
    { length: 10 },
    (_, digit) => `${number.slice(0, 8)}${digit}${number.slice(9)}`,
  );
  const right = candidates.find((candidate) => hasValidCheckDigit(DEFAULT_BIK, candidate));
  if (right === undefined) throw new Error('no check digit fits');
  return right;
}
