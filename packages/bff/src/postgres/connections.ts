import postgres from 'postgres';
import type { Row } from '../store/sql/rows.js';
import type { Sql } from '../store/sql/statements.js';
import { ClosedError, isLost, isStandby, type Phase, TimeoutError, toFailure } from './postgres-errors.js';
import type { PostgresStoreOptions } from './postgres-store.js';

/** Runs one statement and gives its rows back. */
export type Run = (statement: Sql) => Promise<readonly Row[]>;

export interface Connections {
  /** Host, port and database, for messages; never a password. */
  readonly name: string;
  /** One statement by itself. */
  run: Run;
  /** Does the work in one transaction: committed when it resolves. */
  transaction<T>(work: (run: Run) => Promise<T>): Promise<T>;
  /** A connection of its own that stays open and hears what is sent on a channel, also after it was lost. */
  listen(channel: string, onNotice: (payload: string) => void): void;
  /** Waits for the work under way. */
  close(): Promise<void>;
}

type Client = postgres.Sql<{ bigint: number }>;

interface Session {
  client: Client;
  /** Its connection was lost: it is not used again. */
  lost: boolean;
  madeAt: number;
}

/** Sessions are renewed now and then: a database may have moved to another address. */
const longestLife = 30 * 60_000;
const closing = { timeout: 5 };

/**
 * Connections, each a client of postgres.js with one connection that serves one piece of work at a time and is thrown
 * away with the first sign of trouble.
 *
 * The client's own pool is not used, because it does not survive a Postgres that goes away (3.4.9): `begin` sends a
 * ROLLBACK into the closed socket, which ends the process with an error that nobody can catch, a `reserve` that failed
 * takes a connection with it, and a statement that waits behind a lost one would run on the next connection, outside of
 * its transaction.
 */
export function createConnections(options: PostgresStoreOptions): Connections {
  const { url, max = 10, timeout = 10_000 } = options;
  const name = nameOf(url);
  const idle: Session[] = [];
  const busy = new Set<Session>();
  const waiting: ((session: Session) => void)[] = [];
  let listener: Client | null = null;
  let closed = false;

  function connect(onclose?: () => void): Client {
    return postgres(url, {
      connect_timeout: timeout / 1000,
      ...options.connection,
      max: 1,
      // All of it is decided here, and by nobody else while a transaction runs.
      idle_timeout: 0,
      max_lifetime: 0,
      fetch_types: false,
      onnotice: () => {},
      types: {
        bigint: {
          to: 20,
          from: [20],
          serialize: (value: number) => String(value),
          parse: (text: string) => Number(text),
        },
      },
      ...(onclose ? { onclose } : {}),
    });
  }

  function newBusySession(): Session {
    const session: Session = { client: connect(() => lose(session)), lost: false, madeAt: performance.now() };
    busy.add(session);
    return session;
  }

  async function takeOne(): Promise<Session> {
    for (let session = idle.pop(); session; session = idle.pop()) {
      if (isFresh(session)) return again(session);
      discard(session);
    }
    return busy.size < max ? newBusySession() : new Promise((resolve) => waiting.push(resolve));
  }

  function giveBack(session: Session, healthy: boolean): void {
    const keep = healthy && isFresh(session) && !closed;
    if (!keep) discard(session);
    busy.delete(session);
    const next = waiting.shift();
    if (next) next(keep ? again(session) : newBusySession());
    else if (keep) idle.push(session);
  }

  function again(session: Session): Session {
    busy.add(session);
    return session;
  }

  async function using<T>(phase: () => Phase, work: (client: Client) => Promise<T>): Promise<T> {
    const session = await takeOne();
    let healthy = true;
    try {
      if (closed) throw new ClosedError();
      return await inTime(timeout, work(session.client));
    } catch (error) {
      healthy = !isLost(error) && !isStandby(error);
      throw toFailure(error, phase(), name);
    } finally {
      giveBack(session, healthy);
    }
  }

  /**
   * READ COMMITTED, whatever the database's default: two batches about one payout meet at the journal's primary key, two
   * about one total at its row, and both are decided on what was committed last. Nothing is read first and written
   * later, which is what a higher level would guard. The migration needs it: it must see what was done before its lock.
   */
  async function transaction<T>(work: (run: Run) => Promise<T>): Promise<T> {
    let phase: Phase = 'before';
    let result: { is: T } | null = null;
    await using(
      () => phase,
      (client) =>
        client.begin('isolation level read committed', async (sql) => {
          // Sent one behind the other without waiting for the answers.
          const limited = sql.unsafe(limits(timeout)).execute();
          const [, value] = await orNever(Promise.all([limited, work(runOn(sql))]));
          result = { is: value };
          phase = 'commit';
        }),
    );
    return resultOf(result);
  }

  return {
    name,
    run: (statement) =>
      using(
        () => 'alone',
        (client) => runOn(client)(statement),
      ),
    transaction,
    listen(channel, onNotice) {
      if (listener || closed) return;
      listener = connect();
      // Without it changes of other processes are seen by polling; the client itself tries again.
      listener.listen(channel, onNotice).catch(() => {});
    },
    async close() {
      closed = true;
      const clients = [...idle, ...busy].map(({ client }) => client);
      await Promise.all([...clients, ...(listener ? [listener] : [])].map((client) => client.end(closing)));
    },
  };
}

/** A session whose process was cut off must not hold its locks for long. */
function limits(timeout: number): string {
  const whole = Math.ceil(timeout);
  return `SET LOCAL lock_timeout = ${Math.ceil(whole / 2)}; SET LOCAL idle_in_transaction_session_timeout = ${whole}`;
}

/** The statements of the kit write `?` where Postgres wants `$1`, `$2` …; none has a question mark otherwise. */
function numbered(sql: string): string {
  let count = 0;
  return sql.replaceAll('?', () => {
    count += 1;
    return `$${count}`;
  });
}

const texts = new Map<string, string>();

function runOn(client: postgres.ISql<{ bigint: number }>): Run {
  return ({ sql, parameters }) => {
    const text = texts.get(sql) ?? numbered(sql);
    texts.set(sql, text);
    return client.unsafe<Row[]>(text, [...parameters], { prepare: true }).execute();
  };
}

/**
 * A lost connection settles nothing here: the client would send a ROLLBACK after it. It hears of the loss by itself and
 * rejects the transaction.
 */
async function orNever<T>(work: Promise<T>): Promise<T> {
  try {
    return await work;
  } catch (error) {
    if (!isLost(error)) throw error;
    return new Promise<never>(() => {});
  }
}

/** A connection may be lost without a sign; then nobody would ever answer. */
async function inTime<T>(timeout: number, work: Promise<T>): Promise<T> {
  let timer: ReturnType<typeof setTimeout> | undefined;
  const late = new Promise<never>((_, reject) => {
    timer = setTimeout(() => reject(new TimeoutError(timeout)), timeout);
  });
  return Promise.race([work, late]).finally(() => clearTimeout(timer));
}

function resultOf<T>(result: { is: T } | null): T {
  if (!result) throw new Error('a transaction was committed without its work');
  return result.is;
}

function isFresh({ lost, madeAt }: Session): boolean {
  return !lost && performance.now() - madeAt < longestLife;
}

function lose(session: Session): void {
  session.lost = true;
}

function discard({ client }: Session): void {
  client.end({ timeout: 0 }).catch(() => {});
}

function nameOf(url: string): string {
  const { host, pathname } = new URL(url);
  return `${host}${pathname}`;
}
