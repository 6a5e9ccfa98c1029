import { z } from 'zod';
import { accountProblem, hasValidCheckDigit } from '../bank/account.js';
import { isCardNumber } from '../bank/card.js';
import { type Destination, invalidRequest, type PayoutOrder, type Version } from '../bank/model.js';
import type { Personality } from '../bank/settings.js';
import type { Vault } from '../bank/vault.js';

/** A request's top-level object. */
export type Fields = Readonly<Record<string, unknown>>;

/** documented: the names that differ between the versions, as they stand in requests. */
const RENAMED = {
  v1: { payout_details: 'payment_method' },
  v2: { payout_details: 'payout_details' },
} as const;

// Made once: making a schema takes longer than a whole call of the bank.
const anyObject = z.record(z.string(), z.unknown(), 'must be an object');
const id = z.string('must be a string such as ps_3230').regex(/^ps_\d+$/, 'must be like ps_3230');

/**
 * The top-level object of a body. PHP writes an empty object as `[]` and the bank's own SDK sends it so; no body
 * at all is taken for the same.
 */
export function topLevel(body: unknown): Fields {
  if (isEmptyArray(body)) return {};
  const parsed = anyObject.safeParse(body);
  if (!parsed.success) throw invalidRequest('The body must be a JSON object');
  return parsed.data;
}

/** Checks part of a request; the refusal names the field, never its value. */
export function parse<T>(schema: z.ZodType<T>, value: unknown, path: string): T {
  const parsed = schema.safeParse(value);
  if (parsed.success) return parsed.data;
  const issue = parsed.error.issues[0];
  const field = [path, ...(issue?.path ?? [])].filter((step) => step !== '').join('.');
  throw invalidRequest(`${field || 'request'}: ${issue?.message ?? 'invalid'}`);
}

/** `{session_id}` */
export function sessionId(fields: Fields): string {
  return parse(id, fields.session_id, 'session_id');
}

/** What a request is read by: tokens known, and what the bank is assumed to be like. */
export interface ReadingRules {
  readonly version: Version;
  readonly vault: Vault;
  readonly personality: Personality;
}

/** What may be given of a payout, with the names of the version of the call. */
export function payoutOrder(fields: Fields, rules: ReadingRules): PayoutOrder {
  const name = RENAMED[rules.version].payout_details;
  refuseOtherVersion(fields, rules.version);
  return {
    ...(fields[name] !== undefined && { destination: destination(fields[name], name, rules) }),
    ...(fields.amount_details !== undefined && { amount: amount(fields.amount_details) }),
    ...(fields.customer !== undefined && { customer: looseObject(fields.customer, 'customer') }),
    ...(fields.participant_details !== undefined && {
      participant_details: looseObject(fields.participant_details, 'participant_details'),
    }),
    ...(fields.metadata !== undefined && { metadata: fields.metadata }),
    ...(fields.fiscalization_details !== undefined && {
      fiscalization_details: fiscalization(fields.fiscalization_details),
    }),
  };
}

/** documented: wrong names for a version may make the operation fail. Here they always do. */
function refuseOtherVersion(fields: Fields, version: Version): void {
  const other = version === 'v1' ? 'v2' : 'v1';
  const wrong = RENAMED[other].payout_details;
  if (!(wrong in fields)) return;
  throw invalidRequest(
    `${wrong}: is the ${other} name; in ${version} it is ${RENAMED[version].payout_details}`,
  );
}

const amountDetails = z.object({
  amount: z
    .int('must be a positive integer in minor units')
    .positive('must be a positive integer in minor units'),
  currency: z.string('must be rub').regex(/^rub$/i, 'must be rub'),
});

function amount(value: unknown): number {
  return parse(amountDetails, emptied(value), 'amount_details').amount;
}

function looseObject(value: unknown, path: string): unknown {
  return parse(anyObject, isEmptyArray(value) ? {} : value, path);
}

const FORBIDDEN = 'must not contain ? or !';
const text = (limit: number) =>
  z.string('must be text').regex(/\S/, 'must not be empty').max(limit, `must not be longer than ${limit}`);
const description = (limit: number) => text(limit).regex(/^[^?!]*$/, FORBIDDEN);
const word = z.string('must be text').min(1, 'must not be empty').max(128, 'is too long');

const ru = z.object({
  token: word.optional(),
  bik: z.string('must be 9 digits').optional(),
  account: z.string('must be 20 digits').optional(),
  full_name: text(255),
  description: description(210),
  inn: z
    .string()
    .regex(/^(\d{10}|\d{12})$/, 'must be 10 or 12 digits')
    .optional(),
  kpp: z
    .string()
    .regex(/^\d{9}$/, 'must be 9 digits')
    .optional(),
  is_fast: z.boolean().optional(),
});

