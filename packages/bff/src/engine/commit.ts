import type { OnEvent } from '../events/events.js';
import type { LimitKeeper } from '../limits/limits.js';
import { noticeOf } from '../notify/notice.js';
import type { PayoutRecord } from '../payout/payout.js';
import { isFinal } from '../payout/payout.js';
import type { Statement, Store } from '../store/store.js';
import type { Decision } from './decision.js';

export interface CommitOptions {
  store: Store;
  limits: LimitKeeper;
  /** Whether the merchant is told of results. */
  notify: boolean;
  /** How long personal data stays after the payout is final, in milliseconds. */
  keepPersonal: number;
  clock: { now(): number };
  onEvent: OnEvent;
}

/** The record as it was committed; or why nothing was: somebody else was faster, or a limit is reached. */
export type Committed = PayoutRecord | 'taken' | 'limit';

/** Makes a decision true: journal, rows, totals and outbox in one batch. */
export type Commit = (
  before: PayoutRecord | null,
  decision: Decision,
  more?: readonly Statement[],
) => Promise<Committed>;

export function createCommit({ store, limits, notify, keepPersonal, clock, onEvent }: CommitOptions): Commit {
  return async (before, decision, more = []) => {
    const { record, entry, intent } = decision;
    if (entry === null) {
      if (intent === null) await store.batch([reschedule(record, clock.now()), ...more]);
      return record;
    }
    const now = clock.now();
    const from = before?.payout.status ?? null;
    const { reserved, statements: counted } = limits.follow(from, record.payout, now);
    const payout = { ...record.payout, version: record.payout.version + 1, reserved };
    const after = { ...record, payout };
    const notice = notify ? noticeOf(after, entry.kind, now) : null;
    const told: Statement[] = notice ? [{ do: 'enqueue', notice }] : [];
    const result = await store.batch([
      ...transition(before, after, entry, now),
      ...counted,
      ...told,
      ...more,
    ]);
    if (!result.committed) return result.because;
    tell(before, after, decision);
    return after;
  };

  /** The journal entry comes first: if its version is taken, nothing of the transition happens. */
  function transition(
    before: PayoutRecord | null,
    after: PayoutRecord,
    entry: NonNullable<Decision['entry']>,
    now: number,
  ): Statement[] {
    const { payout } = after;
    const { id: payoutId, version, status: to } = payout;
    const from = before?.payout.status ?? null;
    const { kind, attempt, data } = entry;
    const journaled: Statement = {
      do: 'append',
      entry: { payoutId, version, at: now, kind, attempt, from, to, data },
    };
    const changed = after.attempts.filter((one) => !before?.attempts.includes(one));
    const attempts = changed.map((one): Statement => ({ do: 'putAttempt', attempt: one }));
    return before === null
      ? [{ do: 'insertPayout', payout }, journaled, ...attempts]
      : [journaled, { do: 'updatePayout', payout }, ...attempts, ...forget(after, now)];
  }

  function forget({ payout }: PayoutRecord, now: number): Statement[] {
    if (!isFinal(payout.status)) return [];
    const { id: payoutId } = payout;
    return [
      keepPersonal > 0
        ? { do: 'keepPersonal', payoutId, until: now + keepPersonal }
        : { do: 'dropPersonal', payoutId },
    ];
  }

  function tell(before: PayoutRecord | null, { payout }: PayoutRecord, { entry, alarm }: Decision): void {
    const about = { payoutId: payout.id, attempt: entry?.attempt ?? payout.attempt };
    const from = before?.payout.status ?? null;
    onEvent({
      type: 'payout.changed',
      ...about,
      version: payout.version,
      kind: entry?.kind ?? '',
      from,
      to: payout.status,
    });
    if (alarm !== null) onEvent({ type: 'payout.alarm', ...about, code: alarm });
  }
}

function reschedule({ payout }: PayoutRecord, now: number): Statement {
  const { id, version, wakes, dueAt, askedAt } = payout;
  return { do: 'reschedule', payoutId: id, version, wakes, dueAt, askedAt: askedAt ?? now };
}
