import type { ErrorFace } from './names.js';

/** What the table knows of an error code. */
export interface ErrorRow {
  readonly face: ErrorFace;
  /** Whether money can have moved: `no` by this error, `unknown` where another payout stands behind it. */
  readonly money: 'no' | 'unknown';
  /** Trying again may help; the face has a button for it. */
  readonly retryable: boolean;
}

/**
 * From every error code of the element, the loader and the backend to what the recipient sees. Each raises a
 * `b131-error` event with the code. Where a request that may have started a payout is left without an answer,
 * the face is `unsure` whatever the code.
 */
export const errorTable = {
  // Of the page and the element
  'inside-form': { face: 'inside_form', money: 'no', retryable: false },
  busy: { face: 'busy', money: 'no', retryable: true },
  misconfigured: { face: 'misconfigured', money: 'no', retryable: false },
  // Of the loader and the widget
  blocked: { face: 'blocked', money: 'no', retryable: false },
  offline: { face: 'offline', money: 'no', retryable: true },
  timeout: { face: 'timeout', money: 'no', retryable: true },
  'load-failed': { face: 'load_failed', money: 'no', retryable: true },
  'bad-script': { face: 'bad_script', money: 'no', retryable: true },
  'widget-failed': { face: 'form', money: 'no', retryable: true },
  'forged-message': { face: 'form', money: 'no', retryable: false },
  // Of the ticket
  ticket_missing: { face: 'ticket_missing', money: 'no', retryable: true },
  ticket_invalid: { face: 'ticket_invalid', money: 'no', retryable: false },
  ticket_audience: { face: 'ticket_invalid', money: 'no', retryable: false },
  ticket_scope: { face: 'ticket_invalid', money: 'no', retryable: false },
  ticket_expired: { face: 'ticket_expired', money: 'no', retryable: true },
  ticket_mismatch: { face: 'ticket_mismatch', money: 'no', retryable: false },
  // Of the payout
  payout_in_progress: { face: 'payout_in_progress', money: 'unknown', retryable: false },
  payout_finished: { face: 'payout_finished', money: 'unknown', retryable: false },
  payout_changed: { face: 'not_confirmable', money: 'unknown', retryable: false },
  attempts_exhausted: { face: 'attempts_exhausted', money: 'no', retryable: false },
  limit_exceeded: { face: 'limit_exceeded', money: 'no', retryable: true },
  not_confirmable: { face: 'not_confirmable', money: 'unknown', retryable: false },
  payout_not_found: { face: 'internal', money: 'no', retryable: true },
  view_token_invalid: { face: 'ticket_expired', money: 'unknown', retryable: true },
  // Of the backend and the bank
  bank_unavailable: { face: 'bank_unavailable', money: 'no', retryable: true },
  bank_refused: { face: 'bank_unavailable', money: 'no', retryable: true },
  backend_busy: { face: 'bank_unavailable', money: 'no', retryable: true },
  rate_limited: { face: 'bank_unavailable', money: 'no', retryable: true },
  store_unavailable: { face: 'bank_unavailable', money: 'no', retryable: true },
  ticket_keys_unavailable: { face: 'bank_unavailable', money: 'no', retryable: true },
  origin_not_allowed: { face: 'misconfigured', money: 'no', retryable: false },
  method_not_allowed: { face: 'misconfigured', money: 'no', retryable: false },
  headers_too_large: { face: 'misconfigured', money: 'no', retryable: false },
  not_found: { face: 'misconfigured', money: 'no', retryable: false },
  url_too_long: { face: 'internal', money: 'no', retryable: true },
  body_too_large: { face: 'internal', money: 'no', retryable: true },
  unsupported_media_type: { face: 'internal', money: 'no', retryable: true },
  invalid_json: { face: 'internal', money: 'no', retryable: true },
  invalid_request: { face: 'internal', money: 'no', retryable: true },
  internal_error: { face: 'internal', money: 'no', retryable: true },
  network: { face: 'internal', money: 'no', retryable: true },
  unreadable: { face: 'internal', money: 'no', retryable: true },
} as const satisfies Record<string, ErrorRow>;

/** Codes of `b131-error`. */
export type ErrorCode = keyof typeof errorTable;

/**
 * The element's code for one of the backend: the same, but for its `busy`, which on a page means another form. What is
 * not in the table is `internal_error`.
 */
export function backendCode(code: string): ErrorCode {
  if (code === 'busy') return 'backend_busy';
  return isKnown(code) ? code : 'internal_error';
}

/** The table's row of a code. */
export function errorRow(code: ErrorCode): ErrorRow {
  return errorTable[code];
}

function isKnown(code: string): code is ErrorCode {
  return Object.hasOwn(errorTable, code);
}
