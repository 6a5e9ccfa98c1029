import type {
  Attempt,
  JournalEntry,
  Payout,
  PayoutRecord,
  PayoutStatus,
  Personal,
} from '../payout/payout.js';
import type { Notice, NoticeState } from './notice.js';

/**
 * One change to the store. Statements are data, so that a store is nothing but their translation,
 * and a batch of them is the only way to write.
 */
export type Statement =
  /** Fails the batch when (payoutId, version) is taken: the journal is the lock of every transition. */
  | { do: 'append'; entry: JournalEntry }
  /** Fails the batch when the id or (scope, ref) is taken. */
  | { do: 'insertPayout'; payout: Payout }
  /** Writes every column but `wakes`. If woken after `payout.wakes` was read, the earlier of both times counts. */
  | { do: 'updatePayout'; payout: Payout }
  /** Inserts or replaces (payoutId, number). Fails the batch when another attempt has the session. */
  | { do: 'putAttempt'; attempt: Attempt }
  | { do: 'putPersonal'; personal: Personal }
  | { do: 'dropPersonal'; payoutId: string }
  /** Keeps personal data until the time, when a sweep drops it; another `putPersonal` takes that back. */
  | { do: 'keepPersonal'; payoutId: string; until: number }
  /** A question to the bank changed nothing: only when to ask again. Does nothing at another version. If woken
   * after `wakes` was read, the earlier of both times counts. */
  | {
      do: 'reschedule';
      payoutId: string;
      version: number;
      wakes: number;
      dueAt: number | null;
      askedAt: number;
    }
  /** Makes the payout due at `at` or earlier, whoever works on it now. */
  | { do: 'wake'; payoutId: string; at: number }
  | { do: 'release'; payoutId: string; owner: string }
  /** Remembers that a webhook was taken; the same digest twice is no error. */
  | { do: 'recordWebhook'; digest: string; type: string; sessionId: string; at: number }
  /** Adds to a total; fails the batch, with `because: 'limit'`, when that takes it above the ceiling. */
  | { do: 'reserve'; scope: string; day: string; key: string; amount: number; ceiling: number }
  /** Takes back from a total what was added to it. */
  | { do: 'unreserve'; scope: string; day: string; key: string; amount: number }
  /** The outbox: what the merchant is to be told, written with what happened. */
  | { do: 'enqueue'; notice: Notice }
  /** What became of one try to deliver a notice; `dueAt: null`: it will not be tried again. */
  | {
      do: 'noticeTried';
      id: string;
      tries: number;
      httpStatus: number | null;
      deliveredAt: number | null;
      dueAt: number | null;
    }
  /** Makes a notice due once more, whatever became of it. */
  | { do: 'resendNotice'; id: string; at: number }
  /** The pause switch; every flip is kept, the newest counts. */
  | { do: 'flipSwitch'; scope: string; flip: SwitchFlip }
  /**
   * Drops the personal data of a subject's final payouts: name, token, description and metadata go, `replacement` takes
   * the subject's place. The rows stay, so that no reference can be paid again.
   */
  | { do: 'eraseSubject'; scope: string; subject: string; replacement: string }
  /** Drops what is old: personal data whose time has come, webhooks and delivered notices and totals of before. */
  | { do: 'sweep'; scope: string; now: number; before: number; beforeDay: string };

/** What can be paused: starting payouts, and our confirms. */
export type Switch = 'start' | 'confirm';

/** One flip of a pause switch, with who did it and why. */
export interface SwitchFlip {
  /** Unique, and growing with time: the order of two flips in one millisecond. */
  id: string;
  name: Switch;
  paused: boolean;
  by: string;
  why: string;
  at: number;
}

