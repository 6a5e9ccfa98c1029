import type { PayoutRecord } from '../payout/payout.js';
import { currentAttempt } from '../payout/payout.js';
import type { SessionReading } from './observation.js';
import type { EngineRules } from './rules.js';

/** A difference between what we recorded and what the bank is about to pay. */
export type Mismatch = 'session' | 'payouts' | 'amount' | 'currency' | 'destination' | 'metadata';

/**
 * Compares what the bank shows with what was recorded, before our word (or, after the fact, to raise an alarm).
 * An empty answer is the only one that permits a confirm.
 */
export function mismatches(record: PayoutRecord, session: SessionReading, rules: EngineRules): Mismatch[] {
  const { payout } = record;
  const [shown] = session.payouts;
  if (!shown || session.payouts.length !== 1) return ['payouts'];
  const found: Mismatch[] = [];
  if (session.id !== currentAttempt(record).sessionId) found.push('session');
  if (shown.amount !== payout.amount) found.push('amount');
  if (shown.currency !== payout.currency) found.push('currency');
  if (shown.destination === 'other') found.push('destination');
  if (shown.destination === 'silent' && rules.destinationCheck === 'required') found.push('destination');
  if (shown.metadata === 'other') found.push('metadata');
  return found;
}
