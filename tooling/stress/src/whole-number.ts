/**
 * Reads a number of the command line.
 *
 * @throws {Error} that names the option
 */
export function wholeNumber(name: string, text: string): number {
  if (/^\d{1,9}$/.test(text)) return Number(text);
  throw new Error(`--${name} must be a whole number, not "${text}"`);
}
