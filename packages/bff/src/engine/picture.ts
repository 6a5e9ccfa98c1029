import type { SessionReading } from './observation.js';

/**
 * What a session shows, reduced to the cases that call for different conduct. The four session statuses that matter,
 * the payout statuses and `next_action` are documented; which of them occur together is partly inferred, so anything
 * not listed here is `odd`.
 */
export const pictures = [
  /** created, no payout: start has not arrived (yet). */
  'idle',
  /** in_progress, no payout yet. */
  'opening',
  /** The bank works on the payout. */
  'working',
  /** The bank waits for our word. */
  'waiting',
  /** Payout pending, but the bank does not ask: our word is being taken. */
  'taken',
  'paid',
  /** The payout failed: it can move no money. */
  'refused',
  /** Session cancelled without a payout. */
  'cancelled',
  /** Session cancelled while the payout waited for our word. */
  'cancelled_waiting',
  /** Session cancelled, but the payout is said to be worked on. */
  'cancelled_working',
  /** Session `error`: unexpected, outcome unknown, not final (documented). */
  'error',
  'many',
  'odd',
] as const;

export type Picture = (typeof pictures)[number];

/** Reduces a session to its picture. */
export function pictureOf(session: SessionReading): Picture {
  if (session.status === 'error') return 'error';
  if (session.payouts.length > 1) return 'many';
  const [payout] = session.payouts;
  return payout ? withPayout(session, payout.status) : withoutPayout(session);
}

function withoutPayout({ status, nextAction }: SessionReading): Picture {
  if (nextAction !== null) return 'odd';
  if (status === 'created') return 'idle';
  if (status === 'in_progress') return 'opening';
  return status === 'cancelled' ? 'cancelled' : 'odd';
}

function withPayout({ status, nextAction }: SessionReading, payoutStatus: string): Picture {
  const asked = nextAction === 'confirm';
  if (nextAction !== null && !asked) return 'odd';
  if (status === 'in_progress') return inProgress(payoutStatus, asked);
  if (asked) return 'odd';
  if (status === 'accepted') return settled(payoutStatus);
  return status === 'cancelled' ? whenCancelled(payoutStatus) : 'odd';
}

function inProgress(payoutStatus: string, asked: boolean): Picture {
  if (payoutStatus === 'pending') return asked ? 'waiting' : 'taken';
  if (asked) return 'odd';
  return payoutStatus === 'in_progress' ? 'working' : settled(payoutStatus);
}

function settled(payoutStatus: string): Picture {
  if (payoutStatus === 'succeeded') return 'paid';
  return payoutStatus === 'failed' ? 'refused' : 'odd';
}

function whenCancelled(payoutStatus: string): Picture {
  if (payoutStatus === 'failed') return 'refused';
  if (payoutStatus === 'pending') return 'cancelled_waiting';
  return payoutStatus === 'in_progress' ? 'cancelled_working' : 'odd';
}
