/** BIK of the accounts that `accountEndingWith` makes when none is given. */
export const DEFAULT_BIK = '044525974';

/** Balance accounts a payout may go to (documented: payouts to Russian accounts; any other fails). */
export const ALLOWED_PREFIXES = [
  '40817810',
  '42301810',
  '42302810',
  '42303810',
  '42304810',
  '42305810',
  '42306810',
  '42307810',
  '40802810',
  '40820810',
  '40702810',
] as const;

/** What is wrong with a BIK and an account. */
export type AccountProblem = 'bik_format' | 'account_format' | 'account_prefix' | 'account_check_digit';

/** Form of the two numbers and the kind of the account; the check digit is `hasValidCheckDigit`'s. */
export function accountProblem(bik: string, account: string): AccountProblem | null {
  if (!/^\d{9}$/.test(bik)) return 'bik_format';
  if (!/^\d{20}$/.test(account)) return 'account_format';
  if (!ALLOWED_PREFIXES.some((prefix) => account.startsWith(prefix))) return 'account_prefix';
  return null;
}

/** The same and the check digit: what the widget asks of a recipient's typing. */
export function typedAccountProblem(bik: string, account: string): AccountProblem | null {
  return accountProblem(bik, account) ?? (hasValidCheckDigit(bik, account) ? null : 'account_check_digit');
}

/**
 * The Bank of Russia's check of an account against its BIK: 23 digits (three of the BIK, then the account),
 * each times 7, 1, 3, 7, 1, 3 …, last digits of the products summed; the sum must end in 0.
 */
export function hasValidCheckDigit(bik: string, account: string): boolean {
  return checkSum(`${bikPart(bik)}${account}`) % 10 === 0;
}

/**
 * The three digits a BIK lends to the check: its last three; for accounts in the Bank of Russia itself (digits
 * 7 and 8 are `00`) a `0` and digits 5 and 6.
 */
function bikPart(bik: string): string {
  return bik.slice(6, 8) === '00' ? `0${bik.slice(4, 6)}` : bik.slice(6, 9);
}

function checkSum(digits: string): number {
  const weights = [7, 1, 3];
  return [...digits].reduce(
    (sum, digit, index) => sum + ((Number(digit) * (weights[index % 3] ?? 0)) % 10),
    0,
  );
}

/** Puts the right check digit into place 9 of an account. */
export function withCheckDigit(bik: string, account: string): string {
  const trial = (digit: number) => `${account.slice(0, 8)}${digit}${account.slice(9)}`;
  const digit = [0, 1, 2, 3, 4, 5, 6, 7, 8, 9].find((candidate) => hasValidCheckDigit(bik, trial(candidate)));
  return trial(digit ?? 0);
}

/**
 * A valid personal account (40817810…) that ends with the two digits `ending`, for the BIK `bik`: the way to
 * choose what the sandbox does with a payout.
 *
 * @throws RangeError when `ending` is not two digits or `bik` not nine.
 */
export function accountEndingWith(ending: string, bik: string = DEFAULT_BIK): string {
  if (!/^\d{2}$/.test(ending)) throw new RangeError('ending must be two digits');
  if (!/^\d{9}$/.test(bik)) throw new RangeError('bik must be nine digits');
  return withCheckDigit(bik, `408178100000038695${ending}`);
}

/** First five, three stars, last four (documented: the answer of `tokenize`). */
export function maskAccount(account: string): string {
  return `${account.slice(0, 5)}***${account.slice(-4)}`;
}
