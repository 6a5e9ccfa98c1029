/** API version of a call; decides the names of fields on the wire (documented: Format). */
export type Version = 'v1' | 'v2';

/** documented: Objects. `error` is not final. */
export type SessionStatus = 'created' | 'in_progress' | 'accepted' | 'cancelled' | 'error';
/** documented: Objects. */
export type PayoutStatus = 'in_progress' | 'pending' | 'succeeded' | 'failed';

/** documented: Webhooks (the three that payouts send). */
export const WEBHOOK_TYPES = ['ready_to_confirm', 'payment_finished', 'payment_refunded'] as const;
export type WebhookType = (typeof WEBHOOK_TYPES)[number];

/** The bank's error object (documented: Methods). */
export interface Fault {
  readonly code: string;
  readonly description: string;
}

/** A recipient's Russian account; `token` is set when the payout named the token and not the numbers. */
export interface AccountDestination {
  readonly kind: 'bank_account';
  readonly token?: string | undefined;
  readonly bik: string;
  readonly account: string;
  readonly full_name: string;
  readonly description: string;
  readonly inn?: string | undefined;
  readonly kpp?: string | undefined;
  readonly is_fast?: boolean | undefined;
}

export interface CardDestination {
  readonly kind: 'card';
  readonly number: string;
}

/** Faster Payments System: by phone number. */
export interface FpsDestination {
  readonly kind: 'fps';
  readonly phone: string;
  readonly bank_id: string;
  readonly description?: string | undefined;
}

/** No payout, but the question whose phone it is (documented: it answers as a session). */
export interface FpsCheckDestination {
  readonly kind: 'fps_check';
  readonly phone: string;
  readonly bank_id: string;
}

export type Destination = AccountDestination | CardDestination | FpsDestination | FpsCheckDestination;

/** What may be given at `session/create`, at `session/start/payout` or in part at each. */
export interface PayoutOrder {
  readonly destination?: Destination;
  readonly amount?: number;
  readonly customer?: unknown;
  readonly participant_details?: unknown;
  readonly metadata?: unknown;
  readonly fiscalization_details?: unknown;
}

export interface Refund {
  readonly id: string;
  readonly status: 'accepted';
  readonly created_at: string;
  readonly finished_at: string;
  readonly amount: number;
}

export interface Payout {
  readonly id: string;
  readonly status: PayoutStatus;
  readonly created_at: string;
  readonly finished_at?: string;
  readonly destination: Destination;
  /** Minor units (kopecks). */
  readonly amount: number;
  readonly customer?: unknown;
  readonly participant_details?: unknown;
  readonly metadata?: unknown;
  readonly fiscalization_details?: unknown;
  readonly error?: Fault;
  readonly refunds: readonly Refund[];
}

export interface Session {
  readonly id: string;
  /** The version of the call that made the session. */
  readonly version: Version;
  readonly status: SessionStatus;
  readonly created_at: string;
  readonly updated_at: string;
  readonly finished_at?: string;
  readonly next_action?: 'confirm';
  /** Until when the bank waits for confirmation. */
  readonly confirmBy?: string;
  readonly order: PayoutOrder;
  readonly payouts: readonly Payout[];
}

/** One entry each time money moves. */
export interface Movement {
  readonly payout_id: string;
  readonly session_id: string;
  /** Minor units. */
  readonly amount: number;
  readonly currency: 'RUB';
  readonly masked_account?: string;
  readonly masked_card?: string;
  readonly masked_phone?: string;
  readonly metadata: unknown;
  /** ISO 8601. */
  readonly at: string;
  readonly kind: 'paid' | 'returned';
}

/** A refusal of a call in the bank's words: HTTP 200, `{status: "error", error: {code, description}}`. */
export class Refusal extends Error {
  override readonly name = 'Refusal';
  readonly code: string;
  /** For the desk: what was wrong and what to do, in more words than the bank would use. */
  readonly hint: string | undefined;

  constructor(code: string, description: string, hint?: string) {
    super(description);
    this.code = code;
    this.hint = hint;
  }
}

/** A refusal because of what the caller sent. */
export function invalidRequest(description: string): Refusal {
  return new Refusal('invalid_request', description);
}
