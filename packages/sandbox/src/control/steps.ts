import { z } from 'zod';
import { type Bank, HAND_STEPS, type HandStep } from '../bank/bank.js';
import type { Session } from '../bank/model.js';
import type { Journal } from './journal.js';

/** `POST /sandbox/sessions/:id/steps`: what the bank shall do now. */
export const stepOrder = z.strictObject({
  step: z.enum(HAND_STEPS, `must be one of ${HAND_STEPS.join(', ')}`),
  /** Why a payout fails: one of the bank's error codes. */
  code: z
    .string()
    .regex(/^[A-Za-z0-9_]{1,64}$/, 'must be an error code such as account_not_found')
    .optional(),
  /** How much comes back, minor units; by default all that is left. */
  amount: z.int('must be a whole number of kopecks').min(1, 'must be 1 kopeck or more').optional(),
});
export type StepOrder = z.infer<typeof stepOrder>;

/** A step cannot be done as things are; the message says what can. */
export class StepError extends Error {
  override readonly name = 'StepError';
}

/**
 * Does a step in the bank's place, at once and whatever the account's ending says.
 *
 * @throws StepError when the session is in a state that does not allow it; Refusal for an unknown session
 */
export function takeStep(bank: Bank, journal: Journal, session: Session, order: StepOrder): Session {
  const possible = bank.stepsFor(session);
  if (!possible.includes(order.step)) throw new StepError(impossible(order.step, possible));
  const { step, code = 'provider_internal_error', amount } = order;
  const left = bank.leftToReturn(session.id);
  if (step === 'return' && amount !== undefined && amount > left) {
    throw new StepError(`amount: only ${left} kopecks of this payout can still come back`);
  }
  journal.add({
    kind: 'hand',
    step,
    sessionId: session.id,
    ...(step === 'fail' && { code }),
    ...(step === 'return' && { amount: amount ?? left }),
  });
  return DO[step](bank, session.id, { code, amount });
}

interface Details {
  readonly code: string;
  readonly amount: number | undefined;
}

const DO: Readonly<Record<HandStep, (bank: Bank, id: string, details: Details) => Session>> = {
  ready: (bank, id) => bank.makeReady(id),
  confirm: (bank, id) => bank.confirm(id).session,
  cancel: (bank, id) => bank.cancel(id),
  succeed: (bank, id) => bank.succeedNow(id),
  fail: (bank, id, { code }) => bank.failNow(id, code),
  return: (bank, id, { amount }) => bank.giveBack(id, amount),
};

function impossible(step: HandStep, possible: readonly HandStep[]): string {
  if (possible.length === 0) return `${step} is not possible now, and nothing else is: this payout has ended`;
  return `${step} is not possible now; possible: ${possible.join(', ')}`;
}
