import type { StartPayoutRequest } from '@b131/api';
import type { Attempt, JsonValue, Payout, PersonalContent } from '../payout/payout.js';

/** What the kit writes into the bank's `metadata`, which the bank echoes (documented): whose payout a session is. */
export function kitMetadata(payout: Payout, attempt: Attempt) {
  const merchant: { merchant?: JsonValue } = payout.metadata === null ? {} : { merchant: payout.metadata };
  return { payout: payout.id, attempt: attempt.number, ref: payout.ref, ...merchant };
}

/** The one request that can lead to money: all of it comes from the ticket and the widget's token. */
export function startRequest(
  payout: Payout,
  attempt: Attempt,
  sessionId: string,
  { fullName, token }: PersonalContent,
): StartPayoutRequest {
  return {
    session_id: sessionId,
    payout_details: destinationOf(attempt, token, fullName, payout.description),
    amount_details: { amount: payout.amount, currency: payout.currency },
    metadata: kitMetadata(payout, attempt),
    // Card payouts need the recipient's name in practice; accounts carry it in their own field.
    ...(attempt.destination === 'card'
      ? { participant_details: { recipient: { full_name: fullName } } }
      : {}),
  };
}

function destinationOf(
  attempt: Attempt,
  token: string,
  full_name: string,
  description: string,
): NonNullable<StartPayoutRequest['payout_details']> {
  if (attempt.destination === 'card') {
    return { type: 'card', card: { type: 'encrypted_card', encrypted_card: { number_hash: token } } };
  }
  return { type: 'bank_account', bank_account: { system_type: 'ru', ru: { token, full_name, description } } };
}

/** The same for the same sending of the same step: the bank refuses to act twice on one key (seen in its SDK). */
export function idempotencyKey(payoutId: string, attempt: number, step: string, send: number): string {
  return `${payoutId}.${attempt}.${step}.${send}`;
}
