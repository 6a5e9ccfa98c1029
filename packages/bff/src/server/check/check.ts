import { createPublicKey } from 'node:crypto';
import { importPrivateKey, importPublicKey } from '@b131/api';
import { createBff } from '../../create-bff.js';
import { createNoticeSigner } from '../../notify/signature.js';
import { createSecrets } from '../../secrets/secrets.js';
import { memoryStore } from '../../store/memory/memory-store.js';
import { StoreError } from '../../store/store.js';
import { createTicketVerifier, TicketKeysError } from '../../tickets/index.js';
import { optionProblems } from '../option-names.js';
import { bankOf, bffOptionsOf, incomplete, storeOf, ticketsOf } from '../parts.js';
import type { Settings } from '../settings.js';
import { reachBank } from './reach-bank.js';
import { failed, notTried, ok, type Verdict } from './verdict.js';

export interface CheckReport {
  ok: boolean;
  checks: readonly Verdict[];
}

/** Milliseconds in which the bank should have answered somebody who waits. */
const patience = { attempts: 1, timeout: 10_000 };
const shortestModulus = 2048;

/**
 * Tries everything that a server of these settings would need: every key, the database, the bank. Moves no money, sends
 * no notice, and leaves nothing behind but the database file.
 */
export async function check(settings: Settings): Promise<CheckReport> {
  const missing = incomplete(settings);
  const checks: Verdict[] = missing.map(({ option, problem }) => failed(option, problem));
  checks.push(await checkPrivateKey(settings));
  checks.push(await checkBankKeys(settings));
  checks.push(await checkTickets(settings));
  checks.push(checkSecret(settings));
  if (settings.notifyUrl !== undefined) checks.push(checkNotices(settings));
  checks.push(await checkDatabase(settings));
  if (checks.every(isFine)) checks.push(checkOptions(settings));
  checks.push(await checkBank(settings, checks));
  return { ok: checks.every(isFine), checks };
}

const isFine = ({ outcome }: Verdict) => outcome === 'ok';

async function checkPrivateKey({ privateKey }: Settings): Promise<Verdict> {
  const name = 'private key';
  if (privateKey === undefined) return notTried(name, 'there is none');
  return attempt(name, async () => {
    const bits = bitsOf(await importPrivateKey(privateKey));
    return bits < shortestModulus ? tooShort(name, bits) : ok(name, `RSA, ${bits} bits`);
  });
}

async function checkBankKeys({ bankPublicKeys, privateKey }: Settings): Promise<Verdict> {
  const name = 'bank’s public key';
  if (bankPublicKeys === undefined) return notTried(name, 'there is none');
  return attempt(name, async () => {
    const keys = await Promise.all(
      bankPublicKeys.map((key, index) => importPublicKey(key, `bankPublicKeys[${index}]`)),
    );
    const bits = keys.map(bitsOf);
    const shortest = Math.min(...bits);
    if (shortest < shortestModulus) return tooShort(name, shortest);
    if (privateKey !== undefined && bankPublicKeys.some((key) => isHalfOf(key, privateKey)))
      return failed(
        name,
        'it is the public half of your own private key',
        'give the bank’s own public key, which its manager sends you: webhooks are signed with that one',
      );
    const count = keys.length === 1 ? 'RSA' : `${keys.length} keys, RSA`;
    return ok(name, `${count}, ${bits.join(' and ')} bits`);
  });
}

function isHalfOf(publicKey: string, privateKey: string): boolean {
  try {
    return createPublicKey(publicKey).equals(createPublicKey(privateKey));
  } catch {
    // Whether they can be read is said elsewhere.
    return false;
  }
}

function bitsOf({ algorithm }: CryptoKey): number {
  return 'modulusLength' in algorithm && typeof algorithm.modulusLength === 'number'
    ? algorithm.modulusLength
    : 0;
}

function tooShort(name: string, bits: number): Verdict {
  return failed(
    name,
    `RSA of ${bits} bits can be broken`,
    'take 2048 bits or more: openssl genpkey -algorithm RSA -pkeyopt rsa_keygen_bits:2048 -out private.pem',
  );
}

