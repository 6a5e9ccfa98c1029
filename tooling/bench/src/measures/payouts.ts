import { startPostgres } from '@b131/databases';
import { type Context, type Figure, type Measure, ratios } from '../figures.ts';
import { interleave } from '../rounds.ts';
import { openStand, type Paid, payFor, type Stand, type Subject } from '../stand/stand.ts';

const inFlight = 16;

/** CPU a payout over the floor; and of an integration written by hand. */
export const payouts: Measure = {
  name: 'payouts',
  title: 'CPU a payout',
  async run(context) {
    const postgres = context.quick ? null : await startPostgres({ durable: true });
    const stand = await openStand();
    try {
      const subjects = await start(stand, postgres?.url);
      await warmUp(stand, subjects, context);
      return { name: 'payouts', figures: figuresOf(await measure(stand, subjects, context)) };
    } finally {
      await stand.close();
      await postgres?.remove();
    }
  },
};

function start(stand: Stand, postgres: string | undefined): Promise<Subject[]> {
  const usual = [
    stand.start({ name: 'floor', module: 'floor' }),
    stand.start({ name: 'memory', module: 'kit', variant: 'memory' }),
    stand.start({ name: 'sqlite', module: 'kit', variant: 'sqlite' }),
    stand.start({ name: 'hand-written', module: 'hand-written' }),
  ];
  if (postgres === undefined) return Promise.all(usual);
  return Promise.all([
    ...usual,
    stand.start({ name: 'fetch', module: 'kit', variant: 'memory fetch' }),
    stand.start({ name: 'postgres', module: 'kit', variant: 'postgres', postgres }),
  ]);
}

const brief = { seconds: 1.5 };
const long = { seconds: 40, enough: 1100 };

/** A server that has run for a day is warm; the engine that runs its JavaScript takes a thousand payouts to be. */
async function warmUp(stand: Stand, subjects: readonly Subject[], { quick, progress }: Context) {
  for (const subject of subjects) {
    progress(`payouts: warming up ${subject.name}`);
    await payFor(stand, subject, { ...(quick ? brief : long), inFlight: 32 });
  }
}

function measure(
  stand: Stand,
  subjects: readonly Subject[],
  { quick, progress }: Context,
): Promise<Map<Subject, Paid[]>> {
  const [rounds, seconds] = quick ? [3, 0.7] : [9, 1.2];
  return interleave(subjects, rounds, async (subject, round) => {
    progress(`payouts: round ${round + 1} of ${rounds}, ${subject.name}`);
    return payFor(stand, subject, { seconds, inFlight });
  });
}

function figuresOf(results: Map<Subject, Paid[]>): Figure[] {
  const cpus = new Map([...results].map(([{ name }, paid]) => [name, paid.map(({ cpu }) => cpu)]));
  const cpuOf = (name: string) => cpus.get(name) ?? [];
  const floor = cpuOf('floor');
  const over = (name: string) => ratios(cpuOf(name), floor);
  const figures: Figure[] = [
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
    { id: 'cpu.floor', what: 'the floor itself', unit: 'µs', values: floor },
  ];
  return figures.filter(({ values }) => values.length > 0);
}
