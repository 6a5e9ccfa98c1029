import type { JournalEntry, PayoutStatus } from '../dist/index.js';
import { isFinal } from '../dist/payout/payout.js';
import type { Book } from './book.ts';
import type { Database } from './database.ts';
import type { Merchant } from './merchant.ts';
import { whyHopeless } from './plan.ts';
import type { Promised } from './recipients.ts';
import { scope } from './replica.ts';
import type { Stage } from './stage.ts';
import { type BankTruth, isAlive, type SessionTruth } from './truth.ts';
import type { Report } from './violation.ts';
import type { PayoutFile, Witness } from './witness.ts';

export interface CheckParts {
  readonly stage: Stage;
  readonly truth: BankTruth;
  readonly witness: Witness;
  readonly database: Database;
  readonly merchant: Merchant;
  readonly book: Book;
  readonly promised: readonly Promised[];
  readonly report: Report;
}

/** Steps of which the merchant must have been told. */
const told = [
  'succeeded',
  'partly_returned',
  'returned',
  'failed',
  'cancelled',
  'needs_attention',
  'resolved',
];

/** Codes of what must not happen; what only the bank can have done. */
const alarming = [
  'paid_twice',
  'paid_mismatch',
  'paid_without_word',
  'paid_despite_cancel',
  'paid_after_failure',
  'paid_by_earlier_attempt',
  'earlier_attempt_paid',
  'earlier_attempt_alive',
];

/** Once the world has come to rest: what the bank did, held against what we recorded and told. */
export async function checkWorld(parts: CheckParts): Promise<void> {
  const { truth, witness, report } = parts;
  for (const session of truth.sessions()) {
    if (session.paid.length > 0 && !witness.holderOf(session.id))
      report('wrong', 'money moves only for sessions on record', session.id);
  }
  for (const file of witness.files.values()) {
    checkMoney(parts, file);
    checkStatus(parts, file);
    checkTold(parts, file);
    await checkRecord(parts, file);
  }
  await checkPromises(parts);
  await checkLimits(parts);
}

function sessionsOf({ truth }: CheckParts, { attempts }: PayoutFile): SessionTruth[] {
  const ids = [...attempts.values()].map(({ sessionId }) => sessionId ?? '');
  return ids.map((id) => truth.of(id)).filter((one) => one !== undefined);
}

/** Paid at most once, exactly the recorded amount, to the account that was recorded for the attempt. */
function checkMoney(parts: CheckParts, file: PayoutFile): void {
  const { report, book, truth } = parts;
  const { id, ref, amount } = file.payout;
  const paid = sessionsOf(parts, file).flatMap((session) => session.paid);
  if (paid.length > 1) paidTwice(parts, file, `${ref} (${id}): paid ${paid.length} times`);
  for (const attempt of file.attempts.values()) {
    for (const movement of truth.of(attempt.sessionId ?? '')?.paid ?? []) {
      const account = movement.masked_account ?? movement.masked_card;
      const right = movement.amount === amount && account === book.maskedOf(attempt.digest);
      if (!right && !(attempt.confirms === 0 && alarmsOf(file).length > 0))
        report(
          'wrong',
          'exactly the recorded amount to the recorded account',
          `${id}: ${movement.amount} to ${account}`,
        );
    }
  }
}

/** What the journal says must not have happened, and did; whoever was told of it, or crashed before they were. */
function alarmsOf({ journal }: PayoutFile): string[] {
  const codes = journal.map(({ kind, data }) => (kind === 'needs_attention' ? data.code : data.alarm));
  return codes.filter((code) => typeof code === 'string' && alarming.includes(code)).map(String);
}

/** Where a bank pays twice whatever one does, it must at least have been noticed, and a person called. */
function paidTwice(parts: CheckParts, { payout }: PayoutFile, detail: string): void {
  const { stage, report } = parts;
  stage.tally.add('paid twice by a hopeless bank', whyHopeless(stage.plan.bank) === null ? 0 : 1);
  const noticed = payout.status === 'needs_attention' && alarming.includes(payout.attention ?? '');
  if (whyHopeless(stage.plan.bank) === null || !noticed)
    report('paid_twice', 'one reference, one payment', detail);
}

/** Our last word equals the bank's truth, and nothing is left lying about. */
function checkStatus(parts: CheckParts, file: PayoutFile): void {
  const { stage, report } = parts;
  const { id, status, attention } = file.payout;
  const sessions = sessionsOf(parts, file);
  const name = `${id} is ${status}${attention === null ? '' : ` (${attention})`}`;
  stage.tally.add(`end: ${status}${attention === null ? '' : ` ${attention}`}`);
  const expected = expectedStatuses(file.payout.amount, sessions);
  if (status === 'needs_attention') checkAttention(parts, file, sessions, name);
  else if (!isFinal(status)) report('stuck', 'every payout comes to an end', name);
  else if (!expected.includes(status)) {
    const kind = sessions.some(({ paid }) => paid.length > 0) ? 'lost' : 'wrong';
    report(kind, "our last word equals the bank's truth", `${name}, the bank says ${expected.join(' or ')}`);
  }
}

