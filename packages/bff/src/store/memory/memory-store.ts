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

export interface MemoryStoreOptions {
  /** Milliseconds since the epoch; plays the database's clock. */
  clock?: { now(): number };
}

interface Row {
  payout: Payout;
  attempts: Map<number, Attempt>;
  journal: Map<number, JournalEntry>;
  lease: Lease | null;
}

interface Lease {
  owner: string;
  until: number;
}

interface Tables {
  rows: Map<string, Row>;
  byRef: Map<string, string>;
  bySession: Map<string, string>;
  personal: Map<string, Personal & { until: number | null }>;
  webhooks: Map<string, number>;
  totals: Map<string, { scope: string; day: string; total: number }>;
  notices: Map<string, { notice: Notice; lease: Lease | null }>;
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
      const rows = [...tables.rows.values()].filter(({ payout }) => payout.scope === scope);
      const notices = [...tables.notices.values()].filter(({ notice }) => notice.scope === scope);
      const chances = [
        ...rows.map(({ payout, lease }) => nextChance(payout.dueAt, lease, clock.now())),
        ...notices.map(({ notice, lease }) => nextChance(notice.dueAt, lease, clock.now())),
      ];
      return chances.reduce(earlier, null);
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
      tables.rows.set(statement.payout.id, {
        payout: statement.payout,
        attempts: new Map(),
        journal: new Map(),
        lease: null,
      });
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
      tables.notices.set(statement.notice.id, { notice: statement.notice, lease: null });
      return;
    case 'noticeTried': {
      const row = tables.notices.get(statement.id);
      const { tries, httpStatus, deliveredAt, dueAt } = statement;
      if (row) {
        row.notice = { ...row.notice, tries, httpStatus, deliveredAt, dueAt };
        row.lease = null;
      }
      return;
    }
    case 'resendNotice': {
      const row = tables.notices.get(statement.id);
      if (row) row.notice = { ...row.notice, dueAt: statement.at };
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
  { notices }: Tables,
  { scope, owner, ttl, limit }: Omit<LeaseRequest, 'payoutId'>,
  now: number,
): Notice[] {
  const due = [...notices.values()]
    .filter(({ notice, lease }) => notice.scope === scope && (lease === null || lease.until <= now))
    .filter(({ notice }) => notice.dueAt !== null && notice.dueAt <= now)
    .sort((a, b) => (a.notice.dueAt ?? 0) - (b.notice.dueAt ?? 0))
    .slice(0, limit);
  for (const row of due) row.lease = { owner, until: now + ttl };
  return due.map(({ notice }) => notice);
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
      row.payout = {
        ...statement.payout,
        ...keepWake(row.payout, statement.payout.wakes, statement.payout.dueAt),
      };
      return;
    case 'reschedule':
      if (row.payout.version !== statement.version) return;
      row.payout = {
        ...row.payout,
        askedAt: statement.askedAt,
        ...keepWake(row.payout, statement.wakes, statement.dueAt),
      };
      return;
    case 'wake':
      row.payout = {
        ...row.payout,
        dueAt: earlier(row.payout.dueAt, statement.at),
        wakes: row.payout.wakes + 1,
      };
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
  { rows }: Tables,
  { scope, owner, ttl, limit, payoutId }: LeaseRequest,
  now: number,
): PayoutRecord[] {
  const wanted = payoutId === undefined ? [...rows.values()] : [rows.get(payoutId)];
  const due = wanted
    .filter((row) => row !== undefined)
    .filter(
      (row) =>
        row.payout.scope === scope &&
        (row.payout.dueAt ?? Number.POSITIVE_INFINITY) <= now &&
        isFree(row, now),
    )
    .sort((a, b) => (a.payout.dueAt ?? 0) - (b.payout.dueAt ?? 0))
    .slice(0, limit);
  for (const row of due) row.lease = { owner, until: now + ttl };
  return due.map(recordOf).filter((record) => record !== null);
}

function nextChance(dueAt: number | null, lease: Lease | null, now: number): number | null {
  return lease === null || lease.until <= now ? dueAt : lease.until;
}

function isFree({ lease }: Row, now: number): boolean {
  return lease === null || lease.until <= now;
}

function earlier(a: number | null, b: number | null): number | null {
  if (a === null || b === null) return a ?? b;
  return Math.min(a, b);
}

function recordOf(row: Row | undefined): PayoutRecord | null {
  if (!row) return null;
  return { payout: row.payout, attempts: [...row.attempts.values()].sort((a, b) => a.number - b.number) };
}

function keyOf(...parts: string[]): string {
  return JSON.stringify(parts);
}
