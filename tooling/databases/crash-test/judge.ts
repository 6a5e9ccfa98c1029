import { isFinal, type JournalEntry, type Notice, type PayoutRecord, type Store } from '@b131/bff';
import type { Movement, SessionView } from '@b131/sandbox';
import type { Story } from './recipient.ts';

/** What the bank, the merchant and the recipients know when all is over. */
export interface Evidence {
  ledger: readonly Movement[];
  sessions: readonly SessionView[];
  /** Ids of the notices the merchant took. */
  told: ReadonlySet<string>;
  stories: readonly Story[];
}

/** Why a world is not clean. */
export type Charge = 'paid_twice' | 'lost' | 'wrong' | 'stuck';

export interface Finding {
  charge: Charge;
  /** The reference, or what else it is about. */
  about: string;
  what: string;
}

/** All that the store knows of a payout. */
export interface File extends PayoutRecord {
  journal: readonly JournalEntry[];
  notices: readonly Notice[];
}

const longestJournal = 10_000;

/** Everything the store holds under a reference; null when it holds nothing. */
export async function readFile(store: Store, scope: string, ref: string): Promise<File | null> {
  const record = await store.loadByRef(scope, ref);
  if (!record) return null;
  const { id } = record.payout;
  const [journal, notices] = [await store.journal(id, 0, longestJournal), await store.notices(id)];
  return { ...record, journal, notices };
}

/** Why a payout, with all that hangs on it, is not yet at its end; null when it is. */
export function waitsFor(file: File | null): string | null {
  if (!file) return 'the store to know it';
  const { status, attention } = file.payout;
  if (!isFinal(status)) return attention === null ? `the end of ${status}` : `a person: ${attention}`;
  const untold = file.notices.find(({ deliveredAt }) => deliveredAt === null);
  return untold ? `the merchant to take ${untold.type} (${untold.tries} tries)` : null;
}

/** Holds what happened to one reference against what was promised. */
export function judge(story: Story, file: File | null, evidence: Evidence): Finding[] {
  const findings: Finding[] = [];
  const find = (charge: Charge, what: string) => void findings.push({ charge, about: story.ref, what });
  for (const oddity of story.oddities) find('wrong', oddity);
  const paid = evidence.ledger.filter(
    (movement) => movement.kind === 'paid' && refOf(movement.metadata) === story.ref,
  );
  if (paid.length > 1) find('paid_twice', `paid ${paid.length} times: ${JSON.stringify(paid)}`);
  for (const movement of paid) judgeMovement(story, movement, find);
  if (!file) {
    if (story.given.size > 0) find('lost', 'was accepted, and the store does not know it');
    else if (paid.length > 0) find('lost', 'was paid, and the store does not know it');
    return findings;
  }
  judgeEnd(file, paid, find);
  judgeStory(story, file, find);
  judgeJournal(file, find);
  judgeAttempts(file, evidence.sessions, find);
  judgeNotices(file, evidence.told, find);
  return findings;
}

type Find = (charge: Charge, what: string) => void;

/** What the kit wrote into the bank's metadata. */
function refOf(metadata: unknown): string | null {
  if (typeof metadata !== 'object' || metadata === null || !('ref' in metadata)) return null;
  return typeof metadata.ref === 'string' ? metadata.ref : null;
}

function judgeMovement({ amount, given }: Story, movement: Movement, find: Find): void {
  if (movement.amount !== amount) find('wrong', `${movement.amount} was paid instead of ${amount}`);
  const last = given.get(Math.max(...given.keys()));
  if (movement.masked_account !== last)
    find('wrong', `${movement.masked_account} was paid, the account given last is ${last}`);
}

/** Our last word and the bank's ledger say the same. */
function judgeEnd({ payout }: File, paid: readonly Movement[], find: Find): void {
  const why = payout.attention === null ? '' : ` (${payout.attention})`;
  if (!isFinal(payout.status)) {
    find('stuck', `is still ${payout.status}${why}`);
    return;
  }
  const saysPaid = payout.status === 'succeeded' || payout.status === 'returned';
  if (saysPaid && paid.length === 0) find('lost', `is ${payout.status}, and the bank has paid nothing`);
  if (!saysPaid && paid.length > 0) find('wrong', `is ${payout.status}, and the bank has paid`);
}

