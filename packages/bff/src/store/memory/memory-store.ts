import type { Attempt, JournalEntry, Payout, PayoutRecord, Personal } from '../../payout/payout.js';
import { isFinal } from '../../payout/payout.js';
import { type Notice, stateOf } from '../notice.js';
import type {
  BatchResult,
  LeaseRequest,
  ListRequest,
  NoticeListRequest,
  Place,
  Statement,
  Store,
  SwitchFlip,
} from '../store.js';
import { createWatchers } from '../watchers.js';
import { createDueIndex, type Dueable, type DueIndex } from './due-index.js';

export interface MemoryStoreOptions {
  /** Milliseconds since the epoch; plays the database's clock. */
  clock?: { now(): number };
}

interface Row extends Dueable {
  payout: Payout;
  attempts: Map<number, Attempt>;
  journal: Map<number, JournalEntry>;
}

interface NoticeRow extends Dueable {
  notice: Notice;
}

interface Tables {
  rows: Map<string, Row>;
  byRef: Map<string, string>;
  bySession: Map<string, string>;
  personal: Map<string, Personal & { until: number | null }>;
  webhooks: Map<string, number>;
  totals: Map<string, { scope: string; day: string; total: number }>;
  notices: Map<string, NoticeRow>;
  /** What is due, by scope. */
  due: { payouts: Map<string, DueIndex<Row>>; notices: Map<string, DueIndex<NoticeRow>> };
  flips: (SwitchFlip & { scope: string })[];
}

/** Keeps payouts in this process's memory: for tests, simulation and a first try. A restart forgets everything. */
export function memoryStore({ clock = Date }: MemoryStoreOptions = {}): Store {
  const tables: Tables = {
    rows: new Map(),
    byRef: new Map(),
    bySession: new Map(),
    personal: new Map(),
    webhooks: new Map(),
    totals: new Map(),
    notices: new Map(),
    flips: [],
    due: { payouts: new Map(), notices: new Map() },
  };
  const watchers = createWatchers();
  return {
    async batch(statements) {
      const result = applyAll(tables, statements);
      if (result.committed) watchers.tell(statements);
      return result;
    },
    load: async (id) => recordOf(tables.rows.get(id)),
    loadByRef: async (scope, ref) => recordOf(tables.rows.get(tables.byRef.get(keyOf(scope, ref)) ?? '')),
    async loadBySession(scope, sessionId) {
      const record = recordOf(tables.rows.get(tables.bySession.get(sessionId) ?? ''));
      return record?.payout.scope === scope ? record : null;
    },
    async personal(payoutId) {
      const found = tables.personal.get(payoutId);
      return found ? { payoutId, sealed: found.sealed } : null;
    },
    async journal(payoutId, after, limit) {
      const entries = [...(tables.rows.get(payoutId)?.journal.values() ?? [])];
      return entries.filter(({ version }) => version > after).slice(0, limit);
    },
    lease: async (request) => leaseDue(tables, request, clock.now()),
    async renew(payoutId, owner, ttl) {
      const lease = tables.rows.get(payoutId)?.lease;
      if (lease?.owner !== owner) return false;
      lease.until = clock.now() + ttl;
      return true;
    },
    async nextDue(scope) {
      const now = clock.now();
      return earlier(duePayouts(tables, scope).next(now), dueNotices(tables, scope).next(now));
    },
    list: async (request) => listPayouts(tables, request),
    leaseNotices: async (request) => leaseNotices(tables, request, clock.now()),
    notices: async (payoutId) => noticesOf(tables, (notice) => notice.payoutId === payoutId),
    listNotices: async (request) => listNotices(tables, request),
    async switchLog(scope, name, limit) {
      const wanted = tables.flips.filter((flip) => flip.scope === scope && flip.name === name);
      const flips = wanted.map(({ scope: _scope, ...flip }) => flip);
      return flips.reverse().slice(0, limit);
    },
    watch: watchers.watch,
    ready: async () => {},
    close: async () => {},
  };
}

function applyAll(tables: Tables, statements: readonly Statement[]): BatchResult {
  if (statements.some((statement) => conflicts(tables, statement)))
    return { committed: false, because: 'taken' };
  if (statements.some((statement) => exceeds(tables, statement)))
    return { committed: false, because: 'limit' };
  for (const statement of statements) apply(tables, statement);
  return { committed: true };
}

function conflicts(tables: Tables, statement: Statement): boolean {
  switch (statement.do) {
    case 'append':
      return tables.rows.get(statement.entry.payoutId)?.journal.has(statement.entry.version) ?? false;
    case 'insertPayout':
      return (
        tables.rows.has(statement.payout.id) ||
        tables.byRef.has(keyOf(statement.payout.scope, statement.payout.ref))
      );
    case 'putAttempt':
      return sessionIsTaken(tables, statement.attempt);
    default:
      return false;
  }
}

function exceeds({ totals }: Tables, statement: Statement): boolean {
  if (statement.do !== 'reserve') return false;
  const { scope, day, key, amount, ceiling } = statement;
  return (totals.get(keyOf(scope, day, key))?.total ?? 0) + amount > ceiling;
}