/** Which payouts a list holds, newest first. */
export interface ListRequest {
  scope: string;
  status?: PayoutStatus | undefined;
  /** Why a person must look. */
  attention?: string | undefined;
  subject?: string | undefined;
  ref?: string | undefined;
  /** Recorded at this time or later. */
  from?: number | undefined;
  /** Recorded before this time. */
  until?: number | undefined;
  limit: number;
  /** Go on after this payout. */
  after?: Place | undefined;
}

/** Which notices a list holds, newest first. */
export interface NoticeListRequest {
  scope: string;
  id?: string | undefined;
  payoutId?: string | undefined;
  state?: NoticeState | undefined;
  limit: number;
  /** Go on after this notice. */
  after?: Place | undefined;
}

/** A place in a list that is ordered by time, newest first; the id decides within a millisecond. */
export interface Place {
  createdAt: number;
  id: string;
}

/** What became of a batch: everything in it, or nothing, because somebody else was first or a limit is reached. */
export type BatchResult = { committed: true } | { committed: false; because: 'taken' | 'limit' };

export interface LeaseRequest {
  scope: string;
  /** Names the worker; only for reading by people and for `release`. */
  owner: string;
  /** How long others leave the payout alone, in milliseconds, by the database's clock. */
  ttl: number;
  limit: number;
  /** Lease this payout only, if it is due. */
  payoutId?: string;
}

/** Where payouts are kept. Your own can be judged with the suite of `@b131/bff/testing`. */
export interface Store {
  /**
   * All of it or nothing; an answer is the truth. Throws {@link StoreError} when there is no answer: the batch may then
   * have been committed, so read before deciding anything.
   */
  batch(statements: readonly Statement[]): Promise<BatchResult>;
  load(payoutId: string): Promise<PayoutRecord | null>;
  loadByRef(scope: string, ref: string): Promise<PayoutRecord | null>;
  loadBySession(scope: string, sessionId: string): Promise<PayoutRecord | null>;
  personal(payoutId: string): Promise<Personal | null>;
  journal(payoutId: string, after: number, limit: number): Promise<JournalEntry[]>;
  /** Takes due payouts that nobody else works on, earliest first. A lease is courtesy, never permission. */
  lease(request: LeaseRequest): Promise<PayoutRecord[]>;
  /** Prolongs a lease to `ttl` from now; false when it is not the owner's any more. */
  renew(payoutId: string, owner: string, ttl: number): Promise<boolean>;
  /** When there may be something to lease next (ms since the epoch); null when nothing is due or leased. */
  nextDue(scope: string): Promise<number | null>;
  list(request: ListRequest): Promise<Payout[]>;
  /** Takes notices that are due and that nobody else delivers, oldest first. */
  leaseNotices(request: Omit<LeaseRequest, 'payoutId'>): Promise<Notice[]>;
  /** The notices of a payout with what became of them, oldest first. */
  notices(payoutId: string): Promise<Notice[]>;
  /** Notices with what became of them. */
  listNotices(request: NoticeListRequest): Promise<Notice[]>;
  /** Flips of a pause switch, newest first. */
  switchLog(scope: string, name: Switch, limit: number): Promise<SwitchFlip[]>;
  /**
   * Calls back after a commit that this process made; streams poll as well, for other processes. A store leaves it out
   * where one request may not wake another, as in Workers: there streams only poll.
   */
  watch?(listener: (payoutId: string) => void): () => void;
  /** Proves that the store can be read and written. */
  ready(): Promise<void>;
  /** Lets go of what it holds; once more does nothing. */
  close(): Promise<void>;
}

/** The store cannot do its work: unreachable, locked too long, read-only, full, or from a newer version. */
export class StoreError extends Error {
  override readonly name = 'StoreError';
  readonly reason:
    | 'unavailable'
    | 'busy'
    | 'read_only'
    | 'full'
    | 'corrupt'
    | 'unwritable_path'
    | 'newer_schema';

  constructor(reason: StoreError['reason'], message: string, options?: ErrorOptions) {
    super(message, options);
    this.reason = reason;
  }
}