async function checkTickets(settings: Settings): Promise<Verdict> {
  const name = 'tickets';
  const options = ticketsOf(settings);
  if (options.keys?.some(({ key }) => key === '')) return notTried(name, 'there is no key');
  return attempt(name, async () => {
    await createTicketVerifier(options, 'any:any').ready();
    return ok(name, ticketsInWords(settings));
  });
}

function ticketsInWords({ ticketKeys, ticketJwksUrl, ticketSecretEncoding }: Settings): string {
  if (ticketJwksUrl !== undefined) return 'the keys of B131_TICKET_JWKS_URL can be had and used';
  if (ticketKeys !== undefined)
    return ticketKeys
      .map(({ kid, algorithm }) => (kid === undefined ? algorithm : `${kid} (${algorithm})`))
      .join(', ');
  return ticketSecretEncoding === 'text'
    ? 'HS256, signed with the characters of the secret (encoding text)'
    : 'HS256, signed with the bytes that the secret encodes (encoding base64)';
}

function checkSecret({ secret }: Settings): Verdict {
  const name = 'secret';
  if (secret === undefined) return notTried(name, 'there is none');
  return attemptNow(name, () => {
    createSecrets(secret);
    return ok(
      name,
      secret.length === 1 ? 'long enough' : `${secret.length} of them, long enough; the first signs`,
    );
  });
}

function checkNotices({ notifySecret }: Settings): Verdict {
  const name = 'notices';
  if (notifySecret === undefined) return notTried(name, 'there is no secret');
  return attemptNow(name, () => {
    createNoticeSigner(notifySecret);
    return ok(name, 'the secret is good; none was sent');
  });
}

async function checkDatabase(settings: Settings): Promise<Verdict> {
  const name = 'database';
  return attempt(name, async () => {
    const store = await storeOf(settings);
    try {
      await store.ready();
    } finally {
      await store.close();
    }
    const where = settings.databaseUrl === undefined ? `SQLite, ${settings.database}` : 'Postgres';
    return ok(name, `${where}, can be read and written`);
  });
}

/** What only shows when the parts are put together: origins, contradictions. */
function checkOptions(settings: Settings): Verdict {
  const name = 'options';
  return attemptNow(name, () => {
    createBff(bffOptionsOf(settings, { bank: bankOf(settings), store: memoryStore() }));
    return ok(name, `pages at ${settings.origins?.join(', ')}; confirm: ${settings.confirm}`);
  });
}

async function checkBank(settings: Settings, earlier: readonly Verdict[]): Promise<Verdict> {
  const name = 'bank';
  const { environment, project, privateKey, bankPublicKeys } = settings;
  const isKeyBad = earlier.some((verdict) => verdict.name === 'private key' && !isFine(verdict));
  if (!environment || !project || !privateKey || !bankPublicKeys || isKeyBad)
    return notTried(name, 'needs environment, project and keys that can be used');
  return attempt(name, () => reachBank(bankOf(settings, patience)));
}

async function attempt(name: string, work: () => Promise<Verdict>): Promise<Verdict> {
  try {
    return await work();
  } catch (error) {
    return judge(name, error);
  }
}

function attemptNow(name: string, work: () => Verdict): Verdict {
  try {
    return work();
  } catch (error) {
    return judge(name, error);
  }
}

/** @throws what nobody foresaw. */
function judge(name: string, error: unknown): Verdict {
  const problems = optionProblems(error);
  if (problems) return failed(name, problems.map(({ option, problem }) => `${option} ${problem}`).join('; '));
  if (error instanceof StoreError) return failed(name, error.message, databaseAdvice);
  if (error instanceof TicketKeysError)
    return failed(
      name,
      `${error.message}${error.cause instanceof Error ? ` (${error.cause.message})` : ''}`,
      'see that B131_TICKET_JWKS_URL answers from this machine with a JSON Web Key Set',
    );
  throw error;
}

const databaseAdvice =
  'give B131_DATABASE a file in a folder that this process may write to, or DATABASE_URL a Postgres that it may use';
