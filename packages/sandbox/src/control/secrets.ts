import { maskAccount } from '../bank/account.js';

/** Header fields that prove who somebody is. */
const SECRET_HEADERS = new Set([
  'x-partner-sign',
  'authorization',
  'proxy-authorization',
  'cookie',
  'set-cookie',
]);

/** Fields of the bank's bodies that hold a key to money: a token, a hash, a card's secrets. */
const TOKENS = 'token|public_token|number_hash|recurrent_token|security_code|signature|password|secret';
/** Fields that hold a number of an account, a card or a phone. */
const NUMBERS = 'account|account_number|number|phone|inn|kpp|document_number|passport';
/** Fields that hold a person's name. */
const NAMES = 'full_name|first_name|last_name|middle_name|patronymic';

const field = (names: string) =>
  new RegExp(`("(?:${names})"\\s*:\\s*")((?:[^"\\\\]|\\\\.){0,4096})(?=")`, 'gi');
const TOKEN_FIELD = field(TOKENS);
const NUMBER_FIELD = field(NUMBERS);
const NAME_FIELD = field(NAMES);
/** Wherever they stand: what is as long as a token, and what is as long as a card or an account. */
const ANY_TOKEN = /[0-9a-f]{32,}|[A-Za-z0-9_-]{16,}\.[A-Za-z0-9_-]{16,}\.[A-Za-z0-9_-]{16,}/gi;
const ANY_NUMBER = /(?<![\w.])\d{13,}(?!\w)/g;

/** Headers with signatures and credentials shortened. */
export function hideHeaderSecrets(headers: Readonly<Record<string, string>>): Record<string, string> {
  return Object.fromEntries(
    Object.entries(headers).map(([name, value]) => [
      name,
      SECRET_HEADERS.has(name.toLowerCase()) ? shortened(value) : value,
    ]),
  );
}

/**
 * A body with tokens, numbers and names shortened, and nothing else changed: escapes, spaces and slips of the pen
 * are what a developer looks for, so the text is worked on and not parsed.
 */
export function hideBodySecrets(text: string): string {
  return text
    .replace(TOKEN_FIELD, (_, before: string, value: string) => before + shortened(value))
    .replace(NUMBER_FIELD, (_, before: string, value: string) => before + masked(value))
    .replace(NAME_FIELD, (_, before: string, value: string) => before + initials(value))
    .replace(ANY_TOKEN, shortened)
    .replace(ANY_NUMBER, masked);
}

/** `e065c2f1…` (64): enough to tell two apart, not enough to use one. */
function shortened(secret: string): string {
  if (secret.length <= 8) return secret === '' ? '' : '…';
  return `${secret.slice(0, Math.min(8, Math.floor(secret.length / 4)))}… (${secret.length} characters)`;
}

function masked(number: string): string {
  return number.length > 9 ? maskAccount(number) : number.replaceAll(/\d(?=\d{2})/g, '*');
}

/** `Ivanov Ivan` becomes `I… I…`. A JSON escape counts as the letter it is. */
function initials(name: string): string {
  return name
    .split(/\s+/)
    .filter((word) => word !== '')
    .map((word) => `${/^(?:\\u[0-9a-f]{4}|\\.|.)/iu.exec(word)?.[0] ?? ''}…`)
    .join(' ');
}
