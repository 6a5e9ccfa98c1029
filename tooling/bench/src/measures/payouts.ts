import { startPostgres } from '@b131/databases';
import { type Context, type Figure, type Measure, ratios } from '../figures.ts';
import { interleave } from '../rounds.ts';
import { openStand, type Paid, payAll, type Stand, type Subject } from '../stand/stand.ts';

const inFlight = 16;

/** CPU a payout over the floor; and of an integration written by hand. */
export const payouts: Measure = {
  name: 'payouts',
  title: 'CPU a payout',
  async run(context) {
    const postgres = await startPostgres({ durable: true });
    const stand = await openStand();
    try {
      const subjects = await start(stand, postgres.url);
      await warmUp(stand, subjects, context);
      return { name: 'payouts', figures: figuresOf(await measure(stand, subjects, context)) };
    } finally {
      await stand.close();
      await postgres.remove();
    }
  },
};

async function start(stand: Stand, postgres: string): Promise<Subject[]> {
  return Promise.all([
    stand.start({ name: 'floor', module: 'floor' }),
    stand.start({ name: 'memory', module: 'kit', variant: 'memory' }),
    stand.start({ name: 'fetch', module: 'kit', variant: 'memory fetch' }),
    stand.start({ name: 'sqlite', module: 'kit', variant: 'sqlite' }),
    stand.start({ name: 'postgres', module: 'kit', variant: 'postgres', postgres }),
    stand.start({ name: 'hand-written', module: 'hand-written' }),
  ]);
}

/** A server that has run for a day is warm; the engine that runs its JavaScript takes a thousand payouts to be. */
async function warmUp(stand: Stand, subjects: readonly Subject[], { quick, progress }: Context) {
  for (const subject of subjects) {
    progress(`payouts: warming up ${subject.name}`);
    await payAll(subject, await stand.orders(quick ? 100 : 1200), { inFlight: 32 });
  }
}

function measure(
  stand: Stand,
  subjects: readonly Subject[],
  { quick, progress }: Context,
): Promise<Map<Subject, Paid[]>> {
  const [rounds, count] = quick ? [3, 40] : [9, 120];
  return interleave(subjects, rounds, async (subject, round) => {
    progress(`payouts: round ${round + 1} of ${rounds}, ${subject.name}`);
    return payAll(subject, await stand.orders(count), { inFlight });
  });
}

function figuresOf(results: Map<Subject, Paid[]>): Figure[] {
  const cpuOf = (name: string): number[] => {
    for (const [subject, paid] of results) if (subject.name === name) return paid.map(({ cpu }) => cpu);
    throw new Error(`${name} was not measured`);
  };
  const floor = cpuOf('floor');
  const over = (name: string) => ratios(cpuOf(name), floor);
  return [
    {
      ...{ id: 'cpu.memory', what: 'memory store, over the floor', unit: '×' },
      ...{ values: over('memory'), goal: { most: 1.3 } },
    },
    {
      ...{ id: 'cpu.sqlite', what: 'SQLite at full durability, over the floor', unit: '×' },
      ...{ values: over('sqlite'), goal: { most: 1.6 } },
    },
    {
      ...{ id: 'cpu.postgres', what: 'Postgres (the BFF alone), over the floor', unit: '×' },
      values: over('postgres'),
    },
    {
      ...{ id: 'cpu.fetch', what: 'memory store and the platform’s fetch, over the floor', unit: '×' },
      values: over('fetch'),
    },
    {
      ...{ id: 'cpu.hand-written', what: 'written by hand on Express, over the floor', unit: '×' },
      values: over('hand-written'),
    },
    {
      ...{ id: 'cpu.sqlite-by-hand', what: 'the kit with SQLite, over written by hand', unit: '×' },
      values: ratios(cpuOf('sqlite'), cpuOf('hand-written')),
    },
    { ...{ id: 'cpu.floor', what: 'the floor itself', unit: 'µs' }, values: floor },
  ];
}
