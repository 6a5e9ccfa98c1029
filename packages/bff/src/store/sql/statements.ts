import { finalStatuses } from '../../payout/payout.js';
import type { Statement } from '../store.js';
import type { Cell, Row } from './rows.js';
import { attemptCells, journalCells, noticeCells, payoutCells } from './rows.js';

/** A statement in SQL that every database of the kit takes, with `?` for its parameters. */
export interface Sql {
  sql: string;
  parameters: readonly Cell[];
}

const sql = (text: string, ...parameters: readonly Cell[]): Sql => ({ sql: text, parameters });

/**
 * Translates a statement of the store into SQL; most are one, a few are several. `batch` names the batch it belongs
 * to: a journal entry keeps it, so that a writer who never got an answer can tell whether the entry is theirs.
 */
export function toSql(statement: Statement, batch: string): Sql[] {
  switch (statement.do) {
    case 'append':
      return [insert('b131_journal', { ...journalCells(statement.entry), batch })];
    case 'insertPayout':
      return [insert('b131_payouts', { ...payoutCells(statement.payout), wakes: statement.payout.wakes })];
    case 'updatePayout':
      return [updatePayout(payoutCells(statement.payout), statement.payout.wakes)];
    case 'putAttempt':
      return [upsert('b131_attempts', attemptCells(statement.attempt), ['payout_id', 'number'])];
    case 'reschedule':
      return [reschedule(statement)];
    case 'wake':
      return [wake(statement)];
    case 'release':
      return [sql(release, statement.payoutId, statement.owner)];
    case 'recordWebhook':
      return [recordWebhook(statement)];
    case 'putPersonal':
    case 'dropPersonal':
    case 'keepPersonal':
      return [personal(statement)];
    case 'reserve':
    case 'unreserve':
      return [reserve(statement)];
    case 'enqueue':
      return [insert('b131_notices', noticeCells(statement.notice))];
    case 'noticeTried':
      return [noticeTried(statement)];
    case 'resendNotice':
      return [sql('UPDATE b131_notices SET due_at = ? WHERE id = ?', statement.at, statement.id)];
    case 'flipSwitch': {
      const { id, name, paused, by, why, at } = statement.flip;
      const { scope } = statement;
      return [insert('b131_switches', { id, scope, name, paused: paused ? 1 : 0, flipped_by: by, why, at })];
    }
    case 'eraseSubject':
      return eraseSubject(statement);
    case 'sweep':
      return sweep(statement);
  }
}

type Of<Kind extends Statement['do']> = Extract<Statement, { do: Kind }>;

/**
 * A wake that came after `wakes` was read stays, whatever was made of the old news. It may also have been taken up
 * since: so the earlier of both times counts.
 */
function keepWake(wakes: number, dueAt: Cell): Sql {
  const earlier = 'WHEN due_at IS NULL OR due_at > ? THEN ? ELSE due_at';
  return sql(`due_at = CASE WHEN wakes = ? THEN ? ${earlier} END`, wakes, dueAt, dueAt, dueAt);
}
const release =
  'UPDATE b131_payouts SET lease_owner = NULL, lease_until = NULL WHERE id = ? AND lease_owner = ?';
const final = `status IN (${finalStatuses.map((status) => `'${status}'`).join(', ')})`;

function updatePayout({ id = null, due_at = null, ...cells }: Row, wakes: number): Sql {
  const columns = Object.keys(cells).map((column) => `${column} = ?`);
  const due = keepWake(wakes, due_at);
  const set = [...columns, due.sql].join(', ');
  return sql(`UPDATE b131_payouts SET ${set} WHERE id = ?`, ...Object.values(cells), ...due.parameters, id);
}

function reschedule({ payoutId, version, wakes, dueAt, askedAt }: Of<'reschedule'>): Sql {
  const due = keepWake(wakes, dueAt);
  const update = `UPDATE b131_payouts SET asked_at = ?, ${due.sql} WHERE id = ? AND version = ?`;
  return sql(update, askedAt, ...due.parameters, payoutId, version);
}

