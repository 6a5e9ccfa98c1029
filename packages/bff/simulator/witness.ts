import type { Sandbox } from '@b131/sandbox';
import type { Attempt, JournalEntry, Payout, Statement, Switch } from '../dist/index.js';
import type { Book } from './book.ts';
import { whyHopeless } from './plan.ts';
import type { Stage } from './stage.ts';
import { type BankTruth, isAlive } from './truth.ts';
import type { Report } from './violation.ts';

/** Looks on while the world runs, and speaks up the moment a rule is broken: with all the bank's books open. */
export interface Witness {
  /** A batch was committed. */
  committed(statements: readonly Statement[], by: string): void;
  /** A call that may move or stop money leaves a process. */
  departs(call: { method: string; sessionId: string; key: string | null }, by: string): void;
  /** A question for a session's status leaves a process; call what comes back when the answer has arrived there. */
  asks(sessionId: string): (answer: string) => void;
  readonly files: ReadonlyMap<string, PayoutFile>;
  /** Digests of all webhooks that are on record. */
  readonly webhooks: ReadonlySet<string>;
  /** The payout that has the session, if its attempt is on record. */
  holderOf(sessionId: string): PayoutFile | undefined;
  /** Number of the last question about the session, so far; grows with each. */
  lastAsked(sessionId: string): number;
}

/** All that was committed about one payout. */
export interface PayoutFile {
  payout: Payout;
  readonly attempts: Map<number, Attempt>;
  readonly journal: JournalEntry[];
  /** Moment of the last commit, as a number that grows with everything that happens. */
  committedAt: number;
}

/** The newest question about a session that was answered readably. */
interface Look {
  /** When it left: as a moment, and by the clock. */
  asked: number;
  askedAt: number;
  /** The newest one whose answer said that the bank waits for our confirm. */
  waiting: number;
}

const calls = new Map([
  ['session/start/payout', 'start'],
  ['session/confirm', 'confirm'],
  ['session/cancel', 'cancel'],
]);

export interface WitnessOptions {
  stage: Stage;
  truth: BankTruth;
  sandbox: Sandbox;
  book: Book;
  report: Report;
}