const fps = z.object({
  phone: z.string('must be 11 digits').regex(/^\d{11,13}$/, 'must be digits, such as 79680000000'),
  bank_id: z.string('must be digits').regex(/^\d{12}$/, 'must be 12 digits, see fps/banks'),
  description: description(140).optional(),
});

const card = z.discriminatedUnion(
  'type',
  [
    z.object({
      type: z.literal('bank_card'),
      bank_card: z.object({ number: z.string().refine(isCardNumber, 'is not a card number') }),
    }),
    z.object({ type: z.literal('encrypted_card'), encrypted_card: z.object({ number_hash: word }) }),
    z.object({ type: z.literal('tokenized_card'), tokenized_card: z.object({ token: word }) }),
  ],
  'must be bank_card, encrypted_card or tokenized_card',
);

const ONLY = 'the sandbox pays out to bank_account (ru, faster_payment_system) and card';
const details = z.discriminatedUnion(
  'type',
  [
    z.object({
      type: z.literal('bank_account'),
      bank_account: z.discriminatedUnion(
        'system_type',
        [
          z.object({ system_type: z.literal('ru'), ru }),
          z.object({ system_type: z.literal('faster_payment_system'), faster_payment_system: fps }),
        ],
        ONLY,
      ),
    }),
    z.object({ type: z.literal('card'), card }),
  ],
  ONLY,
);

/** documented: where a payout may go; `payment_method` in v1, `payout_details` in v2. */
function destination(value: unknown, path: string, rules: ReadingRules): Destination {
  const parsed = parse(details, emptied(value), path);
  if (parsed.type === 'card') return cardDestination(parsed.card, `${path}.card`, rules.vault);
  if (parsed.bank_account.system_type === 'faster_payment_system') {
    return { kind: 'fps', ...parsed.bank_account.faster_payment_system };
  }
  return accountDestination(parsed.bank_account.ru, `${path}.bank_account.ru`, rules);
}

function accountDestination(given: z.infer<typeof ru>, path: string, rules: ReadingRules): Destination {
  const { token, bik, account, ...rest } = given;
  if (token === undefined)
    return { kind: 'bank_account', ...accountNumbers({ bik, account }, path, rules.personality), ...rest };
  if (bik !== undefined || account !== undefined) {
    throw invalidRequest(`${path}: give a token or bik and account, not both`);
  }
  const known = rules.vault.account(token, `${path}.token`);
  return { kind: 'bank_account', token, bik: known.bik, account: known.account, ...rest };
}

function cardDestination(given: z.infer<typeof card>, path: string, vault: Vault): Destination {
  if (given.type === 'bank_card') return { kind: 'card', number: given.bank_card.number };
  const [hash, field] =
    given.type === 'encrypted_card'
      ? [given.encrypted_card.number_hash, 'encrypted_card.number_hash']
      : [given.tokenized_card.token, 'tokenized_card.token'];
  return { kind: 'card', number: vault.card(hash, `${path}.${field}`) };
}

const numbers = z.object({ bik: z.string('must be 9 digits'), account: z.string('must be 20 digits') });

const NUMBER_PROBLEMS = {
  bik_format: 'bik: must be 9 digits',
  account_format: 'account: must be 20 digits',
  account_prefix: 'account: payouts go to accounts of other kinds, such as 40817810',
} as const;

/**
 * Open numbers of an account. The check digit is looked at only by a bank that is assumed to: an account of the
 * documentation itself does not hold against its BIK.
 */
export function accountNumbers(
  value: unknown,
  path: string,
  { accountKind, checkDigits }: Personality,
): { bik: string; account: string } {
  const given = parse(numbers, value, path);
  const problem = accountProblem(given.bik, given.account);
  const taken = problem === 'account_prefix' && accountKind === 'fails';
  if (problem && problem !== 'account_check_digit' && !taken)
    throw invalidRequest(`${path}.${NUMBER_PROBLEMS[problem]}`);
  if (checkDigits === 'refused' && !hasValidCheckDigit(given.bik, given.account))
    throw invalidRequest(`${path}.account: its check digit does not hold against the bik`);
  return given;
}

/** SDK: at least one of these, several at once. The page of the tokenization widget is the only one served. */
const widgets = z
  .strictObject({
    tokenize_widget: z
      .object({ access: z.literal(true, 'must be true'), locale: z.string('must be text').optional() })
      .optional(),
    acquiring_widget: z.object({ session_id: id }).optional(),
    self_employed_widget: z
      .object({ tax_reference: z.string('must be 12 digits').regex(/^\d{12}$/, 'must be 12 digits') })
      .optional(),
  })
  .refine((given) => Object.keys(given).length > 0, {
    message: 'give tokenize_widget, acquiring_widget or self_employed_widget',
  });

/** `{tokenize_widget: {access: true}}`; `acquiring_widget` and `self_employed_widget` have tokens too. */
export function widgetRequest(fields: Fields): void {
  parse(widgets, emptied(fields), '');
}

