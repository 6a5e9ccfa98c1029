import { type Bank131, createBank131, type Environment } from '@b131/api';
import { keepAliveFetch } from '@b131/api/node';
import type { BffOptions } from '../create-bff.js';
import { forwardedAddress } from '../http/admission/address.js';
import type { Load } from '../http/admission/admission.js';
import { socketAddress } from '../node/socket-address.js';
import { sqliteStore } from '../node/sqlite-store.js';
import { ConfigurationError } from '../secrets/configuration-error.js';
import type { Store } from '../store/store.js';
import type { TicketOptions } from '../tickets/index.js';
import { operatorsByKey } from './operator-keys.js';
import { type SettingProblem, SettingsError } from './read-settings.js';
import { facts, type OptionName, type Settings, settingsSchema } from './settings.js';

/** The address of `b131-sandbox` when it is started without options. */
const sandboxUrl = 'http://127.0.0.1:4131';

const needed = ['environment', 'project', 'privateKey', 'bankPublicKeys', 'secret', 'origins'] as const;
const makeSecret = 'openssl rand -base64 32';
const wayOut: Readonly<Record<(typeof needed)[number], string>> = {
  environment: 'sandbox, demo or live',
  project: 'the name that the bank’s manager gave you (at the sandbox: `sandbox`)',
  privateKey: 'your RSA private key, best as B131_PRIVATE_KEY_FILE=keys/partner-private.pem',
  bankPublicKeys: 'the bank’s public key, best as B131_BANK_PUBLIC_KEYS_FILE=keys/bank-public.pem',
  secret: `make one with \`${makeSecret}\` and keep it: it must stay the same`,
  origins: 'the origins of your pages, such as https://shop.example',
};

/** What is missing or contradicts; empty when a server can be made of it, as far as that shows without trying. */
export function incomplete(settings: Settings): SettingProblem[] {
  const problems: SettingProblem[] = [];
  const say = (name: OptionName, problem: string) => problems.push({ option: variable(name), problem });
  for (const name of needed) if (settings[name] === undefined) say(name, `is missing: ${wayOut[name]}`);
  const { ticketSecret, ticketKeys, ticketJwksUrl } = settings;
  const ways = [ticketSecret, ticketKeys, ticketJwksUrl].filter((way) => way !== undefined).length;
  if (ways === 0)
    say('ticketSecret', `is missing: make one with \`${makeSecret}\`, and sign tickets with it`);
  if (ways > 1)
    say(
      'ticketSecret',
      'B131_TICKET_SECRET, B131_TICKET_KEYS and B131_TICKET_JWKS_URL exclude each other; keep one',
    );
  if (settings.ticketSecretEncoding !== undefined && ticketSecret === undefined)
    say(
      'ticketSecretEncoding',
      'is for B131_TICKET_SECRET; in B131_TICKET_KEYS each key has its own "encoding"',
    );
  const { environment, bankUrl } = settings;
  if (environment !== undefined && !['sandbox', 'demo', 'live'].includes(environment) && !bankUrl)
    say('environment', 'must be sandbox, demo or live, or go with B131_BANK_URL');
  if (settings.notifyUrl !== undefined && settings.notifySecret === undefined)
    say('notifySecret', 'is missing: make one with `echo whsec_$(openssl rand -base64 32)`');
  if (settings.notifySecret !== undefined && settings.notifyUrl === undefined)
    say('notifyUrl', 'is missing: where should notices go?');
  return problems;
}

/** The variable of an option. */
export function variable(name: OptionName): string {
  return facts.get(settingsSchema.shape[name])?.env ?? name;
}

/** @throws {RequestError} for an option that makes no sense, {SettingsError} when one is missing. */
export function bankOf(settings: Settings, patience?: { attempts: number; timeout: number }): Bank131 {
  const { project, privateKey, bankPublicKeys, submerchant, apiVersion, bankTimeout } = settings;
  if (!project || !privateKey || !bankPublicKeys) throw new SettingsError(incomplete(settings));
  return createBank131({
    environment: environmentOf(settings),
    project,
    privateKey,
    bankPublicKeys,
    submerchant,
    apiVersion,
    timeout: patience?.timeout ?? bankTimeout,
    fetch: keepAliveFetch(),
    ...(patience ? { retry: { attempts: patience.attempts } } : {}),
  });
}

