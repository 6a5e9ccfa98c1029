import * as z from 'zod';
import { digits, opaque } from '../schema/text.js';

/** What every payout to a Russian bank account says besides where it goes. */
export interface RuAccountPurpose {
  /** The recipient; for a sole proprietor `ИП <full name>` (documented). */
  full_name: string;
  /**
   * The payment's purpose: at most 210 characters, no `?` and no `!`. It should tell the operation, the reason, the
   * goods or services and the VAT; for non-residents it begins with `{VO<code>}` (documented).
   */
  description: string;
  /** 10 or 12 digits; mandatory for sole proprietors and legal entities (documented). */
  inn?: string | undefined;
  /** 9 digits; mandatory for legal entities (documented). */
  kpp?: string | undefined;
  /** Urgent transfer (BESP), within an hour; the bank must have enabled it (documented). */
  is_fast?: boolean | undefined;
}

/** A Russian account by the token that the widget or `tokenize` gave (documented). */
export interface RuAccountByToken extends RuAccountPurpose {
  /** Stands for BIK and account; 64 hex digits in the bank's examples. May be kept and used again. */
  token: string;
}

/** A Russian account by its numbers (documented). */
export interface RuAccountByNumber extends RuAccountPurpose {
  /** 9 digits. */
  bik: string;
  /** 20 digits, beginning with one of the {@link accountPrefixes}. */
  account: string;
}

/** The Faster Payments System, by phone (documented). Needs a settlement account; cannot be returned. */
export interface FpsDestination {
  /** Digits only, with the country code: `79680000000`. */
  phone: string;
  /** The bank's id in the system: `100000000069`. */
  bank_id: string;
  /** At most 140 characters. */
  description: string;
}

/** A payout to a bank account. */
export interface BankAccountDetails {
  type: 'bank_account';
  bank_account:
    | { system_type: 'ru'; ru: RuAccountByToken | RuAccountByNumber }
    | { system_type: 'faster_payment_system'; faster_payment_system: FpsDestination };
}

/** A card by the hashes that the widget gave (seen in the bank's PHP SDK; `number_hash` documented). */
export interface EncryptedCard {
  number_hash: string;
  expiration_date_hash?: string | undefined;
  security_code_hash?: string | undefined;
  cardholder_name_hash?: string | undefined;
}

/** A card by a token of the bank (documented). */
export interface TokenizedCard {
  token: string;
}

/**
 * A payout to a card. In practice it needs `participant_details.recipient.full_name` as well (seen in the SDK).
 * Open card numbers are left out on purpose: they would bring the caller into the full scope of PCI DSS.
 */
export interface CardDetails {
  type: 'card';
  card:
    | { type: 'encrypted_card'; encrypted_card: EncryptedCard }
    | { type: 'tokenized_card'; tokenized_card: TokenizedCard };
}

/** Where a payout goes; on the wire `payout_details` in v2 and `payment_method` in v1. */
export type Destination = BankAccountDetails | CardDetails;

/**
 * How an account may begin, else the payout fails: people (40817810, 42301810…42307810, 40820810), sole proprietors
 * (40802810), legal entities (40702810), and two that are accepted from a settlement account only (documented).
 */
export const accountPrefixes: readonly string[] = [
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
  '40701810',
  '40502810',
];

/** BIK and account as numbers, for `tokenize` and for payouts. */
export const accountNumberFields = {
  bik: digits(9, 'BIK'),
  account: digits(20, 'account').refine(
    (account) => accountPrefixes.some((prefix) => account.startsWith(prefix)),
    `must begin with one of ${accountPrefixes.join(', ')}: the bank pays to no other accounts`,
  ),
};

const ruSchema = z
  .looseObject({
    token: opaque('the account token').optional(),
    bik: accountNumberFields.bik.optional(),
    account: accountNumberFields.account.optional(),
    full_name: z.string().trim().min(1, 'must not be empty: give the full name of the recipient'),
    description: z
      .string()
      .trim()
      .min(1, 'must not be empty: give the purpose of the payment')
      .max(210, 'must be at most 210 characters: shorten it')
      .regex(/^[^?!]*$/, 'must not contain ? or !: take them out'),
    inn: z
      .string()
      .regex(/^(\d{10}|\d{12})$/, 'must be 10 or 12 digits')
      .optional(),
    kpp: digits(9, 'KPP').optional(),
    is_fast: z.boolean().optional(),
  })
  .superRefine(({ token, bik, account }, context) => {
    const add = (path: string, message: string) =>
      context.addIssue({ code: 'custom', path: [path], message });
    if (token !== undefined && (bik !== undefined || account !== undefined)) {
      add('token', 'stands for bik and account: give either the token or the two numbers');
    }
    if (token === undefined && bik === undefined) add('bik', 'is missing: give bik and account, or a token');
    if (token === undefined && account === undefined)
      add('account', 'is missing: give bik and account, or a token');
  });

const fpsSchema = z.looseObject({
  phone: z.string().regex(/^\d{10,15}$/, 'must be digits only, with the country code, such as 79680000000'),
  bank_id: z.string().regex(/^\d{1,20}$/, 'must be the digits of the bank in the Faster Payments System'),
  description: z
    .string()
    .trim()
    .min(1, 'must not be empty: give the purpose of the payment')
    .max(140, 'must be at most 140 characters: shorten it'),
});

const bankAccountSchema = z.looseObject({
  type: z.literal('bank_account'),
  bank_account: z.discriminatedUnion(
    'system_type',
    [
      z.looseObject({ system_type: z.literal('ru'), ru: ruSchema }),
      z.looseObject({ system_type: z.literal('faster_payment_system'), faster_payment_system: fpsSchema }),
    ],
    'must say ru or faster_payment_system',
  ),
});

const cardSchema = z.looseObject({
  type: z.literal('card'),
  card: z.discriminatedUnion(
    'type',
    [
      z.looseObject({
        type: z.literal('encrypted_card'),
        encrypted_card: z.looseObject({
          number_hash: opaque('the hash'),
          expiration_date_hash: opaque('the hash').optional(),
          security_code_hash: opaque('the hash').optional(),
          cardholder_name_hash: opaque('the hash').optional(),
        }),
      }),
      z.looseObject({
        type: z.literal('tokenized_card'),
        tokenized_card: z.looseObject({ token: opaque('the card token') }),
      }),
    ],
    'must say encrypted_card or tokenized_card; open card numbers are not taken',
  ),
});

/** The destination of a payout, checked before it is sent. */
export const destinationSchema = z.discriminatedUnion(
  'type',
  [bankAccountSchema, cardSchema],
  'must say bank_account or card: build it with destination.accountToken and its siblings',
);