/** `{type: "bank_account_ru", bank_account_ru: {bik, account}}` */
export function tokenizeRequest(fields: Fields, personality: Personality): { bik: string; account: string } {
  parse(z.literal('bank_account_ru', 'must be bank_account_ru'), fields.type, 'type');
  return accountNumbers(emptied(fields.bank_account_ru), 'bank_account_ru', personality);
}

const info = z.discriminatedUnion(
  'type',
  [
    z.object({ type: z.literal('public_token'), public_token: z.object({ token: word }) }),
    z.object({ type: z.literal('bank_account_ru'), bank_account_ru: z.object({ token: word }) }),
    z.object({ type: z.literal('bank_account'), bank_account: z.object({ token: word }) }),
    z.object({ type: z.literal('recurrent_token'), recurrent_token: z.object({ token: word }) }),
    z.object({
      type: z.literal('card'),
      card: z.object({ type: z.literal('encrypted_card'), encrypted_card: z.object({ number_hash: word }) }),
    }),
  ],
  'must be public_token, bank_account_ru, card or recurrent_token',
);

/** What `token/info` is asked about. */
export type TokenInfoRequest =
  | { readonly about: 'public_token' | 'account_token' | 'recurrent_token'; readonly token: string }
  | { readonly about: 'card'; readonly token: string };

/** assumed: how it is asked about an account token; `accountTokenQuestion` says. */
export function tokenInfoRequest(fields: Fields, { accountTokenQuestion }: Personality): TokenInfoRequest {
  const asked = parse(info, emptied(fields), '');
  switch (asked.type) {
    case 'public_token':
      return { about: 'public_token', token: asked.public_token.token };
    case 'recurrent_token':
      return { about: 'recurrent_token', token: asked.recurrent_token.token };
    case 'card':
      return { about: 'card', token: asked.card.encrypted_card.number_hash };
    default:
      if (asked.type !== accountTokenQuestion)
        throw invalidRequest(`type: this bank is asked about account tokens by ${accountTokenQuestion}`);
      return {
        about: 'account_token',
        token: asked.type === 'bank_account' ? asked.bank_account.token : asked.bank_account_ru.token,
      };
  }
}

const balance = z.object({
  request_datetime: z.iso
    .datetime({ offset: true, error: 'must be a moment such as 2026-05-27T02:03:00+00:00' })
    .optional(),
});

/** `{request_datetime}` (SDK). assumed: the bank does without it. */
export function balanceRequest(fields: Fields): void {
  parse(balance, fields, '');
}

const services = z
  .array(
    z.object({
      name: text(1_000),
      amount_details: amountDetails,
      quantity: z.number('must be a number').positive('must be more than 0'),
    }),
    'must be a list',
  )
  .min(1, 'must not be empty')
  .max(6, 'must not be more than 6');

const fiscal = z.object({
  professional_income_taxpayer: z.object({
    services,
    tax_reference: z.string('must be 12 digits').regex(/^\d{12}$/, 'must be 12 digits'),
    payer_type: z.enum(['legal', 'individual', 'foreign'], 'must be legal, individual or foreign').optional(),
  }),
});

/** documented: up to six services, `tax_reference` of 12 digits. Echoed whole. */
export function fiscalization(value: unknown): unknown {
  parse(fiscal, value, 'fiscalization_details');
  return value;
}

const verification = z.object({
  type: z.literal('bank_account', 'must be bank_account'),
  bank_account: z.object({
    system_type: z.literal(
      'faster_payment_system_verification',
      'must be faster_payment_system_verification',
    ),
    faster_payment_system_verification: z.object({ phone: fps.shape.phone, bank_id: fps.shape.bank_id }),
  }),
});
const person = z.object({
  recipient: z.object({ first_name: text(255), last_name: text(255), middle_name: text(255).optional() }),
});

/** `fps/customer_verification` (documented; SDK): whose phone it is, and whether the name is theirs. */
export function verificationOrder(fields: Fields, version: Version): PayoutOrder {
  const name = RENAMED[version].payout_details;
  refuseOtherVersion(fields, version);
  const { bank_account } = parse(verification, emptied(fields[name]), name);
  parse(person, emptied(fields.participant_details), 'participant_details');
  return {
    destination: { kind: 'fps_check', ...bank_account.faster_payment_system_verification },
    participant_details: fields.participant_details,
    ...(fields.metadata !== undefined && { metadata: fields.metadata }),
  };
}

/** `[]` stands for `{}` at any depth of a part that holds no lists of its own. */
function emptied(value: unknown): unknown {
  if (isEmptyArray(value)) return {};
  if (typeof value !== 'object' || value === null || Array.isArray(value)) return value;
  return Object.fromEntries(Object.entries(value).map(([key, part]) => [key, emptied(part)]));
}

function isEmptyArray(value: unknown): boolean {
  return Array.isArray(value) && value.length === 0;
}
