import * as z from 'zod';
import { digits, opaque } from '../schema/text.js';

/**
 * `token`: for which widgets a public token is wanted; at least one, several may be asked for at once (seen in the
 * bank's PHP SDK).
 */
export interface TokenRequest {
  /** The widget that takes an account or a card (documented). `locale` is documented by a sibling platform only. */
  tokenize_widget?: { access: boolean; locale?: string | undefined } | undefined;
  /** The payment form (documented). */
  acquiring_widget?:
    | {
        session_id: string;
        show_recurrent_checkbox?: boolean | undefined;
        success_return_url?: string | undefined;
        failure_return_url?: string | undefined;
        success_on_hold?: boolean | undefined;
        locale?: string | undefined;
      }
    | undefined;
  /** The widget that binds a self-employed person; 12 digits (seen in the bank's PHP SDK). */
  self_employed_widget?: { tax_reference: string } | undefined;
}

/**
 * `token/info`: what is to be told about.
 * `card` is seen in the bank's PHP SDK, `public_token` and `recurrent_token` in a sibling platform's documentation.
 * `bank_account_ru` is **inferred**: that account tokens can be asked about is documented, how is not. Should the bank
 * name another shape, give it as the client's option `inferred.accountTokenInfo`.
 */
export type TokenInfoRequest =
  | { type: 'card'; card: { type: 'encrypted_card'; encrypted_card: { number_hash: string } } }
  | { type: 'public_token'; public_token: { token: string } }
  | { type: 'recurrent_token'; recurrent_token: { token: string } }
  | { type: 'bank_account_ru'; bank_account_ru: { token: string } };

const url = z.url('must be a full URL, such as https://shop.example/paid').optional();

/** Checks `token`. */
export const tokenRequestSchema = z
  .looseObject({
    tokenize_widget: z.looseObject({ access: z.boolean(), locale: z.string().optional() }).optional(),
    acquiring_widget: z
      .looseObject({
        session_id: opaque('the session id'),
        show_recurrent_checkbox: z.boolean().optional(),
        success_return_url: url,
        failure_return_url: url,
        success_on_hold: z.boolean().optional(),
        locale: z.string().optional(),
      })
      .optional(),
    self_employed_widget: z.looseObject({ tax_reference: digits(12, 'INN of the person') }).optional(),
  })
  .refine(
    (request) => Object.values(request).some((widget) => widget !== undefined),
    'names no widget: give tokenize_widget, acquiring_widget or self_employed_widget',
  );

const byToken = z.looseObject({ token: opaque('the token') });

/** Checks `token/info`. */
export const tokenInfoRequestSchema = z.discriminatedUnion(
  'type',
  [
    z.looseObject({
      type: z.literal('card'),
      card: z.looseObject({
        type: z.literal('encrypted_card', 'must say encrypted_card'),
        encrypted_card: z.looseObject({ number_hash: opaque('the hash') }),
      }),
    }),
    z.looseObject({ type: z.literal('public_token'), public_token: byToken }),
    z.looseObject({ type: z.literal('recurrent_token'), recurrent_token: byToken }),
    z.looseObject({ type: z.literal('bank_account_ru'), bank_account_ru: byToken }),
  ],
  'must say card, public_token, recurrent_token or bank_account_ru',
);