/** Nothing that a recipient was shown is undone. */
function judgeStory({ shown }: Story, { payout, journal }: File, find: Find): void {
  if (!shown) return;
  if (shown.version > payout.version) {
    find('lost', `version ${shown.version} was shown, the store has ${payout.version}`);
    return;
  }
  const then = journal.find(({ version }) => version === shown.version);
  // A word that is given but not yet sent is shown as if it were.
  const same = then?.to === shown.status || then?.to === 'awaiting_confirmation';
  if (!same)
    find('wrong', `${shown.status} was shown at version ${shown.version}, the journal says ${then?.to}`);
}

/** Where each entry of the journal may lead from a final status: only a new attempt opens it again. */
function judgeJournal({ payout, journal }: File, find: Find): void {
  for (const [index, entry] of journal.entries()) {
    const before = journal[index - 1] ?? null;
    if (entry.version !== index + 1) find('wrong', `journal: version ${entry.version} at place ${index + 1}`);
    if (entry.from !== (before?.to ?? null))
      find('wrong', `journal: version ${entry.version} comes from ${entry.from}, not ${before?.to ?? null}`);
    const reopened = entry.from !== null && isFinal(entry.from) && !isFinal(entry.to);
    if (reopened && entry.kind !== 'another_account')
      find('wrong', `journal: ${entry.kind} leads from ${entry.from} to ${entry.to}`);
    if (reopened && entry.from === 'succeeded') find('wrong', 'journal: goes on after success');
    if ('alarm' in entry.data) find('wrong', `journal: alarm ${entry.data.alarm}`);
  }
  const last = journal.at(-1);
  if (last?.version !== payout.version || last.to !== payout.status)
    find('wrong', `journal: ends with ${last?.version} ${last?.to}, not ${payout.version} ${payout.status}`);
}

/** What was sent was committed before, and nothing lives on at the bank. */
function judgeAttempts(
  { attempts, journal, payout }: File,
  sessions: readonly SessionView[],
  find: Find,
): void {
  for (const { number, sessionId, starts, confirms, cancels, outcome } of attempts) {
    const sent = { start: starts, confirm: confirms, cancel: cancels };
    for (const [kind, count] of Object.entries(sent)) {
      const journaled = journal.filter((entry) => entry.kind === kind && entry.attempt === number).length;
      if (journaled !== count)
        find('wrong', `attempt ${number}: ${count} times ${kind}, the journal has ${journaled}`);
    }
    if (isFinal(payout.status) && outcome === 'open')
      find('wrong', `attempt ${number} is open after the end`);
    const session = sessions.find(({ id }) => id === sessionId);
    if (!session) continue;
    if (session.payouts.length > 0 && starts === 0)
      find('wrong', `attempt ${number}: started without a start`);
    if (session.payouts.some(({ status }) => status === 'succeeded') && confirms === 0)
      find('wrong', `attempt ${number}: paid without a confirm`);
    if (session.status === 'in_progress')
      find('stuck', `attempt ${number}: its session still runs at the bank`);
  }
}

const finalKinds = ['succeeded', 'failed', 'cancelled', 'returned'];

/** Every final result was put into words and taken by the merchant. */
function judgeNotices({ payout, journal, notices }: File, told: ReadonlySet<string>, find: Find): void {
  for (const { kind, version, to } of journal) {
    if (!finalKinds.includes(kind)) continue;
    const notice = notices.find((one) => one.version === version);
    if (!notice) find('lost', `no notice of version ${version} (${to}) was written`);
    if (!told.has(`${payout.id}.${version}`))
      find('lost', `the merchant was never told of version ${version} (${to})`);
  }
}

/** What the bank knows and no reference of ours explains. */
export function judgeStrays({ ledger, sessions, stories }: Evidence, files: readonly File[]): Finding[] {
  const refs = new Set(stories.map(({ ref }) => ref));
  const known = new Set(files.flatMap(({ attempts }) => attempts.map(({ sessionId }) => sessionId)));
  const strayMoney = ledger
    .filter(({ metadata }) => !refs.has(refOf(metadata) ?? ''))
    .map((movement) => `money moved for nobody: ${JSON.stringify(movement)}`);
  // A session that was opened and never recorded is nobody's, which is why it must never have been started.
  const straySessions = sessions
    .filter(({ id, payouts }) => payouts.length > 0 && !known.has(id))
    .map((session) => `a session that no attempt knows was started: ${JSON.stringify(session)}`);
  return [...strayMoney, ...straySessions].map((what) => ({ charge: 'wrong', about: 'the bank', what }));
}