function wake({ payoutId, at }: Of<'wake'>): Sql {
  const earlier = 'due_at = CASE WHEN due_at IS NULL OR due_at > ? THEN ? ELSE due_at END';
  return sql(`UPDATE b131_payouts SET ${earlier}, wakes = wakes + 1 WHERE id = ?`, at, at, payoutId);
}

function recordWebhook({ digest, type, sessionId, at }: Of<'recordWebhook'>): Sql {
  const row = insert('b131_webhooks', { digest, type, session_id: sessionId, at });
  return sql(`${row.sql} ON CONFLICT DO NOTHING`, ...row.parameters);
}

function personal(statement: Of<'putPersonal' | 'dropPersonal' | 'keepPersonal'>): Sql {
  switch (statement.do) {
    case 'putPersonal': {
      const { payoutId, sealed } = statement.personal;
      return upsert('b131_personal', { payout_id: payoutId, sealed, until: null }, ['payout_id']);
    }
    case 'dropPersonal':
      return sql('DELETE FROM b131_personal WHERE payout_id = ?', statement.payoutId);
    case 'keepPersonal':
      return sql(
        'UPDATE b131_personal SET until = ? WHERE payout_id = ?',
        statement.until,
        statement.payoutId,
      );
  }
}

function reserve(statement: Of<'reserve' | 'unreserve'>): Sql {
  const { scope, day, key } = statement;
  if (statement.do === 'unreserve') {
    const update = 'UPDATE b131_totals SET total = total - ? WHERE scope = ? AND day = ? AND key = ?';
    return sql(update, statement.amount, scope, day, key);
  }
  const { amount, ceiling } = statement;
  const row = insert('b131_totals', { scope, day, key, total: amount, ceiling });
  const add = 'DO UPDATE SET total = b131_totals.total + excluded.total, ceiling = excluded.ceiling';
  return sql(`${row.sql} ON CONFLICT (scope, day, key) ${add}`, ...row.parameters);
}

function noticeTried({ id, tries, httpStatus, deliveredAt, dueAt }: Of<'noticeTried'>): Sql {
  const update = `UPDATE b131_notices SET tries = ?, http_status = ?, delivered_at = ?, due_at = ?,
    lease_owner = NULL, lease_until = NULL WHERE id = ?`;
  return sql(update, tries, httpStatus, deliveredAt, dueAt, id);
}

function eraseSubject({ scope, subject, replacement }: Of<'eraseSubject'>): Sql[] {
  const theirs = `scope = ? AND subject = ? AND ${final}`;
  return [
    sql(
      `DELETE FROM b131_personal WHERE payout_id IN (SELECT id FROM b131_payouts WHERE ${theirs})`,
      scope,
      subject,
    ),
    sql(
      `UPDATE b131_payouts SET subject = ?, description = '', metadata = 'null' WHERE ${theirs}`,
      ...[replacement, scope, subject],
    ),
  ];
}

function sweep({ scope, now, before, beforeDay }: Of<'sweep'>): Sql[] {
  return [
    sql('DELETE FROM b131_personal WHERE until <= ?', now),
    sql('DELETE FROM b131_webhooks WHERE at < ?', before),
    sql('DELETE FROM b131_notices WHERE scope = ? AND due_at IS NULL AND created_at < ?', scope, before),
    sql('DELETE FROM b131_totals WHERE scope = ? AND day < ?', scope, beforeDay),
  ];
}

function insert(table: string, cells: Row): Sql {
  const columns = Object.keys(cells);
  const values = columns.map(() => '?').join(', ');
  return sql(`INSERT INTO ${table} (${columns.join(', ')}) VALUES (${values})`, ...Object.values(cells));
}

function upsert(table: string, cells: Row, primaryKey: readonly string[]): Sql {
  const row = insert(table, cells);
  const updates = Object.keys(cells)
    .filter((column) => !primaryKey.includes(column))
    .map((column) => `${column} = excluded.${column}`);
  return sql(
    `${row.sql} ON CONFLICT (${primaryKey.join(', ')}) DO UPDATE SET ${updates.join(', ')}`,
    ...row.parameters,
  );
}
