import type { NextName } from './table.js';

/** Bank codes of a failed payout that a recipient can act on, and what to do about each. */
export const failureTable = {
  account_not_found: ['checkAccount'],
  confirm_timeout: ['startAgain'],
  operation_rejected: ['otherMayWork'],
  session_cancelled: ['startAgain'],
  provider_internal_error: ['later', 'orOtherBank'],
  provider_issuer_unavailable: ['later', 'orOtherBank'],
  provider_timeout: ['later', 'orOtherBank'],
  provider_exceeds_amount_limit: ['otherBank'],
  amount_less_allowed_provider: ['otherBank'],
  provider_foreign_transfer_prohibited: ['russianBank'],
  bank_card_expired: ['otherCard'],
  card_number_does_not_exist: ['checkCard'],
  declined_by_issuer_bank: ['otherCard', 'askBank'],
  other: ['againOrOther'],
} as const satisfies Record<string, readonly NextName[]>;

/** Bank codes of a failed payout with a text of their own; the others get `other`. */
export type FailureName = keyof typeof failureTable;

/** The failure whose words fit a code of the bank. */
export function failureOf(code: string): FailureName {
  if (code === 'session_cancelled_by_partner') return 'session_cancelled';
  if (code === 'not_permitted_by_issuer_bank') return 'declined_by_issuer_bank';
  return isKnown(code) ? code : 'other';
}

function isKnown(code: string): code is FailureName {
  return Object.hasOwn(failureTable, code);
}
