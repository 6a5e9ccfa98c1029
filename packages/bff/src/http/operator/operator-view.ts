import * as z from 'zod';
import type { PayoutFile } from '../../operator/operator.js';
import {
  type Attempt,
  attemptOutcomes,
  confirmModes,
  destinationKinds,
  type JournalEntry,
  type Payout,
  payoutStatuses,
  wordGivers,
} from '../../payout/payout.js';
import type { SwitchFlip } from '../../store/store.js';
import { iso, moment } from '../browser/payout-view.js';
import { noticeView, toNoticeView } from '../merchant/merchant-view.js';
import { json, names } from '../route/route.js';

/** A payout as its operators see it: the row as it is kept, without digests and what only the engine counts. */
export const operatorPayout = z
  .strictObject({
    id: z.string(),
    ref: z.string(),
    subject: z.string().describe("The recipient, in the merchant's words."),
    status: z.enum(payoutStatuses),
    attention: z.string().nullable().describe('While `needs_attention`: what a person must look at.'),
    heldFrom: z.enum(payoutStatuses).nullable().describe('While `needs_attention`: the status before.'),
    version: z.int().positive(),
    attempt: z.int().positive(),
    amount: z.int().positive().describe('Minor units: 1050.00 RUB is 105000.'),
    currency: z.string(),
    description: z.string(),
    metadata: json,
    confirm: z.enum(confirmModes),
    word: z
      .strictObject({ say: z.enum(['confirm', 'cancel']), by: z.enum(wordGivers) })
      .nullable()
      .describe('Our word that the bank is still to be told.'),
    errorCode: z.string().nullable(),
    returnedAmount: z.int().nonnegative(),
    confirmBy: moment.nullable(),
    doubtSince: moment.nullable().describe('Since when the bank shows what cannot follow from what we know.'),
    askedAt: moment.nullable().describe('When the bank was last asked.'),
    dueAt: moment.nullable().describe('When the engine looks next; null when nothing is expected.'),
    createdAt: moment,
    updatedAt: moment,
    finishedAt: moment.nullable(),
  })
  .register(names, { id: 'OperatorPayout' });

export type OperatorPayout = z.infer<typeof operatorPayout>;

const attemptView = z
  .strictObject({
    number: z.int().positive(),
    destination: z.strictObject({ kind: z.enum(destinationKinds), masked: z.string().nullable() }),
    sessionId: z.string().nullable().describe('By this the bank knows the attempt.'),
    outcome: z
      .enum(attemptOutcomes)
      .describe(
        "`dead`: the bank's own answer proves that it moves no money. `written_off`: an operator said so.",
      ),
    starts: z.int().nonnegative().describe('How often `start` may have been sent.'),
    startedAt: moment.nullable(),
    startError: z.string().nullable(),
    confirms: z.int().nonnegative(),
    confirmedAt: moment.nullable(),
    cancels: z.int().nonnegative(),
    cancelledAt: moment.nullable(),
  })
  .register(names, { id: 'Attempt' });

const journalView = z
  .strictObject({
    version: z.int().positive(),
    at: moment,
    kind: z.string(),
    attempt: z.int().positive(),
    from: z.enum(payoutStatuses).nullable(),
    to: z.enum(payoutStatuses),
    data: z.record(z.string(), z.union([z.string(), z.number(), z.boolean(), z.null()])),
  })
  .register(names, { id: 'JournalEntry' });

/** A payout with everything that is kept about it. */
export const payoutFile = z
  .strictObject({
    payout: operatorPayout,
    attempts: z.array(attemptView),
    journal: z.array(journalView).describe('Every step, the oldest first; 1,000 at most.'),
    notices: z.array(noticeView),
  })
  .register(names, { id: 'PayoutFile' });

export type PayoutFileView = z.infer<typeof payoutFile>;

export const pauseView = z
  .strictObject({
    start: z.boolean().describe('No payout is started.'),
    confirm: z.boolean().describe('No payout is confirmed.'),
    log: z
      .array(
        z.strictObject({
          switch: z.enum(['start', 'confirm']),
          paused: z.boolean(),
          by: z.string(),
          why: z.string(),
          at: moment,
        }),
      )
      .describe('The newest first; 50 at most.'),
  })
  .register(names, { id: 'Pause' });

export type PauseView = z.infer<typeof pauseView>;

/** Turns a row into what operators may see. */
export function toOperatorPayout(payout: Payout): OperatorPayout {
  const { id, ref, subject, status, attention, heldFrom, version, attempt, amount, currency } = payout;
  const { description, metadata, confirm, word, errorCode, returnedAmount } = payout;
  return {
    ...{ id, ref, subject, status, attention, heldFrom, version, attempt, amount, currency },
    ...{ description, metadata, confirm, errorCode, returnedAmount },
    word: word && { say: word.say, by: word.by },
    confirmBy: iso(payout.confirmBy),
    doubtSince: iso(payout.doubtSince),
    askedAt: iso(payout.askedAt),
    dueAt: iso(payout.dueAt),
    createdAt: new Date(payout.createdAt).toISOString(),
    updatedAt: new Date(payout.changedAt).toISOString(),
    finishedAt: iso(payout.finishedAt),
  };
}

export function toPayoutFile({ payout, attempts, journal, notices }: PayoutFile): z.infer<typeof payoutFile> {
  return {
    payout: toOperatorPayout(payout),
    attempts: attempts.map(toAttemptView),
    journal: journal.map(toJournalView),
    notices: notices.map(toNoticeView),
  };
}

function toAttemptView(attempt: Attempt): z.infer<typeof attemptView> {
  const { number, destination: kind, masked, sessionId, outcome, starts, startError } = attempt;
  const { confirms, cancels } = attempt;
  return {
    ...{ number, destination: { kind, masked }, sessionId, outcome },
    ...{ starts, startError, confirms, cancels },
    startedAt: iso(attempt.startedAt),
    confirmedAt: iso(attempt.confirmedAt),
    cancelledAt: iso(attempt.cancelledAt),
  };
}

function toJournalView({
  version,
  at,
  kind,
  attempt,
  from,
  to,
  data,
}: JournalEntry): z.infer<typeof journalView> {
  return { version, at: new Date(at).toISOString(), kind, attempt, from, to, data: { ...data } };
}

export function toFlipView({ name, paused, by, why, at }: SwitchFlip) {
  return { switch: name, paused, by, why, at: new Date(at).toISOString() };
}
