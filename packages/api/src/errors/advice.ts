/**
 * What to do about an error code of the bank. For `session/start/payout`, `session/init/payout`, `session/confirm`
 * and `session/cancel` every advice comes second to this: ask `session/status`, and act on what it says.
 *
 * - `fix-request`: the bank does not accept the data; correct it and ask again.
 * - `change-destination`: the account or card is wrong, unknown or not allowed; ask the recipient for another.
 * - `change-amount`: outside the limits of the provider or of the operation.
 * - `check-signature`: `X-PARTNER-SIGN` was not accepted: the key, or bytes changed on the way.
 * - `check-project`: the project has no such right, or it is the wrong project.
 * - `top-up-balance`: the merchant's own balance at the bank is too low.
 * - `retry-later`: a fault on the bank's side; the same request may be made again later.
 * - `read-status`: the operation may exist or be over already; `session/status` tells.
 * - `start-again`: this operation is over without effect; a new session may be made once `session/status` agrees.
 * - `do-not-retry`: refused for good.
 * - `contact-bank`: not for a program to solve; also the advice for codes this package does not know.
 */
export type Advice =
  | 'fix-request'
  | 'change-destination'
  | 'change-amount'
  | 'check-signature'
  | 'check-project'
  | 'top-up-balance'
  | 'retry-later'
  | 'read-status'
  | 'start-again'
  | 'do-not-retry'
  | 'contact-bank';

/**
 * Advice by code. Where the bank's error page says what to do (documented), that is what stands here; the lines
 * marked `inferred` are deductions from the code's meaning. The bank's list is longer and may change.
 */
const adviceByCode = new Map<string, Advice>([
  ['identification_error', 'fix-request'],
  ['authentication_error', 'check-signature'],
  ['authorization_error', 'check-project'],
  ['invalid_request', 'fix-request'],
  ['internal_error', 'retry-later'],
  ['idempotency_key_already_exists', 'read-status'], // seen in the bank's PHP SDK; inferred
  ['session_wrong_state', 'read-status'], // inferred
  ['session_cancelled', 'start-again'], // inferred
  ['session_cancelled_by_partner', 'start-again'], // inferred
  ['confirm_timeout', 'start-again'],
  ['capture_timeout', 'read-status'],
  ['operation_rejected', 'do-not-retry'], // inferred
  ['account_not_found', 'change-destination'],
  ['insufficient_wallet_balance', 'top-up-balance'], // inferred
  ['insufficient_funds', 'do-not-retry'], // inferred
  ['wallet_internal_error', 'retry-later'], // inferred
  ['routing_internal_error', 'retry-later'], // inferred
  ['npd_service_internal_error', 'retry-later'], // inferred
  ['provider_internal_error', 'retry-later'],
  ['provider_issuer_unavailable', 'retry-later'],
  ['provider_timeout', 'read-status'], // inferred
  ['provider_exceeds_amount_limit', 'change-amount'],
  ['amount_less_allowed_provider', 'change-amount'],
  ['refund_amount_too_large', 'change-amount'],
  ['provider_foreign_transfer_prohibited', 'change-destination'],
  ['activity_count_exceeded', 'change-destination'],
  ['bank_card_expired', 'change-destination'],
  ['card_number_does_not_exist', 'change-destination'],
  ['declined_by_issuer_bank', 'do-not-retry'], // inferred
  ['not_permitted_by_issuer_bank', 'do-not-retry'], // inferred
  ['binding_is_deactivated', 'contact-bank'],
  ['3DS_error', 'start-again'],
  ['taxpayer_unknown', 'fix-request'],
  ['taxpayer_not_bound', 'fix-request'],
  ['taxpayer_already_bound', 'fix-request'],
  ['taxpayer_income_exceeds_amount_limit', 'change-amount'],
]);

/**
 * The advice for an error code. A code that is not known gets `retry-later` when the HTTP status says so
 * (429 or 5xx), else `contact-bank`.
 */
export function adviceFor(code: string, httpStatus: number): Advice {
  const busy = httpStatus === 429 || httpStatus >= 500;
  return adviceByCode.get(code) ?? (busy ? 'retry-later' : 'contact-bank');
}
