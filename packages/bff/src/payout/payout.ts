/**
 * The payout as the kit records it: one row a payout, one row an attempt, one append-only journal.
 * Times are milliseconds since the epoch; amounts are integers in minor units of an upper-case ISO 4217
 * currency. Nothing here is a person's name, an account number or a token: those are {@link Personal}.
 */

/** Every status a payout can have; `docs/architecture.md` says what each means and what it leaves by. */
export const payoutStatuses = [
  'created',
  'starting',
  'processing',
  'awaiting_confirmation',
  'confirming',
  'cancelling',
  'succeeded',
  'failed',
  'cancelled',
  'returned',
  'needs_attention',
] as const;

export type PayoutStatus = (typeof payoutStatuses)[number];

/** Statuses after which the engine does nothing of its own accord with the current attempt. */
export const finalStatuses = ['succeeded', 'failed', 'cancelled', 'returned'] as const;

/** True when the status is final for the current attempt. */
export function isFinal(status: PayoutStatus): boolean {
  return finalStatuses.some((final) => final === status);
}

/** JSON as it may stand in a ticket's `metadata`. */
export type JsonValue =
  | string
  | number
  | boolean
  | null
  | readonly JsonValue[]
  | { readonly [key: string]: JsonValue };

/** Who has the last word before money moves; `merchant`: a function of theirs. */
export const confirmModes = ['automatic', 'recipient', 'operator', 'merchant'] as const;

export type ConfirmMode = (typeof confirmModes)[number];

/** Who can give our word: the rules, the recipient, an operator, the merchant, or the engine's own caution. */
export const wordGivers = ['policy', 'recipient', 'operator', 'merchant', 'engine'] as const;

export type WordGiver = (typeof wordGivers)[number];

export const wordReasons = ['asked', 'no_word', 'never_started', 'revived', 'earlier_paid'] as const;

/** `no_word`: whoever was to give one did not, in the time they had. The last three are the engine's caution. */
export type WordReason = (typeof wordReasons)[number];

/** Our word to the bank that waits for it, and who gave it. */
export interface Word {
  say: 'confirm' | 'cancel';
  by: WordGiver;
  /** Why the engine itself cancels; decides what the payout becomes when the attempt is proven dead. */
  reason: WordReason;
}

/** In which totals of which day (`2026-11-23`) a payout is counted. */
export interface Reservation {
  day: string;
  keys: readonly string[];
}

export interface Payout {
  id: string;
  /** `environment:project` or `environment:project:submerchant`: nothing crosses from one scope to another. */
  scope: string;
  /** What is paid, in the merchant's words; unique in its scope, for ever. */
  ref: string;
  /** The recipient, in the merchant's words (the ticket's `sub`). */
  subject: string;
  amount: number;
  currency: string;
  description: string;
  metadata: JsonValue | null;
  /** Keyed digest of recipient, amount, currency and name; a later ticket that differs is refused. */
  fingerprint: string;
  confirm: ConfirmMode;
  status: PayoutStatus;
  /** While `needs_attention`: the status it had before. While cancelling a revived attempt: the final one it had. */
  heldFrom: PayoutStatus | null;
  /** While `needs_attention`: a stable code for what a person must look at. */
  attention: string | null;
  /** Number of the last journal entry; the cursor of the stream and the lock of every write. */
  version: number;
  /** Number of the current attempt, from 1. */
  attempt: number;
  /** When the bank was last asked about it; keeps nudges from becoming a flood. */
  askedAt: number | null;
  word: Word | null;
  /** Since when the bank shows what cannot follow from what we know; null while it makes sense. */
  doubtSince: number | null;
  /** Why the current attempt failed: the bank's code, or one of ours. */
  errorCode: string | null;
  returnedAmount: number;
  /** The totals this payout is counted in; null while it is counted in none. */
  reserved: Reservation | null;
  /** Until when the bank waits for our word, if it told. */
  confirmBy: number | null;
  /** When the engine looks next; null when nothing is expected any more. */
  dueAt: number | null;
  /** How often somebody woke this payout; a wake that comes while the engine works is not lost. */
  wakes: number;
  createdAt: number;
  /** When the status last changed. */
  changedAt: number;
  finishedAt: number | null;
}

export const destinationKinds = ['bank_account', 'card'] as const;

export type DestinationKind = (typeof destinationKinds)[number];

/**
 * What became of an attempt: `dead` only when the bank's own answer proves that it can move no money; `written_off`
 * when an operator with evidence said so where the bank's answer proves nothing.
 */
export const attemptOutcomes = ['open', 'dead', 'written_off', 'paid'] as const;

export type AttemptOutcome = (typeof attemptOutcomes)[number];

export interface Attempt {
  payoutId: string;
  number: number;
  destination: DestinationKind;
  /** As the bank masks it (`40817***9535`); null until the bank told. */
  masked: string | null;
  /** Keyed digest of the token or hash: recognises the same one again after the token itself is gone. */
  digest: string;
  /** Unique among all attempts: the session is the name under which the bank knows this attempt. */
  sessionId: string | null;
  outcome: AttemptOutcome;
  /** How often each money call may have been sent, and when last. Committed before it is sent. */
  starts: number;
  startedAt: number | null;
  /** The bank's code when it answered `start` with an error; `unknown` when the answer was lost. */
  startError: string | null;
  confirms: number;
  confirmedAt: number | null;
  cancels: number;
  cancelledAt: number | null;
}

/** A payout with all its attempts, in order of their number. */
export interface PayoutRecord {
  payout: Payout;
  attempts: readonly Attempt[];
}

/** What identifies a person or an account, encrypted; kept apart, and dropped when it is no longer needed. */
export interface Personal {
  payoutId: string;
  /** {@link PersonalContent}, sealed with a key derived from the BFF's secret: a copy of the database tells no names. */
  sealed: string;
}

/** What is inside of {@link Personal}. */
export interface PersonalContent {
  fullName: string;
  /** Bank account token or card number hash of the current attempt, by the attempt's kind. */
  token: string;
}

/** One step of a payout's life. `data` holds ids, statuses, counters and codes only. */
export interface JournalEntry {
  payoutId: string;
  version: number;
  at: number;
  kind: string;
  attempt: number;
  from: PayoutStatus | null;
  to: PayoutStatus;
  data: { readonly [key: string]: string | number | boolean | null };
}

/** The current attempt of a record. Every record has one. */
export function currentAttempt(record: PayoutRecord): Attempt {
  const attempt = record.attempts.find(({ number }) => number === record.payout.attempt);
  if (!attempt) throw new Error(`payout ${record.payout.id} has no attempt ${record.payout.attempt}`);
  return attempt;
}

/** True when the recipient may try another account: this one is final and no attempt can move money. */
export function isRetryable({ payout, attempts }: PayoutRecord): boolean {
  const over = payout.status === 'failed' || payout.status === 'cancelled';
  return over && attempts.every(({ outcome }) => outcome === 'dead' || outcome === 'written_off');
}

/** `errorCode` of what the merchant or an operator has cancelled. */
export const withdrawn = 'withdrawn';

/**
 * True when the merchant's side has cancelled the payout at this time or later: whoever was told before that they may be
 * paid may have been paid in another way since.
 */
export function isWithdrawnSince({ payout }: PayoutRecord, at: number): boolean {
  return payout.status === 'cancelled' && payout.errorCode === withdrawn && at <= payout.changedAt;
}
