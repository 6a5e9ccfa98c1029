import type { Fault } from './model.js';

/** Why payouts fail (documented: Errors; the descriptions are ours). */
const DESCRIPTIONS: Readonly<Record<string, string>> = {
  operation_rejected: 'Operation rejected by security rules',
  account_not_found: 'Account not found',
  provider_internal_error: 'Provider internal error',
  provider_issuer_unavailable: 'The issuing bank is unavailable',
  provider_timeout: 'The provider gave no answer in time',
  provider_exceeds_amount_limit: 'The amount is larger than the provider allows',
  amount_less_allowed_provider: 'The amount is smaller than the provider allows',
  insufficient_wallet_balance: 'Insufficient wallet balance',
  wallet_internal_error: 'Wallet internal error',
  routing_internal_error: 'Routing internal error',
  declined_by_issuer_bank: 'Declined by the issuing bank',
  not_permitted_by_issuer_bank: 'Not permitted by the issuing bank',
  bank_card_expired: 'The card has expired',
  card_number_does_not_exist: 'There is no such card',
  activity_count_exceeded: 'The card has reached a limit',
  confirm_timeout: 'The payout was not confirmed in time and is cancelled',
  session_cancelled: 'The session was cancelled',
  session_cancelled_by_partner: 'The session was cancelled by the partner',
};

/** Codes a payout may fail with. A bank may make new ones (documented), so others are taken too. */
export const FAILURE_CODES = Object.keys(DESCRIPTIONS);

/** The bank's error object for a code. */
export function causeOf(code: string): Fault {
  return { code, description: DESCRIPTIONS[code] ?? 'The payout failed' };
}

/** Those that end the session itself. */
export function cancelsSession({ code }: Fault): boolean {
  return code === 'confirm_timeout' || code.startsWith('session_cancelled');
}
