import * as z from 'zod';

/** A text of so many digits. */
export function digits(count: number, what: string) {
  return z.string().regex(new RegExp(`^\\d{${count}}$`), `must be ${count} digits: check the ${what}`);
}

/** An id, token or hash given by the bank: passed on as it is. */
export function opaque(what: string) {
  return z
    .string()
    .regex(/^[\x21-\x7e]{1,1024}$/, `must be ${what} as the bank gave it: a text without spaces`);
}