function expectedStatuses(amount: number, sessions: readonly SessionTruth[]): PayoutStatus[] {
  const paid = sessions.some((session) => session.paid.length > 0);
  const returned = sessions.reduce((sum, session) => sum + session.returned, 0);
  if (!paid) return ['failed', 'cancelled'];
  return [returned >= amount ? 'returned' : 'succeeded'];
}

/** A person is called only where the bank itself has come to no end, or something is wrong that we cannot put right. */
function checkAttention(
  { stage, report }: CheckParts,
  { payout }: PayoutFile,
  sessions: readonly SessionTruth[],
  name: string,
): void {
  const { attention } = payout;
  const open = sessions.some((one) => isAlive(one) || one.session === 'created');
  const alarmed = alarming.includes(attention ?? '');
  const startLost = attention === 'start_lost' && stage.plan.bank.told === true;
  if (!open && !alarmed && !startLost) report('stuck', 'a person is called only when needed', name);
}

/** The merchant was told of every step they must know of, at least once. */
function checkTold({ merchant, report }: CheckParts, { journal }: PayoutFile): void {
  for (const entry of journal) {
    if (told.includes(entry.kind) && merchant.told.get(noticeId(entry)) !== entry.to)
      report('lost', 'the merchant is told of every result', `${noticeId(entry)} ${entry.kind}`);
  }
}

const noticeId = ({ payoutId, version }: JournalEntry) => `${payoutId}.${version}`;

/** What the store gives back is what was committed, journal and all. */
async function checkRecord({ database, report }: CheckParts, file: PayoutFile): Promise<void> {
  const { id } = file.payout;
  const record = await database.store.load(id);
  const journal = await database.store.journal(id, 0, 10_000);
  if (!record || record.payout.version !== journal.length || journal.length !== file.journal.length)
    return report('lost', 'what was committed is there', id);
  if (journal.at(-1)?.to !== record.payout.status)
    report('wrong', 'the journal explains every step', `${id}: its last step is not its status`);
  for (const attempt of record.attempts) {
    for (const kind of ['start', 'confirm', 'cancel'] as const) {
      const sent = { start: attempt.starts, confirm: attempt.confirms, cancel: attempt.cancels }[kind];
      const entries = journal.filter((entry) => entry.kind === kind && entry.attempt === attempt.number);
      if (entries.length !== sent)
        report(
          'wrong',
          'the journal explains every step',
          `${id}: ${sent} times ${kind}, ${entries.length} entries`,
        );
    }
  }
}

/** Whoever was told "accepted" has a payout. */
async function checkPromises({ database, promised, report }: CheckParts): Promise<void> {
  for (const { ref, payoutId } of promised) {
    const record = await database.store.load(payoutId);
    if (record?.payout.ref !== ref) report('lost', 'what was accepted is there', `${ref} ${payoutId}`);
  }
}

/** What was paid of a day fits its ceilings, and the totals hold exactly what is counted in them. */
async function checkLimits(parts: CheckParts): Promise<void> {
  const { stage, witness, database, report } = parts;
  const { perDay, perSubjectPerDay } = stage.plan.limits;
  const counted = new Map<string, { day: string; key: string; sum: number; surprised: boolean }>();
  for (const { payout, journal } of witness.files.values()) {
    const { reserved, amount } = payout;
    for (const key of reserved?.keys ?? []) {
      const day = reserved?.day ?? '';
      const known = counted.get(`${day} ${key}`) ?? { day, key, sum: 0, surprised: false };
      const surprised = known.surprised || journal.some(({ from, to }) => livesAgain(from, to));
      counted.set(`${day} ${key}`, { day, key, sum: known.sum + amount, surprised });
    }
  }
  for (const { day, key, sum, surprised } of counted.values()) {
    const ceiling = (key.startsWith('all:') ? perDay : perSubjectPerDay) ?? Number.POSITIVE_INFINITY;
    if (sum > ceiling && !surprised) report('wrong', 'limits hold', `${day} ${key}: ${sum} of ${ceiling}`);
    const room = { do: 'reserve', scope, day, key } as const;
    const exact = await database.store.batch([{ ...room, amount: 1, ceiling: sum + 1 }]);
    const tooMuch = await database.store.batch([{ ...room, amount: 1, ceiling: sum + 1 }]);
    if (!exact.committed || tooMuch.committed)
      report('wrong', 'the totals hold what is counted in them', `${day} ${key}: not ${sum}`);
  }
}

/** What had failed came back to life: it is counted whatever the ceiling says. */
function livesAgain(from: PayoutStatus | null, to: PayoutStatus): boolean {
  const over = from === 'failed' || from === 'cancelled';
  return over && to !== 'created' && to !== from;
}
