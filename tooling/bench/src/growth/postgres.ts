import { readFile } from 'node:fs/promises';
import { postgresStore } from '@b131/bff/postgres';
import { startPostgres } from '@b131/databases';
import postgres from 'postgres';
import { type Databases, scope } from './databases.ts';
import { seedPostgres } from './seed.ts';

/** One Postgres, with a schema for each size. */
export async function postgresDatabases(): Promise<Databases> {
  const server = await startPostgres({ durable: true });
  const own = postgres(server.url, { max: 1, onnotice: () => undefined });

  return {
    name: 'Postgres',
    async open(size) {
      const schema = `of_${size}`;
      await own.unsafe(`CREATE SCHEMA ${schema}`);
      const store = postgresStore({ url: `${server.url}?search_path=${schema}` });
      await store.ready();
      await own.unsafe(`SET search_path = ${schema}`);
      for (const sql of seedPostgres({ from: 0, to: size, scope, now: Date.now() })) await own.unsafe(sql);
      for (const tidy of ['VACUUM ANALYZE', 'CHECKPOINT']) await own.unsafe(tidy);
      const before = await read();

      async function read() {
        // A backend that has nothing to do tells its counts ten seconds later.
        await new Promise((resolve) => setTimeout(resolve, 11_000));
        await own.unsafe('SELECT pg_stat_clear_snapshot()');
        const [indexes] = await own.unsafe(
          `SELECT coalesce(sum(idx_tup_read), 0) AS entries FROM pg_stat_user_indexes WHERE schemaname = '${schema}'`,
        );
        const tables = await own.unsafe(
          `SELECT relname, seq_tup_read FROM pg_stat_user_tables WHERE schemaname = '${schema}'`,
        );
        const scanned = new Map(
          tables.map(({ relname, seq_tup_read }) => [String(relname), Number(seq_tup_read)]),
        );
        return { entries: Number(indexes?.entries ?? 0), scanned };
      }

      return {
        ...{ size, store },
        cpu: () => cpuOfServer(own),
        async rows() {
          const { entries, scanned } = await read();
          return [...scanned.values()].reduce((sum, rows) => sum + rows, entries);
        },
        async scans() {
          const { scanned } = await read();
          // Small tables are read whole because that is cheapest; what counts is whether large ones are.
          const large = ['b131_payouts', 'b131_attempts', 'b131_journal'];
          const grown = large.filter((name) => (scanned.get(name) ?? 0) > (before.scanned.get(name) ?? 0));
          return size < 10_000 ? [] : grown.map((name) => `${name} is scanned`);
        },
        close: () => store.close(),
      };
    },
    async close() {
      await own.end();
      await server.remove();
    },
  };
}

/** All processes of the server, in microseconds, as Linux tells it. */
async function cpuOfServer(own: postgres.Sql): Promise<number> {
  const processes = await own.unsafe('SELECT pid FROM pg_stat_activity');
  const each = await Promise.all(
    processes.map(async ({ pid }) => {
      const text = await readFile(`/proc/${pid}/schedstat`, 'utf8').catch(() => '0');
      return Number(text.split(' ')[0]) / 1000;
    }),
  );
  return each.reduce((sum, cpu) => sum + cpu, 0);
}
