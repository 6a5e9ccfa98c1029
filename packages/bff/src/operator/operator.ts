import { type ActResult, createPerform } from '../engine/act.js';
import type { BankCalls } from '../engine/bank-calls.js';
import type { Commit } from '../engine/commit.js';
import { type Act, type Resolution, resolveByHand, wordFrom } from '../engine/operator.js';
import type { PauseReader } from '../engine/pause.js';
import type { EngineRules } from '../engine/rules.js';
import type { JournalEntry, Payout, PayoutRecord } from '../payout/payout.js';
import { currentAttempt } from '../payout/payout.js';
import type { Notice } from '../store/notice.js';
import type { ListRequest, Place, Store, SwitchFlip } from '../store/store.js';

/** A payout with everything that is kept about it. */
export interface PayoutFile extends PayoutRecord {
  journal: JournalEntry[];
  notices: Notice[];
}

/**
 * What the people who run payouts can do. Every act is journaled with who and why, and none leads past the checks:
 * a confirm is a word that the engine says only if everything fits, and a resolution may not contradict the bank.
 */
export interface OperatorDesk {
  /** Payouts, newest first; `next` continues the list. */
  list(query: Omit<ListRequest, 'scope'>): Promise<{ payouts: Payout[]; next: Place | null }>;
  read(payoutId: string): Promise<PayoutFile | null>;
  /** Asks the bank now rather than when it is due. */
  recheck(payoutId: string): Promise<boolean>;
  confirm(payoutId: string, act: Act): Promise<ActResult>;
  cancel(payoutId: string, act: Act): Promise<ActResult>;
  /** Ends a payout that needs attention, by evidence; the bank is asked first. */
  resolve(payoutId: string, resolution: Resolution): Promise<ActResult>;
  /** Stops, or lets go on, all starts or all confirms of this scope, in every process within a second. */
  pause(changes: PauseChanges, act: Act): Promise<EngineRules['paused']>;
  paused(): Promise<EngineRules['paused']>;
  switchLog(limit: number): Promise<SwitchFlip[]>;
}

/** What to pause, and what to let go on; what is left out stays. */
export interface PauseChanges {
  start?: boolean | undefined;
  confirm?: boolean | undefined;
}

export interface OperatorDeskOptions {
  scope: string;
  store: Store;
  commit: Commit;
  call: BankCalls;
  rules: EngineRules;
  /** Not the cached one: who flips a switch sees what they did. */
  readPaused: PauseReader;
  clock: { now(): number };
  wake: (payoutId: string) => void;
  newId: () => string;
}

const journalPage = 1000;

/** The operators' desk over a store and the engine's hands. */
export function createOperatorDesk(options: OperatorDeskOptions): OperatorDesk {
  const { scope, store, call, rules, readPaused, clock, wake, newId } = options;
  const perform = createPerform(options);

  return {
    async list(query) {
      const payouts = await store.list({ ...query, scope });
      const last = payouts.at(-1);
      const more = last !== undefined && payouts.length === query.limit;
      return { payouts, next: more ? { createdAt: last.createdAt, id: last.id } : null };
    },
    async read(payoutId) {
      const record = await inScope(payoutId);
      if (!record) return null;
      const journal = await store.journal(payoutId, 0, journalPage);
      return { ...record, journal, notices: await store.notices(payoutId) };
    },
    async recheck(payoutId) {
      if (!(await inScope(payoutId))) return false;
      await store.batch([{ do: 'wake', payoutId, at: clock.now() }]);
      wake(payoutId);
      return true;
    },
    confirm: (payoutId, act) =>
      perform(payoutId, (record) => wordFrom('operator', 'confirm', record, act, clock.now(), rules)),
    cancel: (payoutId, act) =>
      perform(payoutId, (record) => wordFrom('operator', 'cancel', record, act, clock.now(), rules)),
    resolve: (payoutId, resolution) =>
      perform(payoutId, async (record) => {
        const reading = await readCurrent(record);
        return resolveByHand(record, reading, resolution, clock.now(), rules);
      }),
    async pause(changes, { who, why }) {
      for (const name of ['start', 'confirm'] as const) {
        const paused = changes[name];
        if (paused === undefined) continue;
        // The newest flip counts, also when another process, whose clock is ahead, made the one before.
        const [last] = await store.switchLog(scope, name, 1);
        const at = Math.max(clock.now(), (last?.at ?? 0) + 1);
        const flip = { id: newId(), name, paused, by: who, why, at };
        await store.batch([{ do: 'flipSwitch', scope, flip }]);
      }
      return readPaused();
    },
    paused: readPaused,
    async switchLog(limit) {
      const flips = [
        ...(await store.switchLog(scope, 'start', limit)),
        ...(await store.switchLog(scope, 'confirm', limit)),
      ];
      return flips.sort((a, b) => b.at - a.at).slice(0, limit);
    },
  };

  async function inScope(payoutId: string): Promise<PayoutRecord | null> {
    const record = await store.load(payoutId);
    return record?.payout.scope === scope ? record : null;
  }

  async function readCurrent(record: PayoutRecord) {
    const attempt = currentAttempt(record);
    if (attempt.sessionId === null) return undefined;
    const intent = { call: 'status', attempts: [attempt.number] } as const;
    const observation = await call(record, intent, () => true);
    return observation.kind === 'sessions' ? observation.sessions.get(attempt.number) : undefined;
  }
}
