import * as z from 'zod';
import { ticketAlgorithms } from '../tickets/algorithm.js';
import { widgetOverride } from '../widget/contract.js';

/** What is told of an option besides its shape. */
export interface OptionFacts {
  /** The environment variable. */
  env: string;
  group: 'bank' | 'tickets' | 'pages' | 'payouts' | 'store' | 'merchant' | 'operators' | 'server';
  /** One sentence for `--help` and the docs. */
  about: string;
  /** Never shown; may also be given as the path of a file, by `<env>_FILE`. */
  secret?: true;
  /** May also be given as the path of a file, by `<env>_FILE`. */
  byFile?: true;
}

/** The facts of each option, by its schema. */
export const facts = z.registry<OptionFacts>();

function option<Schema extends z.ZodType>(schema: Schema, told: OptionFacts): Schema {
  facts.add(schema, told);
  return schema;
}

const text = () => z.string({ error: 'must be text' }).trim().min(1, 'must not be empty');

/** Variables hold text; a file may hold the number itself. */
const whole = (least: number, most = Number.MAX_SAFE_INTEGER) => {
  const error = `must be a whole number from ${least}${most === Number.MAX_SAFE_INTEGER ? '' : ` to ${most}`}`;
  return z.preprocess(
    (value) => (typeof value === 'string' && /^\d+$/.test(value.trim()) ? Number(value) : value),
    z.int({ error }).min(least, error).max(most, error),
  );
};

const flags = new Map<unknown, boolean>([
  ['true', true],
  ['1', true],
  ['false', false],
  ['0', false],
]);
const flag = () =>
  z.preprocess((value) => flags.get(value) ?? value, z.boolean({ error: 'must be true or false' }));

const choice = <const Names extends readonly [string, ...string[]]>(names: Names) =>
  z.enum(names, { error: `must be one of ${names.join(', ')}` });

const list = () =>
  z.preprocess(
    (value) => (typeof value === 'string' ? value.split(/[\s,]+/).filter((one) => one !== '') : value),
    z
      .array(text(), { error: 'must be a list; in a variable with commas between' })
      .min(1, 'must not be empty'),
  );

/** One line is all that many a panel lets one type: `\n` stands for a line break there. */
const pem = () => text().transform((value) => value.replaceAll('\\n', '\n'));

const pems = () =>
  z.preprocess((value) => (Array.isArray(value) ? value.join('\n') : value), pem()).transform(splitPems);

function splitPems(value: string): string[] {
  const blocks = value.match(/-----BEGIN [^-]+-----[\s\S]*?-----END [^-]+-----/g);
  return blocks ?? [value];
}

const ticketKey = z.strictObject({
  kid: text().exactOptional(),
  algorithm: choice(ticketAlgorithms),
  key: z.union([pem(), z.record(z.string(), z.unknown())], { error: 'must be text or a JWK' }),
  encoding: choice(['base64', 'text']).exactOptional(),
});

const widgetCorrections = () =>
  z.preprocess((value) => (typeof value === 'string' ? fromJson(value) : value), widgetOverride);

const ticketKeys = () =>
  z.preprocess(
    (value) => (typeof value === 'string' ? fromJson(value) : value),
    z
      .array(ticketKey, { error: 'must be a JSON list of { "kid", "algorithm", "key" }' })
      .min(1, 'must not be empty'),
  );

function fromJson(value: string): unknown {
  try {
    return JSON.parse(value);
  } catch {
    return value;
  }
}

