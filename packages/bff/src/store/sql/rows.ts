import * as z from 'zod';
import type { Attempt, JournalEntry, JsonValue, Payout, Personal } from '../../payout/payout.js';
import {
  attemptOutcomes,
  confirmModes,
  destinationKinds,
  payoutStatuses,
  wordGivers,
  wordReasons,
} from '../../payout/payout.js';
import type { Notice } from '../notice.js';
import type { SwitchFlip } from '../store.js';

/** A value a column can hold. */
export type Cell = string | number | null;
export type Row = Record<string, Cell>;

const json: z.ZodType<JsonValue> = z.json();
const status = z.enum(payoutStatuses);
const time = z.number();
const parsed = <T>(schema: z.ZodType<T>) => z.string().transform((text) => schema.parse(JSON.parse(text)));

const word = z.object({
  say: z.enum(['confirm', 'cancel']),
  by: z.enum(wordGivers),
  reason: z.enum(wordReasons),
});

const payoutRow = z
  .object({
    id: z.string(),
    scope: z.string(),
    ref: z.string(),
    subject: z.string(),
    amount: z.number(),
    currency: z.string(),
    description: z.string(),
    metadata: parsed(json),
    fingerprint: z.string(),
    confirm: z.enum(confirmModes),
    status,
    held_from: status.nullable(),
    attention: z.string().nullable(),
    version: z.number(),
    attempt: z.number(),
    asked_at: time.nullable(),
    word: parsed(word).nullable(),
    doubt_since: time.nullable(),
    error_code: z.string().nullable(),
    returned_amount: z.number(),
    reserved: parsed(z.object({ day: z.string(), keys: z.array(z.string()) })).nullable(),
    confirm_by: time.nullable(),
    due_at: time.nullable(),
    wakes: z.number(),
    created_at: time,
    changed_at: time,
    finished_at: time.nullable(),
  })
  .transform(
    ({
      held_from,
      asked_at,
      doubt_since,
      error_code,
      returned_amount,
      confirm_by,
      due_at,
      ...row
    }): Payout => {
      const { created_at, changed_at, finished_at, ...rest } = row;
      return {
        ...rest,
        heldFrom: held_from,
        askedAt: asked_at,
        doubtSince: doubt_since,
        errorCode: error_code,
        returnedAmount: returned_amount,
        confirmBy: confirm_by,
        dueAt: due_at,
        createdAt: created_at,
        changedAt: changed_at,
        finishedAt: finished_at,
      };
    },
  );

const attemptRow = z
  .object({
    payout_id: z.string(),
    number: z.number(),
    destination: z.enum(destinationKinds),
    masked: z.string().nullable(),
    digest: z.string(),
    session_id: z.string().nullable(),
    outcome: z.enum(attemptOutcomes),
    starts: z.number(),
    started_at: time.nullable(),
    start_error: z.string().nullable(),
    confirms: z.number(),
    confirmed_at: time.nullable(),
    cancels: z.number(),
    cancelled_at: time.nullable(),
  })
  .transform(
    ({ payout_id, session_id, started_at, start_error, confirmed_at, cancelled_at, ...rest }): Attempt => ({
      ...rest,
      payoutId: payout_id,
      sessionId: session_id,
      startedAt: started_at,
      startError: start_error,
      confirmedAt: confirmed_at,
      cancelledAt: cancelled_at,
    }),
  );

const journalRow = z
  .object({
    payout_id: z.string(),
    version: z.number(),
    at: time,
    kind: z.string(),
    attempt: z.number(),
    from_status: status.nullable(),
    to_status: status,
    data: parsed(z.record(z.string(), z.union([z.string(), z.number(), z.boolean(), z.null()]))),
  })
  .transform(
    ({ payout_id, from_status, to_status, ...rest }): JournalEntry => ({
      ...rest,
      payoutId: payout_id,
      from: from_status,
      to: to_status,
    }),
  );

const personalRow = z
  .object({ payout_id: z.string(), sealed: z.string() })
  .transform(({ payout_id, sealed }): Personal => ({ payoutId: payout_id, sealed }));

