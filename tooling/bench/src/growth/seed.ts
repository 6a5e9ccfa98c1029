/**
 * Payouts that are over, as so many years leave them: ids in no order, a third of them looked at once a day for returns,
 * each with its attempt and its journal. Written by the database itself, which takes seconds where the kit would take hours.
 */
export interface Seeds {
  /** Which come in: `from` of the first, `to` behind the last. */
  from: number;
  to: number;
  scope: string;
  now: number;
}

const day = 24 * 3_600_000;

/** Statements for SQLite; the numbers are our own. */
export function seedSqlite({ from, to, scope, now }: Seeds): string[] {
  const numbers = `WITH RECURSIVE numbers (n) AS (SELECT ${from} UNION ALL SELECT n + 1 FROM numbers WHERE n + 1 < ${to})`;
  const id = (n: string) =>
    `'pay_' || substr(lower(hex(CAST(((${n}) * 2654435761 % 4294967296) AS TEXT))), 1, 16) || '_' || ${n}`;
  return statements({ scope, now, numbers, id, from: 'FROM numbers' });
}

/** Statements for Postgres. */
export function seedPostgres({ from, to, scope, now }: Seeds): string[] {
  const id = (n: string) => `'pay_' || md5((${n})::text)`;
  return statements({
    scope,
    now,
    numbers: '',
    id,
    from: `FROM generate_series(${from}, ${to - 1}) AS numbers (n)`,
  });
}

interface Dialect {
  scope: string;
  now: number;
  numbers: string;
  id: (n: string) => string;
  from: string;
}

function statements({ scope, now, numbers, id, from }: Dialect): string[] {
  const old = now - 30 * day;
  const payouts = `INSERT INTO b131_payouts (id, scope, ref, subject, amount, currency, description, metadata, fingerprint,
      confirm, status, version, attempt, returned_amount, wakes, created_at, changed_at, finished_at, due_at)
    ${numbers} SELECT ${id('n')}, '${scope}', 'old-' || n, 'courier-' || (n % 5000), 10000, 'RUB', 'Courier services', 'null',
      'k.seed', 'automatic', 'succeeded', 6, 1, 0, 2, ${old} + n, ${old} + n, ${old} + n,
      CASE WHEN n % 3 = 0 THEN ${now} + ${day} + (CAST(n AS BIGINT) * 7919) % ${day} END ${from}`;
  const attempts = `INSERT INTO b131_attempts (payout_id, number, destination, masked, digest, session_id, outcome, starts,
      started_at, confirms, confirmed_at, cancels)
    ${numbers} SELECT ${id('n')}, 1, 'bank_account', '40817***9535', 'k.seed', 'ps_old_' || n, 'paid', 1, ${old} + n, 1, ${old} + n, 0 ${from}`;
  const journal = [1, 2].map(
    (
      version,
    ) => `INSERT INTO b131_journal (payout_id, version, at, kind, attempt, from_status, to_status, data, batch)
    ${numbers} SELECT ${id('n')}, ${version}, ${old} + n, 'processing', 1, 'starting', 'processing', '{}', 'seed' ${from}`,
  );
  return [payouts, attempts, ...journal];
}