function sessionIsTaken({ rows, bySession }: Tables, { payoutId, number, sessionId }: Attempt): boolean {
  if (sessionId === null) return false;
  const holder = bySession.get(sessionId);
  if (holder === undefined) return false;
  return holder !== payoutId || rows.get(payoutId)?.attempts.get(number)?.sessionId !== sessionId;
}

function apply(tables: Tables, statement: Statement): void {
  switch (statement.do) {
    case 'insertPayout':
      tables.byRef.set(keyOf(statement.payout.scope, statement.payout.ref), statement.payout.id);
      addRow(tables, statement.payout);
      return;
    case 'putPersonal':
      tables.personal.set(statement.personal.payoutId, { ...statement.personal, until: null });
      return;
    case 'dropPersonal':
      tables.personal.delete(statement.payoutId);
      return;
    case 'keepPersonal': {
      const personal = tables.personal.get(statement.payoutId);
      if (personal) personal.until = statement.until;
      return;
    }
    case 'recordWebhook':
      if (!tables.webhooks.has(statement.digest)) tables.webhooks.set(statement.digest, statement.at);
      return;
    case 'reserve':
      addTo(tables, statement, statement.amount);
      return;
    case 'unreserve':
      addTo(tables, statement, -statement.amount);
      return;
    case 'enqueue':
      addNotice(tables, statement.notice);
      return;
    case 'noticeTried': {
      const row = tables.notices.get(statement.id);
      const { tries, httpStatus, deliveredAt, dueAt } = statement;
      if (row) {
        row.lease = null;
        setNotice(tables, row, { ...row.notice, tries, httpStatus, deliveredAt, dueAt });
      }
      return;
    }
    case 'resendNotice': {
      const row = tables.notices.get(statement.id);
      if (row) setNotice(tables, row, { ...row.notice, dueAt: statement.at });
      return;
    }
    case 'flipSwitch':
      tables.flips.push({ ...statement.flip, scope: statement.scope });
      return;
    case 'eraseSubject':
      eraseSubject(tables, statement);
      return;
    case 'sweep':
      sweep(tables, statement);
      return;
    default:
      applyToRow(tables, statement);
  }
}

function addTo(
  { totals }: Tables,
  { scope, day, key }: { scope: string; day: string; key: string },
  amount: number,
): void {
  const id = keyOf(scope, day, key);
  totals.set(id, { scope, day, total: (totals.get(id)?.total ?? 0) + amount });
}

function eraseSubject(
  { rows, personal }: Tables,
  { scope, subject, replacement }: Extract<Statement, { do: 'eraseSubject' }>,
): void {
  for (const row of rows.values()) {
    if (row.payout.scope !== scope || row.payout.subject !== subject || !isFinal(row.payout.status)) continue;
    personal.delete(row.payout.id);
    row.payout = { ...row.payout, subject: replacement, description: '', metadata: null };
  }
}

function sweep(
  { personal, webhooks, notices, totals }: Tables,
  { scope, now, before, beforeDay }: Extract<Statement, { do: 'sweep' }>,
): void {
  for (const [id, { until }] of personal) if (until !== null && until <= now) personal.delete(id);
  for (const [digest, at] of webhooks) if (at < before) webhooks.delete(digest);
  for (const [id, { notice }] of notices) {
    const old = notice.scope === scope && notice.createdAt < before;
    if (old && notice.dueAt === null) notices.delete(id);
  }
  for (const [id, total] of totals) if (total.scope === scope && total.day < beforeDay) totals.delete(id);
}

function listPayouts({ rows }: Tables, { from, until, limit, after, ...exact }: ListRequest): Payout[] {
  return [...rows.values()]
    .map(({ payout }) => payout)
    .filter((payout) => agrees(payout, exact))
    .filter(({ createdAt }) => createdAt >= (from ?? createdAt) && createdAt < (until ?? Infinity))
    .sort(newestFirst)
    .filter((payout) => after === undefined || newestFirst(after, payout) < 0)
    .slice(0, limit);
}

function listNotices({ notices }: Tables, { state, limit, after, ...exact }: NoticeListRequest): Notice[] {
  return [...notices.values()]
    .map(({ notice }) => notice)
    .filter((notice) => agrees(notice, exact) && (state === undefined || stateOf(notice) === state))
    .sort(newestFirst)
    .filter((notice) => after === undefined || newestFirst(after, notice) < 0)
    .slice(0, limit);
}

/** True when a row has every value that is asked for. */
function agrees<T extends object>(row: T, wanted: { readonly [K in keyof T]?: T[K] | undefined }): boolean {
  const has = new Map<string, unknown>(Object.entries(row));
  return Object.entries(wanted).every(([name, value]) => value === undefined || has.get(name) === value);
}

function newestFirst(a: Place, b: Place): number {
  return b.createdAt - a.createdAt || (a.id < b.id ? 1 : a.id > b.id ? -1 : 0);
}

