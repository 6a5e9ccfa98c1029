import { runInNewContext } from 'node:vm';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { accountEndingWith, createSandbox, hasValidCheckDigit } from '../src/index.js';

const digits = (length: number) =>
  fc
    .array(fc.integer({ min: 0, max: 9 }), { minLength: length, maxLength: length })
    .map((list) => list.join(''));
const bik = digits(9);
/** An account without its check digit: eight digits, then eleven. */
const parts = fc.tuple(fc.constantFrom('40817810', '42301810', '40802810', '40702810'), digits(11));
const account = ([head, tail]: readonly [string, string], digit: number) => `${head}${digit}${tail}`;
const tenDigits = [0, 1, 2, 3, 4, 5, 6, 7, 8, 9];

/** The rule as the Bank of Russia words it, written once more. */
function byTheRule(bik: string, account: string): boolean {
  const centralBank = bik[6] === '0' && bik[7] === '0';
  const all = (centralBank ? `0${bik[4]}${bik[5]}` : `${bik[6]}${bik[7]}${bik[8]}`) + account;
  let sum = 0;
  [7, 1, 3].forEach((weight, start) => {
    for (let at = start; at < 23; at += 3) sum += (Number(all[at]) * weight) % 10;
  });
  return String(sum).endsWith('0');
}

/** The check of the served script, run as a browser would run it. */
async function servedCheck(): Promise<(bik: string, account: string) => string | null> {
  const sandbox = createSandbox({
    project: 'p',
    partnerPublicKey: async () => true,
    bankPrivateKey: async () => new Uint8Array(),
  });
  const response = await sandbox.fetch(new Request('http://bank.example/widget/tokenize.js'));
  const window: { Bank131Tokenize?: { problem(bik: string, account: string): string | null } } = {};
  const document = { currentScript: { src: 'http://bank.example/widget/tokenize.js' } };
  runInNewContext(await response.text(), { window, document, URL });
  return (bik, account) => window.Bank131Tokenize?.problem(bik, account) ?? null;
}

describe('the check digit of an account', () => {
  it('is right for accounts known to be right', () => {
    expect(hasValidCheckDigit('044525974', '40817810400003869535')).toBe(true);
    expect(hasValidCheckDigit('049205131', '40702810200000000025')).toBe(true);
    expect(hasValidCheckDigit('049205131', '40702810300200000013')).toBe(true);
    expect(hasValidCheckDigit('049205131', '40702810300200000014')).toBe(false);
  });

  it('is exactly one of ten, and the one of the rule', () => {
    fc.assert(
      fc.property(bik, parts, (bik, parts) => {
        const right = tenDigits.filter((digit) => hasValidCheckDigit(bik, account(parts, digit)));
        expect(right).toHaveLength(1);
        expect(right).toEqual(tenDigits.filter((digit) => byTheRule(bik, account(parts, digit))));
      }),
    );
  });

  it('follows other digits of the BIK for accounts in the Bank of Russia', () => {
    fc.assert(
      fc.property(digits(6), fc.constantFrom('000', '001', '002', '005'), parts, (head, tail, parts) => {
        const candidates = tenDigits.map((digit) => account(parts, digit));
        expect(candidates.filter((one) => hasValidCheckDigit(`${head}${tail}`, one))).toEqual(
          candidates.filter((one) => byTheRule(`${head}${tail}`, one)),
        );
      }),
    );
  });

  it('notices any single wrong digit', () => {
    fc.assert(
      fc.property(
        bik,
        fc.integer({ min: 0, max: 99 }),
        fc.integer({ min: 0, max: 19 }),
        fc.integer({ min: 1, max: 9 }),
        (bik, ending, at, shift) => {
          const right = accountEndingWith(String(ending).padStart(2, '0'), bik);
          const wrong = `${right.slice(0, at)}${(Number(right[at]) + shift) % 10}${right.slice(at + 1)}`;
          expect(hasValidCheckDigit(bik, right)).toBe(true);
          expect(hasValidCheckDigit(bik, wrong)).toBe(false);
        },
      ),
    );
  });

  it('is checked by the widget in the browser just as by the bank', async () => {
    const problem = await servedCheck();
    fc.assert(
      fc.property(bik, parts, fc.integer({ min: 0, max: 9 }), (bik, parts, digit) => {
        const valid = hasValidCheckDigit(bik, account(parts, digit));
        expect(problem(bik, account(parts, digit))).toBe(valid ? null : 'account_check_digit');
      }),
    );
    expect(problem('04452597', accountEndingWith('00'))).toBe('bik_format');
    expect(problem('044525974', '408178')).toBe('account_format');
    expect(problem('044525974', '40101810400003869535')).toBe('account_prefix');
  });
});