/** Every option of the standalone server. Where none is named, there is no default. */
export const settingsSchema = z.object({
  environment: option(text().optional(), {
    env: 'B131_ENVIRONMENT',
    group: 'bank',
    about: '`sandbox`, `demo` or `live`; another name goes with B131_BANK_URL',
  }),
  bankUrl: option(text().optional(), {
    env: 'B131_BANK_URL',
    group: 'bank',
    about:
      'the bank’s address without /api/v1; only for a sandbox (http://127.0.0.1:4131) or an egress proxy',
  }),
  project: option(text().optional(), {
    env: 'B131_PROJECT',
    group: 'bank',
    about: 'the project’s name, given by the bank’s manager',
  }),
  privateKey: option(pem().optional(), {
    env: 'B131_PRIVATE_KEY',
    group: 'bank',
    about: 'your RSA private key (PEM), whose public half the bank has',
    secret: true,
  }),
  bankPublicKeys: option(pems().optional(), {
    env: 'B131_BANK_PUBLIC_KEYS',
    group: 'bank',
    about: 'the bank’s public key (PEM), which signs webhooks; several one after another while it changes',
    byFile: true,
  }),
  submerchant: option(text().optional(), {
    env: 'B131_SUBMERCHANT',
    group: 'bank',
    about: 'the payer’s id, where the bank asks for one',
  }),
  apiVersion: option(choice(['v1', 'v2']).default('v2'), {
    env: 'B131_API_VERSION',
    group: 'bank',
    about: 'spelling of the bank’s session methods: v1 or v2',
  }),
  bankTimeout: option(whole(100, 120_000).default(20_000), {
    env: 'B131_BANK_TIMEOUT',
    group: 'bank',
    about: 'milliseconds one call to the bank may take',
  }),
  ticketSecret: option(text().optional(), {
    env: 'B131_TICKET_SECRET',
    group: 'tickets',
    about: 'the HS256 secret that your back end signs tickets with: `openssl rand -base64 32`',
    secret: true,
  }),
  ticketSecretEncoding: option(choice(['base64', 'text']).optional(), {
    env: 'B131_TICKET_SECRET_ENCODING',
    group: 'tickets',
    about: 'what of the secret signs: the bytes it encodes (base64, the default) or its characters (text)',
  }),
  ticketKeys: option(ticketKeys().optional(), {
    env: 'B131_TICKET_KEYS',
    group: 'tickets',
    about:
      'instead of the secret: a JSON list of { "kid", "algorithm", "key" }, for other algorithms and while keys rotate',
    secret: true,
  }),
  ticketJwksUrl: option(text().optional(), {
    env: 'B131_TICKET_JWKS_URL',
    group: 'tickets',
    about: 'instead of both: where your back end publishes its public keys (https)',
  }),
  ticketMaxLifetime: option(whole(1).default(900), {
    env: 'B131_TICKET_MAX_LIFETIME',
    group: 'tickets',
    about: 'longest life of a ticket in seconds',
  }),
  ticketLeeway: option(whole(0).default(30), {
    env: 'B131_TICKET_LEEWAY',
    group: 'tickets',
    about: 'seconds by which your back end’s clock may differ',
  }),
  origins: option(list().optional(), {
    env: 'B131_ORIGINS',
    group: 'pages',
    about: 'origins of the pages with <b131-payout>, with commas between: https://shop.example',
  }),
  widget: option(widgetCorrections().optional(), {
    env: 'B131_WIDGET',
    group: 'pages',
    about:
      'corrections to the widget contract, as a JSON object: what the bank has told you of its tokenization widget, such as { "global": "RealName" }',
    byFile: true,
  }),
  secret: option(list().optional(), {
    env: 'B131_SECRET',
    group: 'payouts',
    about:
      'keys digests and view tokens; `openssl rand -base64 32`, never changed but by rotation: new,old (the first signs)',
    secret: true,
  }),
  confirm: option(choice(['automatic', 'recipient', 'operator']).default('automatic'), {
    env: 'B131_CONFIRM',
    group: 'payouts',
    about: 'who has the last word before money moves: automatic (the checks alone), recipient, operator',
  }),
  autoConfirmation: option(flag().default(false), {
    env: 'B131_AUTO_CONFIRMATION',
    group: 'payouts',
    about: 'true if the bank’s manager has switched confirmation off for the project',
  }),
  limitPerPayout: option(whole(1).optional(), {
    env: 'B131_LIMIT_PER_PAYOUT',
    group: 'payouts',
    about: 'ceiling of one payout, in minor units (kopecks)',
  }),
  limitPerSubjectPerDay: option(whole(1).optional(), {
    env: 'B131_LIMIT_PER_SUBJECT_PER_DAY',
    group: 'payouts',
    about: 'ceiling of one recipient’s payouts in a day, in minor units',
  }),
  limitPerDay: option(whole(1).optional(), {
    env: 'B131_LIMIT_PER_DAY',
    group: 'payouts',
    about: 'ceiling of all payouts of a day, in minor units',
  }),
  timeZone: option(text().default('Europe/Moscow'), {
    env: 'B131_TIME_ZONE',
    group: 'payouts',
    about: 'whose midnight ends a day of the limits',
  }),
  keepPersonalDays: option(whole(0, 36_500).default(0), {
    env: 'B131_KEEP_PERSONAL_DAYS',
    group: 'payouts',
    about: 'days that name and account token stay after a payout is final',
  }),
  keepRecordsDays: option(whole(1, 36_500).default(30), {
    env: 'B131_KEEP_RECORDS_DAYS',
    group: 'payouts',
    about: 'days that digests of webhooks and delivered notices stay',
  }),
  database: option(text().default('b131.db'), {
    env: 'B131_DATABASE',
    group: 'store',
    about: 'the SQLite file; made, with its folder, if missing',
  }),
  databaseUrl: option(text().optional(), {
    env: 'DATABASE_URL',
    group: 'store',
    about:
      'a Postgres instead: postgres://user:password@host:5432/database (needs the package `postgres` beside the kit)',
    secret: true,
  }),
  notifyUrl: option(text().optional(), {
    env: 'B131_NOTIFY_URL',
    group: 'merchant',
    about: 'where your server takes signed notices of results',
  }),
  notifySecret: option(list().optional(), {
    env: 'B131_NOTIFY_SECRET',
    group: 'merchant',
    about: 'signs them: `echo whsec_$(openssl rand -base64 32)`; two while it rotates',
    secret: true,
  }),
  notifyTimeout: option(whole(100, 120_000).default(15_000), {
    env: 'B131_NOTIFY_TIMEOUT',
    group: 'merchant',
    about: 'milliseconds your server may take for a notice',
  }),
  serverKeys: option(list().optional(), {
    env: 'B131_SERVER_KEYS',
    group: 'merchant',
    about:
      'opens /merchant/* to your servers: `openssl rand -base64 32`; several with commas between while they rotate',
    secret: true,
  }),
  operatorKeys: option(list().optional(), {
    env: 'B131_OPERATOR_KEYS',
    group: 'operators',
    about:
      'opens /operator/* to your people, each by a key of their own: anna@ops:<key>,audit=read:<key> (who may only look)',
    secret: true,
  }),
  confirmWithin: option(whole(1).optional(), {
    env: 'B131_CONFIRM_WITHIN',
    group: 'payouts',
    about:
      'seconds that whoever has the last word may take; then the payout is cancelled. Without it the bank decides',
  }),
  trustedProxies: option(whole(0, 10).optional(), {
    env: 'B131_TRUSTED_PROXIES',
    group: 'server',
    about:
      'how many proxies of yours stand in a row in front, for the addresses of callers: 0 for none. Without it addresses are not counted',
  }),
  requestsPerAddress: option(whole(1).default(600), {
    env: 'B131_REQUESTS_PER_ADDRESS',
    group: 'server',
    about: 'requests a minute from one address; goes with B131_TRUSTED_PROXIES',
  }),
  requestsPerSubject: option(whole(1).default(60), {
    env: 'B131_REQUESTS_PER_SUBJECT',
    group: 'server',
    about: 'requests a minute by the tickets of one recipient',
  }),
  host: option(text().default('127.0.0.1'), {
    env: 'B131_HOST',
    group: 'server',
    about: 'address to listen on; 0.0.0.0 to be reached from other machines',
  }),
  port: option(whole(0, 65_535).default(4132), {
    env: 'B131_PORT',
    group: 'server',
    about: 'port to listen on; 0 takes a free one. Without it PORT counts, as platforms set it',
  }),
  path: option(
    text()
      .regex(/^\/[\w./-]*$/, 'must begin with a slash, such as /b131')
      .default('/'),
    {
      env: 'B131_PATH',
      group: 'server',
      about: 'prefix of all routes, such as /b131',
    },
  ),
  shutdownTimeout: option(whole(0, 600_000).default(10_000), {
    env: 'B131_SHUTDOWN_TIMEOUT',
    group: 'server',
    about: 'milliseconds that requests may take to finish on SIGTERM',
  }),
  logLevel: option(choice(['debug', 'info', 'warn', 'error', 'silent']).default('info'), {
    env: 'B131_LOG_LEVEL',
    group: 'server',
    about: 'debug, info, warn, error or silent; debug tells every call to the bank',
  }),
  accessLog: option(flag().default(true), {
    env: 'B131_ACCESS_LOG',
    group: 'server',
    about: 'a line for each request (level info): method, route, status, milliseconds',
  }),
});

export type Settings = z.output<typeof settingsSchema>;
export type OptionName = keyof Settings;

/** One option with its name in a file and its facts. */
export interface Option extends OptionFacts {
  name: OptionName;
  schema: z.ZodType;
}

/** All options, in the order in which they are told. */
export const options: readonly Option[] = settingsSchema.keyof().options.map((name) => ({
  name,
  schema: settingsSchema.shape[name],
  ...factsOf(settingsSchema.shape[name]),
}));

function factsOf(schema: z.ZodType): OptionFacts {
  const told = facts.get(schema);
  if (!told) throw new Error('an option of the server has no facts');
  return told;
}

/** True where the option may be given as the path of a file. */
export const takesFile = ({ secret, byFile }: OptionFacts) => secret === true || byFile === true;
