/** Card number: 14 to 19 digits (SDK) with a right Luhn digit. */
export function isCardNumber(number: string): boolean {
  return /^\d{14,19}$/.test(number) && luhnSum(number) % 10 === 0;
}

function luhnSum(number: string): number {
  return [...number].reverse().reduce((sum, digit, index) => {
    const value = Number(digit) * (index % 2 === 1 ? 2 : 1);
    return sum + (value > 9 ? value - 9 : value);
  }, 0);
}

/** A valid card number (Mir range) that ends with the two digits `ending`. */
export function cardEndingWith(ending: string): string {
  if (!/^\d{2}$/.test(ending)) throw new RangeError('ending must be two digits');
  const trial = (digit: number) => `22022000000${digit}00${ending}`;
  const digit = [0, 1, 2, 3, 4, 5, 6, 7, 8, 9].find((candidate) => luhnSum(trial(candidate)) % 10 === 0);
  return trial(digit ?? 0);
}

/** The scheme, from the first digits. */
export function cardBrand(number: string): string {
  if (/^220[0-4]/.test(number)) return 'mir';
  if (number.startsWith('4')) return 'visa';
  if (/^(5[1-5]|2[2-7])/.test(number)) return 'mastercard';
  return 'unknown';
}

export function maskCard(number: string): string {
  return `${number.slice(0, 4)}***${number.slice(-4)}`;
}
