import { type HandStep, maskOf } from '../bank/bank.js';
import type {
  Destination,
  Fault,
  Payout,
  PayoutStatus,
  Refund,
  Session,
  SessionStatus,
  Version,
} from '../bank/model.js';
import { type Outcome, outcomeOf } from '../bank/outcomes.js';

/** A payout as the desk may see it: numbers masked, no token, no name. */
export interface PayoutView {
  readonly id: string;
  readonly status: PayoutStatus;
  /** Minor units. */
  readonly amount: number;
  readonly currency: 'RUB';
  readonly masked_account?: string;
  readonly masked_card?: string;
  readonly masked_phone?: string;
  /** What the recipient reads on their statement. */
  readonly description?: string;
  /** What the sandbox does with it. */
  readonly outcome: Outcome;
  readonly created_at: string;
  readonly finished_at: string | null;
  readonly error: Fault | null;
  readonly refunds: readonly Refund[];
  readonly metadata: unknown;
}

/** A session with what may be done to it by hand. */
export interface SessionDetail extends SessionView {
  readonly steps: readonly HandStep[];
  /** How much can still come back, minor units. */
  readonly returnable: number;
}

/** A session as the desk may see it. */
export interface SessionView {
  readonly id: string;
  /** Of the call that made it. */
  readonly version: Version;
  readonly status: SessionStatus;
  readonly next_action: 'confirm' | null;
  readonly created_at: string;
  readonly updated_at: string;
  readonly finished_at: string | null;
  readonly payouts: readonly PayoutView[];
  /** The partner's own words about the payout, before its start too. */
  readonly metadata: unknown;
}

export function sessionView(session: Session): SessionView {
  const { id, version, status, created_at, updated_at, finished_at = null, next_action = null } = session;
  const payouts = session.payouts.map(payoutView);
  const metadata = payouts.at(-1)?.metadata ?? session.order.metadata ?? null;
  return { id, version, status, next_action, created_at, updated_at, finished_at, payouts, metadata };
}

function payoutView(payout: Payout): PayoutView {
  const {
    id,
    status,
    amount,
    created_at,
    finished_at = null,
    error = null,
    refunds,
    metadata = null,
  } = payout;
  return {
    id,
    status,
    amount,
    currency: 'RUB',
    ...maskOf(payout.destination),
    ...descriptionOf(payout.destination),
    outcome: outcomeOf(payout.destination),
    created_at,
    finished_at,
    error,
    refunds,
    metadata,
  };
}

function descriptionOf(destination: Destination): { description?: string } {
  const description = 'description' in destination ? destination.description : undefined;
  return description === undefined ? {} : { description };
}
