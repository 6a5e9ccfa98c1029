import type {
  BankAccountDetails,
  CardDetails,
  EncryptedCard,
  FpsDestination,
  RuAccountByNumber,
  RuAccountByToken,
  TokenizedCard,
} from './request.js';

/** Builds `payout_details`, one function a kind of destination. Values are checked when the request is made. */
export const destination = {
  /** A Russian account by the token of the widget or of `tokenize`. */
  accountToken(ru: RuAccountByToken): BankAccountDetails {
    return { type: 'bank_account', bank_account: { system_type: 'ru', ru } };
  },

  /** A Russian account by BIK and account number. */
  account(ru: RuAccountByNumber): BankAccountDetails {
    return { type: 'bank_account', bank_account: { system_type: 'ru', ru } };
  },

  /** The Faster Payments System, by phone number and bank. */
  fps(fps: FpsDestination): BankAccountDetails {
    return {
      type: 'bank_account',
      bank_account: { system_type: 'faster_payment_system', faster_payment_system: fps },
    };
  },

  /** A card by the hash that the widget gave. */
  cardHash(card: EncryptedCard): CardDetails {
    return { type: 'card', card: { type: 'encrypted_card', encrypted_card: card } };
  },

  /** A card by its token. */
  cardToken(card: TokenizedCard): CardDetails {
    return { type: 'card', card: { type: 'tokenized_card', tokenized_card: card } };
  },
};
