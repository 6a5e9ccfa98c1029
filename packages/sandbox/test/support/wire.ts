/** The bank's answers as the tests read them. Fields that a test does not expect are simply not there. */
export interface Answer {
  readonly status: string;
  readonly error: { readonly code: string; readonly description: string };
  readonly session: WireSession;
  readonly public_token: string;
  readonly token: string;
  readonly data: { readonly token: string; readonly number_hash: string; readonly masked_account: string };
  readonly info: Record<string, unknown>;
  readonly wallets: readonly [{ readonly id: string; readonly amount_details: { readonly amount: number } }];
  readonly banks: readonly Record<string, unknown>[];
}

export interface WireSession {
  readonly id: string;
  readonly status: string;
  readonly next_action: string | undefined;
  readonly payments: readonly [WirePayout];
  readonly payout_list: readonly [WirePayout];
}

export interface WirePayout {
  readonly id: string;
  readonly status: string;
  readonly finished_at: string;
  readonly metadata: unknown;
  readonly error: { readonly code: string };
  readonly payment_method: WireDetails;
  readonly payout_details: WireDetails;
}

interface WireDetails {
  readonly type: string;
  readonly card: Record<string, unknown>;
  readonly bank_account: { readonly ru: Record<string, unknown> };
}

export interface Webhook {
  readonly type: string;
  readonly session: WireSession;
}

/** The JSON of an answer. */
export async function answerOf(response: Response): Promise<Answer> {
  return response.json();
}