function leaseNotices(
  tables: Tables,
  { scope, owner, ttl, limit }: Omit<LeaseRequest, 'payoutId'>,
  now: number,
): Notice[] {
  const taken = dueNotices(tables, scope).take(now, limit, { owner, until: now + ttl });
  return taken.map(({ notice }) => notice);
}

function noticesOf({ notices }: Tables, wanted: (notice: Notice) => boolean): Notice[] {
  const found = [...notices.values()].map(({ notice }) => notice).filter(wanted);
  return found.sort((a, b) => a.version - b.version);
}

type RowStatement = Extract<
  Statement,
  { do: 'append' | 'updatePayout' | 'putAttempt' | 'reschedule' | 'wake' | 'release' }
>;

function applyToRow(tables: Tables, statement: RowStatement): void {
  const row = tables.rows.get(payoutIdOf(statement));
  if (!row) return;
  switch (statement.do) {
    case 'append':
      row.journal.set(statement.entry.version, statement.entry);
      return;
    case 'putAttempt':
      row.attempts.set(statement.attempt.number, statement.attempt);
      if (statement.attempt.sessionId !== null)
        tables.bySession.set(statement.attempt.sessionId, row.payout.id);
      return;
    case 'updatePayout':
      setPayout(tables, row, {
        ...statement.payout,
        ...keepWake(row.payout, statement.payout.wakes, statement.payout.dueAt),
      });
      return;
    case 'reschedule':
      if (row.payout.version !== statement.version) return;
      setPayout(tables, row, {
        ...row.payout,
        askedAt: statement.askedAt,
        ...keepWake(row.payout, statement.wakes, statement.dueAt),
      });
      return;
    case 'wake':
      setPayout(tables, row, {
        ...row.payout,
        dueAt: earlier(row.payout.dueAt, statement.at),
        wakes: row.payout.wakes + 1,
      });
      return;
    case 'release':
      if (row.lease?.owner === statement.owner) row.lease = null;
  }
}

function payoutIdOf(statement: RowStatement): string {
  switch (statement.do) {
    case 'append':
      return statement.entry.payoutId;
    case 'updatePayout':
      return statement.payout.id;
    case 'putAttempt':
      return statement.attempt.payoutId;
    default:
      return statement.payoutId;
  }
}

/** A wake that came after `wakes` was read stays; it may have been taken up since, so the earlier time counts. */
function keepWake(stored: Payout, wakesSeen: number, dueAt: number | null): Pick<Payout, 'dueAt' | 'wakes'> {
  const kept = stored.wakes === wakesSeen ? dueAt : earlier(stored.dueAt, dueAt);
  return { dueAt: kept, wakes: stored.wakes };
}

function leaseDue(
  tables: Tables,
  { scope, owner, ttl, limit, payoutId }: LeaseRequest,
  now: number,
): PayoutRecord[] {
  const due = duePayouts(tables, scope);
  const lease = { owner, until: now + ttl };
  if (payoutId === undefined) return due.take(now, limit, lease).map(toRecord);
  const row = tables.rows.get(payoutId);
  return row?.payout.scope === scope ? due.takeOne(row, now, lease).map(toRecord) : [];
}

function addRow(tables: Tables, payout: Payout): void {
  const row = { payout, order: tables.rows.size, attempts: new Map(), journal: new Map(), lease: null };
  tables.rows.set(payout.id, row);
  duePayouts(tables, payout.scope).moved(row);
}

function setPayout(tables: Tables, row: Row, payout: Payout): void {
  row.payout = payout;
  duePayouts(tables, payout.scope).moved(row);
}

function addNotice(tables: Tables, notice: Notice): void {
  const row = { notice, order: tables.notices.size, lease: null };
  tables.notices.set(notice.id, row);
  dueNotices(tables, notice.scope).moved(row);
}

function setNotice(tables: Tables, row: NoticeRow, notice: Notice): void {
  row.notice = notice;
  dueNotices(tables, notice.scope).moved(row);
}

function duePayouts({ due }: Tables, scope: string): DueIndex<Row> {
  return of(due.payouts, scope, () => createDueIndex((row) => row.payout.dueAt));
}

function dueNotices({ due }: Tables, scope: string): DueIndex<NoticeRow> {
  return of(due.notices, scope, () => createDueIndex((row) => row.notice.dueAt));
}

function of<T>(all: Map<string, T>, scope: string, make: () => T): T {
  const found = all.get(scope) ?? make();
  all.set(scope, found);
  return found;
}

function earlier(a: number | null, b: number | null): number | null {
  if (a === null || b === null) return a ?? b;
  return Math.min(a, b);
}

function recordOf(row: Row | undefined): PayoutRecord | null {
  return row ? toRecord(row) : null;
}

function toRecord({ payout, attempts }: Row): PayoutRecord {
  return { payout, attempts: [...attempts.values()].sort((a, b) => a.number - b.number) };
}

function keyOf(...parts: string[]): string {
  return JSON.stringify(parts);
}
