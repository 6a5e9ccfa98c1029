import * as z from 'zod';
import {
  confirmModes,
  currentAttempt,
  destinationKinds,
  isRetryable,
  type Payout,
  type PayoutRecord,
  type PayoutStatus,
  payoutStatuses,
} from '../../payout/payout.js';
import { names } from '../route/route.js';

/** A moment in UTC, as `Date.toISOString` writes it. */
export const moment = z.iso.datetime({ precision: 3 });

/** A payout as the recipient's browser sees it. No name, no token, no account number. */
export const payoutView = z
  .strictObject({
    id: z.string(),
    ref: z.string(),
    status: z.enum(payoutStatuses),
    version: z.int().positive().describe('Grows with every change; the cursor of the event stream.'),
    attempt: z.int().positive(),
    amount: z.int().positive().describe('Minor units: 1050.00 RUB is 105000.'),
    currency: z.string().describe('ISO 4217, upper case.'),
    description: z.string(),
    destination: z.strictObject({
      kind: z.enum(destinationKinds),
      masked: z.string().nullable().describe('As the bank masks it; null until the bank told.'),
    }),
    confirm: z.enum(confirmModes).describe('Who has the last word before money moves.'),
    error: z
      .strictObject({ code: z.string() })
      .nullable()
      .describe("Why the attempt failed: the bank's code, or one of the kit's."),
    retryable: z.boolean().describe('Another account may be tried now.'),
    confirmBy: moment.nullable().describe('Until when the bank waits for a word, if it told.'),
    returnedAmount: z.int().nonnegative().describe("Minor units the recipient's bank has sent back so far."),
    createdAt: moment,
    updatedAt: moment,
    finishedAt: moment.nullable(),
  })
  .register(names, { id: 'Payout' });

export type PayoutView = z.infer<typeof payoutView>;

/** Turns a record into what its recipient may see. */
export function toPayoutView(record: PayoutRecord): PayoutView {
  const { payout } = record;
  const { destination: kind, masked } = currentAttempt(record);
  return {
    id: payout.id,
    ref: payout.ref,
    status: shownStatus(payout),
    version: payout.version,
    attempt: payout.attempt,
    amount: payout.amount,
    currency: payout.currency,
    description: payout.description,
    destination: { kind, masked },
    confirm: payout.confirm,
    error: payout.errorCode === null ? null : { code: payout.errorCode },
    retryable: isRetryable(record),
    confirmBy: iso(payout.confirmBy),
    returnedAmount: payout.returnedAmount,
    createdAt: new Date(payout.createdAt).toISOString(),
    updatedAt: new Date(payout.changedAt).toISOString(),
    finishedAt: iso(payout.finishedAt),
  };
}

/** Once a word is given nobody is asked for one any more, though the engine has yet to send it. */
function shownStatus({ status, word }: Payout): PayoutStatus {
  if (status !== 'awaiting_confirmation' || !word) return status;
  return word.say === 'confirm' ? 'confirming' : 'cancelling';
}

/** A time of ours as the answers write it. */
export function iso(time: number | null): string | null {
  return time === null ? null : new Date(time).toISOString();
}
