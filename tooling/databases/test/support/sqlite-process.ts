// One of several processes on one SQLite file: competes for every version of a payout, then for leases.
import { sqliteStore } from '@b131/bff/node';
import { scope, transition } from './records.ts';

const [path = '', name = ''] = process.argv.slice(2);
const store = sqliteStore({ path, busyTimeout: 60_000 });
const versions = [1, 2, 3, 4, 5];

async function compete(): Promise<string[]> {
  const won: string[] = [];
  for (const version of versions) {
    const writers = Array.from({ length: 50 }, (_, n) => `${name} ${version} ${n}`);
    const results = await Promise.all(
      writers.map((writer) => store.batch(transition('pay_race', version, writer))),
    );
    won.push(...writers.filter((_, n) => results[n]?.committed));
  }
  return won;
}

async function lease(): Promise<string[]> {
  const leased: string[] = [];
  for (;;) {
    const records = await store.lease({ scope, owner: name, ttl: 600_000, limit: 3 });
    if (records.length === 0) return leased;
    leased.push(...records.map(({ payout }) => payout.id));
  }
}

process.once('message', async () => {
  const report = { won: await compete(), leased: await lease() };
  await store.close();
  process.send?.(report, () => process.disconnect());
});
process.send?.('ready');
