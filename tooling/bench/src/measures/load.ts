import { setTimeout as sleep } from 'node:timers/promises';
import { startPostgres } from '@b131/databases';
import { type Context, type Figure, type Grid, type Measure, quantile } from '../figures.ts';
import { interleave } from '../rounds.ts';
import type { Order } from '../stand/recipients.ts';
import { openStand, type Paid, payFor, type Stand, type Subject } from '../stand/stand.ts';

const inFlight = 32;

/** How many payouts, how fast at which load, and what becomes of too many. */
export const load: Measure = {
  name: 'load',
  title: 'Throughput and load',
  async run(context) {
    const postgres = context.quick ? null : await startPostgres({ durable: true });
    const stand = await openStand();
    try {
      const sqlite = await stand.start({ name: 'sqlite', module: 'kit', variant: 'sqlite' });
      const others = await startOthers(stand, postgres?.url);
      const paid = await throughput(stand, [...others, sqlite], context);
      const capacity = quantile(
        (paid.get(sqlite) ?? []).map(({ perSecond }) => perSecond),
        0.5,
      );
      const { figures, grid } = await underLoad(stand, sqlite, capacity, context);
      return { name: 'load', figures: [...[...paid].flatMap(speedOf), ...figures], grids: [grid] };
    } finally {
      await stand.close();
      await postgres?.remove();
    }
  },
};

function startOthers(stand: Stand, postgres: string | undefined): Promise<Subject[]> {
  if (postgres === undefined) return Promise.resolve([]);
  return Promise.all([
    stand.start({ name: 'memory', module: 'kit', variant: 'memory' }),
    stand.start({ name: 'postgres', module: 'kit', variant: 'postgres', postgres }),
  ]);
}

async function throughput(
  stand: Stand,
  subjects: readonly Subject[],
  { quick, progress }: Context,
): Promise<Map<Subject, Paid[]>> {
  const [rounds, seconds, warm, enough] = quick ? [2, 1, 1.5, 300] : [4, 2, 30, 700];
  for (const subject of subjects) {
    progress(`load: warming up ${subject.name}`);
    await payFor(stand, subject, { seconds: warm, enough, inFlight });
  }
  return interleave(subjects, rounds, async (subject, round) => {
    progress(`load: round ${round + 1} of ${rounds}, ${subject.name}`);
    return payFor(stand, subject, { seconds, inFlight });
  });
}

function speedOf([{ name }, paid]: [Subject, Paid[]]): Figure[] {
  return [
    {
      ...{ id: `load.per-cpu.${name}`, what: `${name}: payouts a CPU second of the BFF`, unit: '/s' },
      values: paid.map(({ cpu }) => 1e6 / cpu),
    },
    {
      ...{ id: `load.wall.${name}`, what: `${name}: payouts a second by the wall, 32 in flight`, unit: '/s' },
      values: paid.map(({ perSecond }) => perSecond),
    },
  ];
}

interface Outcome {
  /** Payouts recorded and paid a second, of those that were let in. */
  good: number;
  /** Share of those that were refused with 503. */
  refused: number;
  /** Milliseconds of the recipient's requests until the payout was recorded. */
  recorded: number[];
  /** Answers that were neither a payout nor 503. */
  other: number;
}

async function underLoad(
  stand: Stand,
  subject: Subject,
  capacity: number,
  { quick, progress }: Context,
): Promise<{ figures: Figure[]; grid: Grid }> {
  // Long enough for more recipients than may wait for their turn.
  const seconds = Math.max(quick ? 2 : 6, (quick ? 300 : 800) / (5 * capacity));
  const rounds = quick ? 1 : 2;
  const shares = [0.25, 0.5, 1, 5];
  const outcomes = await interleave(shares, rounds, async (share) => {
    progress(`load: ${share} × what it can do`);
    return arrive(subject, await stand.orders(Math.ceil(capacity * share * seconds)), seconds);
  });
  const of = (share: number) => outcomes.get(share) ?? [];
  const rows = shares.map((share) => {
    const recorded = of(share).flatMap(({ recorded }) => recorded);
    const mean = (pick: (outcome: Outcome) => number) =>
      of(share).reduce((sum, outcome) => sum + pick(outcome), 0) / of(share).length;
    return [
      `${share} ×`,
      quantile(recorded, 0.5).toFixed(0),
      quantile(recorded, 0.99).toFixed(0),
      mean(({ good }) => good).toFixed(0),
      `${(100 * mean(({ refused }) => refused)).toFixed(0)} %`,
      String(of(share).reduce((sum, { other }) => sum + other, 0)),
    ];
  });
  const head = ['load', 'p50, ms', 'p99, ms', 'paid a second', 'refused with 503', 'anything else'];
  const level = of(5).map(({ good }, round) => good / (of(1)[round]?.good ?? Number.NaN));
  return {
    grid: { head, rows },
    figures: [
      {
        ...{ id: 'load.level', what: 'payouts paid at five times the load, over those at one', unit: '×' },
        ...{ values: level, goal: { least: 0.9 } },
      },
    ],
  };
}

/** Recipients come at their own pace, whether the server keeps up or not. */
async function arrive(subject: Subject, orders: readonly Order[], seconds: number): Promise<Outcome> {
  const outcome: Outcome = { good: 0, refused: 0, recorded: [], other: 0 };
  const from = performance.now();
  let last = from;
  const begun = orders.map(async (order, n) => {
    await sleep((n / orders.length) * seconds * 1000);
    const { ms, refused } = await subject.recipients.begin(order);
    if (refused === 503) outcome.refused += 1;
    else if (refused !== null) outcome.other += 1;
    else {
      outcome.recorded.push(ms);
      await subject.ended(order.ref);
      outcome.good += 1;
      last = performance.now();
    }
  });
  await Promise.all(begun);
  const took = Math.max(last - from, seconds * 1000) / 1000;
  return { ...outcome, good: outcome.good / took, refused: outcome.refused / orders.length };
}