export function createWitness({ stage, truth, sandbox, book, report }: WitnessOptions): Witness {
  const { scheduler, plan } = stage;
  const files = new Map<string, PayoutFile>();
  const holders = new Map<string, PayoutFile>();
  const webhooks = new Set<string>();
  const intents = new Set<string>();
  const sent = new Set<string>();
  const looks = new Map<string, Look>();
  const asked = new Map<string, number>();
  const pausedAt = new Map<Switch, number>();
  let moment = 0;

  return {
    committed,
    departs,
    asks,
    files,
    webhooks,
    holderOf: (sessionId) => holders.get(sessionId),
    lastAsked: (sessionId) => asked.get(sessionId) ?? 0,
  };

  function committed(statements: readonly Statement[], by: string): void {
    moment += 1;
    const entries: JournalEntry[] = [];
    const opened: Attempt[] = [];
    for (const statement of statements) {
      if (statement.do === 'insertPayout') open(statement.payout);
      if (statement.do === 'updatePayout') fileOf(statement.payout.id).payout = statement.payout;
      if (statement.do === 'putAttempt' && keep(statement.attempt)) opened.push(statement.attempt);
      if (statement.do === 'append') entries.push(statement.entry);
      if (statement.do === 'recordWebhook') webhooks.add(statement.digest);
      if (statement.do === 'flipSwitch') flip(statement.flip);
    }
    for (const entry of entries) judge(entry, by);
    for (const attempt of opened) mayOpen(attempt);
  }

  function mayOpen({ payoutId, number }: Attempt): void {
    for (const other of fileOf(payoutId).attempts.values()) {
      if (other.number < number && !isProvenDead(other))
        report('wrong', 'another attempt only when every earlier one is proven dead', nameOf(other));
    }
  }

  function open(payout: Payout): void {
    if ([...files.values()].some((file) => file.payout.ref === payout.ref))
      report('paid_twice', 'one reference, one payout', `${payout.ref} has two rows`);
    files.set(payout.id, { payout, attempts: new Map(), journal: [], committedAt: 0 });
  }

  function fileOf(payoutId: string): PayoutFile {
    const file = files.get(payoutId);
    if (!file) throw new Error(`nobody opened ${payoutId}`);
    return file;
  }

  /** True when the attempt is a new one. */
  function keep(attempt: Attempt): boolean {
    const file = fileOf(attempt.payoutId);
    const isNew = !file.attempts.has(attempt.number);
    file.attempts.set(attempt.number, attempt);
    if (attempt.sessionId !== null) holders.set(attempt.sessionId, file);
    if (attempt.outcome === 'dead' && !isProvenDead(attempt))
      report('wrong', 'dead only when the bank proves it', `${nameOf(attempt)} may still pay`);
    return isNew;
  }

  function isProvenDead({ sessionId }: Attempt): boolean {
    return sessionId === null || (truth.of(sessionId)?.provenDead ?? false);
  }

  function flip({ name, paused }: { name: Switch; paused: boolean }): void {
    if (paused) pausedAt.set(name, pausedAt.get(name) ?? scheduler.now());
    else pausedAt.delete(name);
  }

  function judge(entry: JournalEntry, by: string): void {
    const file = fileOf(entry.payoutId);
    stage.tally.add(`journal: ${entry.kind}`);
    chain(file, entry);
    const attempt = file.attempts.get(entry.attempt);
    const { send } = entry.data;
    if (attempt && typeof send === 'number') intend(file, attempt, entry, send, by);
    if (entry.to !== entry.from) concludes(file, entry);
    file.journal.push(entry);
    file.committedAt = moment;
  }

  function chain({ journal, payout }: PayoutFile, { version, from, to }: JournalEntry): void {
    const last = journal.at(-1);
    if (version !== (last?.version ?? 0) + 1 || from !== (last?.to ?? null))
      report('wrong', 'the journal explains every step', `${payout.id} v${version}: ${from}→${to}`);
  }

  function intend(file: PayoutFile, attempt: Attempt, entry: JournalEntry, send: number, by: string): void {
    stage.tally.add(`intent: ${entry.kind}`);
    const key = `${attempt.payoutId}.${attempt.number}.${entry.kind}.${send}`;
    intents.add(key);
    if (entry.kind === 'start') maySend(file, attempt, key, by);
    if (entry.kind === 'confirm') mayConfirm(file, attempt, key, by);
  }

  function maySend(file: PayoutFile, attempt: Attempt, key: string, by: string): void {
    if (attempt.starts > 1) report('wrong', 'a start is sent once', key);
    notPaused('start', key, by);
    for (const other of file.attempts.values()) {
      if (other !== attempt && !isProvenDead(other))
        report('wrong', 'another attempt only when every earlier one is proven dead', key);
    }
  }

  function mayConfirm(file: PayoutFile, attempt: Attempt, key: string, by: string): void {
    notPaused('confirm', key, by);
    const { sessionId } = attempt;
    const look = sessionId === null ? undefined : looks.get(sessionId);
    if (!look || look.waiting <= file.committedAt)
      report('wrong', 'a confirm is sent only while the bank asks for it', key);
    const differs = sessionId === null ? 'no session' : differenceAtBank(file.payout, attempt, sessionId);
    if (differs !== null) report('wrong', 'no confirm for what does not match', `${key}: ${differs}`);
    for (const other of file.attempts.values()) if (other !== attempt) besides(file, other, key);
  }

  /** Every other attempt was read again for this confirm, and was not alive when it was. */
  function besides(file: PayoutFile, { sessionId }: Attempt, key: string): void {
    if (sessionId === null) return;
    const look = looks.get(sessionId);
    if (!look || look.asked <= file.committedAt) {
      report('wrong', 'earlier attempts are read again before a confirm', key);
      return;
    }
    const other = truth.of(sessionId);
    const shown = look.askedAt - (plan.bank.personality.statusLagMs ?? 0);
    if (other && isAlive(other) && other.startedAt !== null && other.startedAt < shown)
      report('wrong', 'no confirm beside an attempt that is alive', `${key}, ${sessionId} is alive`);
  }

  /** What the bank is about to pay, compared with what was recorded. */
  function differenceAtBank({ amount, id }: Payout, attempt: Attempt, sessionId: string): string | null {
    const session = sandbox.sessions().find((one) => one.id === sessionId);
    const [shown] = session?.payouts ?? [];
    if (!shown) return 'nothing was started';
    if (shown.amount !== amount) return `amount ${shown.amount}, recorded ${amount}`;
    const account = shown.masked_account ?? shown.masked_card;
    if (account !== book.maskedOf(attempt.digest)) return `account ${account}`;
    const metadata = JSON.stringify(shown.metadata);
    const ours = metadata.includes(`"payout":"${id}","attempt":${attempt.number}`);
    return ours ? null : `metadata ${metadata}`;
  }

  /**
   * A pause takes hold within a second. What was read from the store just before it may take as long again as the
   * database is slow, and a process that was frozen knows nothing of it.
   */
  function notPaused(name: Switch, key: string, by: string): void {
    const since = pausedAt.get(name);
    const disturbed = stage.disturbedAt >= (since ?? 0);
    if (since !== undefined && !disturbed && scheduler.now() > since + 20_000)
      report('wrong', 'nothing is sent while it is paused', `${key} by ${by}`);
  }

  function concludes(file: PayoutFile, { to, kind }: JournalEntry): void {
    const sessions = [...file.attempts.values()].map(({ sessionId }) => truth.of(sessionId ?? ''));
    const paid = sessions.filter((one) => one && one.paid.length > 0).length;
    const name = `${file.payout.id} ${to} (${kind})`;
    if (to === 'succeeded' && paid === 0) report('wrong', 'succeeded only when the bank has paid', name);
    if (to !== 'failed' && to !== 'cancelled') return;
    // A bank that pays for a session it has shown cancelled cannot be called to account here: see the README.
    if (paid > 0 && whyHopeless(plan.bank) === null)
      report('wrong', 'never called failed when the bank has paid', name);
    if ([...file.attempts.values()].some((attempt) => !isProvenDead(attempt)))
      report('wrong', 'failed only when the bank can no longer pay', name);
  }

  function departs(
    { method, sessionId, key }: { method: string; sessionId: string; key: string | null },
    by: string,
  ): void {
    const step = calls.get(method);
    if (step === undefined) return;
    stage.tally.add(`sent: ${step}`);
    if (key === null || !intents.has(key)) {
      report('wrong', 'nothing is sent that was not committed before', `${method} ${sessionId} by ${by}`);
      return;
    }
    if (sent.has(key)) report('wrong', 'nothing is sent twice under one intent', `${key} by ${by}`);
    sent.add(key);
  }

  function asks(sessionId: string): (answer: string) => void {
    moment += 1;
    const question = { asked: moment, askedAt: scheduler.now() };
    asked.set(sessionId, moment);
    return (answer) => {
      if (!isReadable(answer)) return;
      const before = looks.get(sessionId) ?? { ...question, waiting: 0 };
      const newest = before.asked > question.asked ? before : question;
      const shows = answer.includes('"next_action":"confirm"') ? question.asked : 0;
      looks.set(sessionId, { ...newest, waiting: Math.max(before.waiting, shows) });
    };
  }
}

function isReadable(answer: string): boolean {
  return answer.startsWith('{"status":"ok"') && answer.endsWith('}');
}

function nameOf({ payoutId, number }: Attempt): string {
  return `attempt ${number} of ${payoutId}`;
}
