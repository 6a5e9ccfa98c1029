import { DatabaseSync } from 'node:sqlite';
import { expect, test } from 'vitest';
import { growth } from '../src/growth/growth.ts';
import { sqliteDatabases } from '../src/growth/sqlite.ts';
import { interleave } from '../src/rounds.ts';
import { openStand, payFor } from '../src/stand/stand.ts';

test('every side pays, and makes the calls that the design makes', { timeout: 120_000 }, async () => {
  const stand = await openStand();
  try {
    const sides = await Promise.all([
      stand.start({ name: 'floor', module: 'floor' }),
      stand.start({ name: 'sqlite', module: 'kit', variant: 'sqlite' }),
      stand.start({ name: 'by hand', module: 'hand-written' }),
    ]);
    const paid = await interleave(sides, 1, (side) => payFor(stand, side, { seconds: 0.2, inFlight: 2 }));
    for (const [side, [round]] of paid) {
      const count = round?.finished.length ?? 0;
      expect(count, side.name).toBeGreaterThan(0);
      expect(round?.cpu, side.name).toBeGreaterThan(0);
      const once = { token: count, 'token/info': count, 'session/create': count };
      const calls = await side.calls();
      expect(calls, side.name).toMatchObject({
        ...{ ...once, 'session/start/payout': count, 'session/confirm': count },
      });
      if (side.name === 'floor') expect(calls['session/status']).toBe(2 * count);
    }
  } finally {
    await stand.close();
  }
});

test('growth is measured from small to large, and a plan that reads a whole table is noticed', {
  timeout: 120_000,
}, async () => {
  const databases = await sqliteDatabases();
  try {
    const options = { sizes: [100, 300], rounds: 1, warm: 0, progress: () => undefined };
    const { figures, grids } = await growth([databases], options);
    expect(figures.map(({ goal }) => goal)).toEqual([{ most: 1.3 }, { most: 1.3 }]);
    expect(grids?.[0]?.rows).toHaveLength(4);
    const database = await databases.open(10);
    expect(await database.scans()).toEqual([]);
    const slow = 'SELECT * FROM b131_payouts WHERE description = ?';
    expect(() => new DatabaseSync(':memory:').prepare(slow)).toThrow('no such table');
    expect(await database.scans()).toEqual([slow]);
    await database.close();
  } finally {
    await databases.close();
  }
});