const noticeRow = z
  .object({
    id: z.string(),
    scope: z.string(),
    payout_id: z.string(),
    version: z.number(),
    type: z.string(),
    body: z.string(),
    created_at: time,
    due_at: time.nullable(),
    tries: z.number(),
    http_status: z.number().nullable(),
    delivered_at: time.nullable(),
  })
  .transform(
    ({ payout_id, created_at, due_at, http_status, delivered_at, ...rest }): Notice => ({
      ...rest,
      payoutId: payout_id,
      createdAt: created_at,
      dueAt: due_at,
      httpStatus: http_status,
      deliveredAt: delivered_at,
    }),
  );

const flipRow = z
  .object({
    id: z.string(),
    name: z.enum(['start', 'confirm']),
    paused: z.number(),
    flipped_by: z.string(),
    why: z.string(),
    at: time,
  })
  .transform(
    ({ paused, flipped_by, ...rest }): SwitchFlip => ({ ...rest, paused: paused === 1, by: flipped_by }),
  );

/** What the database says, as the kit's own rows. Throws when a row is not of this schema. */
export const readPayout = (row: unknown): Payout => payoutRow.parse(row);
export const readAttempt = (row: unknown): Attempt => attemptRow.parse(row);
export const readJournal = (row: unknown): JournalEntry => journalRow.parse(row);
export const readPersonal = (row: unknown): Personal => personalRow.parse(row);
export const readNotice = (row: unknown): Notice => noticeRow.parse(row);
export const readFlip = (row: unknown): SwitchFlip => flipRow.parse(row);

/** The kit's rows as columns, but for those that only the store itself writes (`wakes`, the lease). */
export function payoutCells(payout: Payout): Row {
  return {
    id: payout.id,
    scope: payout.scope,
    ref: payout.ref,
    subject: payout.subject,
    amount: payout.amount,
    currency: payout.currency,
    description: payout.description,
    metadata: JSON.stringify(payout.metadata),
    fingerprint: payout.fingerprint,
    confirm: payout.confirm,
    status: payout.status,
    held_from: payout.heldFrom,
    attention: payout.attention,
    version: payout.version,
    attempt: payout.attempt,
    asked_at: payout.askedAt,
    word: payout.word && JSON.stringify(payout.word),
    doubt_since: payout.doubtSince,
    error_code: payout.errorCode,
    returned_amount: payout.returnedAmount,
    reserved: payout.reserved && JSON.stringify(payout.reserved),
    confirm_by: payout.confirmBy,
    due_at: payout.dueAt,
    created_at: payout.createdAt,
    changed_at: payout.changedAt,
    finished_at: payout.finishedAt,
  };
}

export function attemptCells(attempt: Attempt): Row {
  return {
    payout_id: attempt.payoutId,
    number: attempt.number,
    destination: attempt.destination,
    masked: attempt.masked,
    digest: attempt.digest,
    session_id: attempt.sessionId,
    outcome: attempt.outcome,
    starts: attempt.starts,
    started_at: attempt.startedAt,
    start_error: attempt.startError,
    confirms: attempt.confirms,
    confirmed_at: attempt.confirmedAt,
    cancels: attempt.cancels,
    cancelled_at: attempt.cancelledAt,
  };
}

export function journalCells(entry: JournalEntry): Row {
  return {
    payout_id: entry.payoutId,
    version: entry.version,
    at: entry.at,
    kind: entry.kind,
    attempt: entry.attempt,
    from_status: entry.from,
    to_status: entry.to,
    data: JSON.stringify(entry.data),
  };
}

export function noticeCells(notice: Notice): Row {
  return {
    id: notice.id,
    scope: notice.scope,
    payout_id: notice.payoutId,
    version: notice.version,
    type: notice.type,
    body: notice.body,
    created_at: notice.createdAt,
    due_at: notice.dueAt,
    tries: notice.tries,
    http_status: notice.httpStatus,
    delivered_at: notice.deliveredAt,
  };
}