function environmentOf({ environment = 'sandbox', bankUrl }: Settings): Environment {
  if (bankUrl !== undefined) return { api: bankUrl, name: environment };
  if (environment === 'demo' || environment === 'live') return environment;
  return { api: sandboxUrl, name: environment };
}

export function ticketsOf(settings: Settings): TicketOptions {
  const { ticketSecret, ticketSecretEncoding: encoding, ticketKeys, ticketJwksUrl } = settings;
  const rules = { maxLifetime: settings.ticketMaxLifetime, leeway: settings.ticketLeeway };
  if (ticketJwksUrl !== undefined) return { ...rules, jwksUrl: ticketJwksUrl };
  if (ticketKeys !== undefined) return { ...rules, keys: ticketKeys };
  const key = { algorithm: 'HS256' as const, key: ticketSecret ?? '' };
  return { ...rules, keys: [encoding === undefined ? key : { ...key, encoding }] };
}

/**
 * Opens the store. Postgres is an optional part, so it is only loaded when it is wanted.
 *
 * @throws {StoreError} when it cannot be used, {ConfigurationError} when the package `postgres` is missing.
 */
export async function storeOf({ database, databaseUrl }: Settings): Promise<Store> {
  if (databaseUrl === undefined) return sqliteStore({ path: database });
  if (!/^postgres(ql)?:\/\//.test(databaseUrl))
    throw new ConfigurationError(
      'url',
      'must begin with postgres://; for SQLite leave it out and give the file as B131_DATABASE',
    );
  const { postgresStore } = await import('../postgres/index.js').catch((error: unknown) => {
    throw isMissing(error) ? withoutPostgres() : error;
  });
  return postgresStore({ url: databaseUrl });
}

function isMissing(error: unknown): boolean {
  return error instanceof Error && 'code' in error && error.code === 'ERR_MODULE_NOT_FOUND';
}

function withoutPostgres(): ConfigurationError {
  return new ConfigurationError(
    'url',
    'names a Postgres, but the package `postgres` is not installed: npm install postgres (beside @b131/bff)',
  );
}

const second = 1000;
const day = 24 * 3_600_000;

/** @throws {SettingsError} when something needed is missing. */
export function bffOptionsOf(
  settings: Settings,
  { bank, store }: { bank: Bank131; store: Store },
): BffOptions {
  const { secret, origins, notifyUrl, notifySecret } = settings;
  if (!secret || !origins) throw new SettingsError(incomplete(settings));
  return {
    bank,
    store,
    tickets: ticketsOf(settings),
    secret,
    origins,
    confirm: settings.confirm,
    autoConfirmation: settings.autoConfirmation,
    limits: limitsOf(settings),
    retention: { personal: settings.keepPersonalDays * day, records: settings.keepRecordsDays * day },
    load: loadOf(settings),
    ...(settings.widget === undefined ? {} : { widget: settings.widget }),
    ...(settings.confirmWithin === undefined
      ? {}
      : { rules: { confirmWithin: settings.confirmWithin * second } }),
    ...(settings.serverKeys === undefined ? {} : { merchant: { keys: settings.serverKeys } }),
    ...(settings.operatorKeys === undefined ? {} : { operator: operatorsByKey(settings.operatorKeys) }),
    ...(notifyUrl !== undefined && notifySecret !== undefined
      ? { notify: { url: notifyUrl, secret: notifySecret, timeout: settings.notifyTimeout } }
      : {}),
  };
}

function loadOf({ trustedProxies, requestsPerAddress, requestsPerSubject }: Settings): Load {
  const counts = { perSubject: requestsPerSubject, perAddress: requestsPerAddress };
  if (trustedProxies === undefined) return counts;
  return { ...counts, address: trustedProxies === 0 ? socketAddress : forwardedAddress(trustedProxies) };
}

function limitsOf({ limitPerPayout, limitPerSubjectPerDay, limitPerDay, timeZone }: Settings) {
  return {
    timeZone,
    ...(limitPerPayout === undefined ? {} : { perPayout: limitPerPayout }),
    ...(limitPerSubjectPerDay === undefined ? {} : { perSubjectPerDay: limitPerSubjectPerDay }),
    ...(limitPerDay === undefined ? {} : { perDay: limitPerDay }),
  };
}
