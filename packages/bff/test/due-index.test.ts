import fc from 'fast-check';
import { expect, test } from 'vitest';
import { createDueIndex, type Dueable } from '../src/store/memory/due-index.js';

interface Row extends Dueable {
  dueAt: number | null;
}

const row = fc.integer({ min: 0, max: 4 });
const time = fc.integer({ min: 0, max: 20 });
const step = fc.oneof(
  fc.record({ do: fc.constant('move' as const), row, to: fc.option(time) }),
  fc.record({ do: fc.constant('take' as const), limit: fc.integer({ min: 0, max: 3 }), ttl: time }),
  fc.record({ do: fc.constant('release' as const), row }),
  fc.record({ do: fc.constant('pass' as const), by: time }),
);

test('the index finds what looking at every row would find', () => {
  fc.assert(
    fc.property(fc.array(step, { maxLength: 60 }), (steps) => {
      const index = createDueIndex<Row>(({ dueAt }) => dueAt);
      const rows = Array.from({ length: 5 }, (_, order): Row => ({ order, dueAt: null, lease: null }));
      let now = 0;
      for (const one of steps) {
        const chosen = 'row' in one ? rows[one.row] : undefined;
        if (one.do === 'pass') now += one.by;
        if (one.do === 'release' && chosen) chosen.lease = null;
        if (one.do === 'move' && chosen) {
          chosen.dueAt = one.to;
          index.moved(chosen);
        }
        if (one.do === 'take') {
          const expected = due(rows, now).slice(0, one.limit);
          expect(index.take(now, one.limit, { owner: 'me', until: now + one.ttl })).toEqual(expected);
        }
        expect(index.next(now)).toBe(next(rows, now));
      }
    }),
    { numRuns: 500 },
  );
});

const isFree = ({ lease }: Row, now: number) => lease === null || lease.until <= now;

function due(rows: readonly Row[], now: number): Row[] {
  return rows
    .filter((one) => one.dueAt !== null && one.dueAt <= now && isFree(one, now))
    .sort((a, b) => (a.dueAt ?? 0) - (b.dueAt ?? 0) || a.order - b.order);
}

function next(rows: readonly Row[], now: number): number | null {
  const chances = rows.map((one) => (isFree(one, now) ? one.dueAt : (one.lease?.until ?? null)));
  const times = chances.filter((at) => at !== null);
  return times.length === 0 ? null : Math.min(...times);
}
