import { openPayout } from '../engine/recipient.js';
import type { Attempt, JournalEntry, JsonValue, Payout, PayoutRecord } from '../payout/payout.js';
import type { Notice } from '../store/notice.js';
import type { Statement } from '../store/store.js';

/** The scope of everything a check writes, unless it is about scopes. */
export const scope = 'sandbox:test';
export const otherScope = 'live:test';
export const subject = 'courier-7';

let count = 0;

interface Wanted {
  ref?: string;
  scope?: string;
  description?: string;
  metadata?: JsonValue;
  amount?: number;
  subject?: string;
  /** When it was recorded, which is also when it is due. */
  now?: number;
}

/** A payout as it is first recorded, unlike any other. */
export function newPayout(wanted: Wanted = {}): PayoutRecord {
  count += 1;
  const { now = 1000, ...about } = wanted;
  const { record } = openPayout(
    {
      id: `pay_${count}`,
      scope,
      ref: `ref-${count}`,
      subject,
      amount: 150_000,
      currency: 'RUB',
      description: 'Courier services',
      metadata: { city: 'Казань', tags: [1, null, true] },
      fingerprint: 'k.f',
      confirm: 'recipient',
      ...about,
    },
    { destination: 'bank_account', digest: 'k.d' },
    now,
  );
  return record;
}

/** Records payouts with their attempts. */
export function inserting(...records: readonly PayoutRecord[]): Statement[] {
  return records.flatMap(({ payout, attempts }) => [
    { do: 'insertPayout', payout },
    ...attempts.map((attempt): Statement => ({ do: 'putAttempt', attempt })),
  ]);
}

/** A journal entry with that version. */
export function entryOf({ payout }: PayoutRecord, version: number): JournalEntry {
  const { id: payoutId, status } = payout;
  return {
    payoutId,
    version,
    at: 1000,
    kind: 'test',
    attempt: 1,
    from: null,
    to: status,
    data: { n: version },
  };
}

export function append(record: PayoutRecord, version: number): Statement {
  return { do: 'append', entry: entryOf(record, version) };
}

/** What the engine writes when a payout moves on: the entry, and the row as it is then. */
export function transition(
  record: PayoutRecord,
  version: number,
  changes: Partial<Payout> = {},
): Statement[] {
  return [append(record, version), { do: 'updatePayout', payout: { ...record.payout, version, ...changes } }];
}

export function withSession(record: PayoutRecord, sessionId: string): Statement[] {
  return record.attempts.map((attempt: Attempt) => ({
    do: 'putAttempt',
    attempt: { ...attempt, sessionId },
  }));
}

export function sealed(record: PayoutRecord, text = 'k.s'): Statement {
  return { do: 'putPersonal', personal: { payoutId: record.payout.id, sealed: text } };
}

export function noticeOf({ payout }: PayoutRecord, version: number, dueAt: number): Notice {
  return {
    id: `${payout.id}.${version}`,
    scope: payout.scope,
    payoutId: payout.id,
    version,
    type: 'payout.succeeded',
    body: '{"ё":"\\u0000"}',
    createdAt: 1000,
    dueAt,
    tries: 0,
    httpStatus: null,
    deliveredAt: null,
  };
}
