import type { Payout as BankPayout, PayoutDetails, Refund, Session } from '@b131/api';
import type { Attempt, Payout } from '../payout/payout.js';
import type { Secrets } from '../secrets/secrets.js';
import type { Echo, PayoutReading, SessionReading } from './observation.js';
import { kitMetadata } from './requests.js';

/** Reduces a session of the bank to what the engine decides by. Reads tokens only to compare their digests. */
export async function readSession(
  session: Session,
  payout: Payout,
  attempt: Attempt,
  secrets: Secrets,
): Promise<SessionReading> {
  return {
    id: session.id,
    status: session.status,
    nextAction: session.next_action ?? null,
    confirmBy: timeOf(session.actions?.confirm),
    payouts: await Promise.all(session.payouts.map((shown) => readPayout(shown, payout, attempt, secrets))),
  };
}

async function readPayout(
  shown: BankPayout,
  payout: Payout,
  attempt: Attempt,
  secrets: Secrets,
): Promise<PayoutReading> {
  return {
    status: shown.status,
    amount: shown.amount_details?.amount ?? null,
    currency: shown.amount_details?.currency ?? null,
    destination: await compareDestination(shown.payout_details, attempt, secrets),
    metadata: compareMetadata(shown.metadata, payout, attempt),
    returned: (shown.refunds ?? []).reduce((sum, refund) => sum + returnedBy(refund, payout.amount), 0),
    errorCode: shown.error?.code ?? null,
  };
}

/**
 * Whether the bank echoes the token is not documented, nor is whether it then tells the open account instead: what
 * can be compared is compared, and what differs is a difference.
 */
async function compareDestination(
  details: PayoutDetails | undefined,
  attempt: Attempt,
  secrets: Secrets,
): Promise<Echo> {
  if (!details) return 'silent';
  if (details.type !== attempt.destination) return 'other';
  if (attempt.destination === 'card') return compareEnding(details.card?.last4, attempt.masked);
  const { token, account } = details.bank_account?.ru ?? {};
  if (token !== undefined)
    return (await secrets.matches('destination', token, attempt.digest)) ? 'same' : 'other';
  return compareEnding(account?.slice(-4), attempt.masked);
}

function compareEnding(last4: string | undefined, masked: string | null): Echo {
  if (last4 === undefined || masked === null) return 'silent';
  return masked.endsWith(last4) ? 'same' : 'other';
}

/** That metadata comes back as it was given is documented. */
function compareMetadata(shown: unknown, payout: Payout, attempt: Attempt): Echo {
  const sent = kitMetadata(payout, attempt);
  if (typeof shown !== 'object' || shown === null) return 'silent';
  const echoed = new Map(Object.entries(shown));
  if (!echoed.has('payout')) return 'silent';
  return echoed.get('payout') === sent.payout && echoed.get('attempt') === sent.attempt ? 'same' : 'other';
}

/** A refund without an amount is one of everything (inferred: the bank's examples leave it out for full refunds). */
function returnedBy(refund: Refund, amount: number): number {
  return refund.status === 'accepted' ? (refund.amount_details?.amount ?? amount) : 0;
}

/** `actions.confirm` was seen live with a time in it; that it is the deadline is inferred. */
function timeOf(text: string | undefined): number | null {
  const time = Date.parse(text ?? '');
  return Number.isNaN(time) ? null : time;
}
