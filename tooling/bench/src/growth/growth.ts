import { type Figure, ratios, type Section } from '../figures.ts';
import { interleave } from '../rounds.ts';
import type { Databases } from './databases.ts';
import { type Desk, openDesk } from './work.ts';

export interface GrowthOptions {
  sizes: readonly number[];
  rounds: number;
  /** How often each is done beforehand: what is compiled and cached first is nobody's. */
  warm: number;
  progress(text: string): void;
}

interface Cost {
  /** CPU of this process and of the database's, in microseconds. */
  cpu: number;
  rows: number | null;
}

const works = ['drain', 'read'] as const;
const names = { drain: 'drain() of 50 due payouts', read: 'the status route, 50 times' } as const;
const repeats = { drain: 4, read: 8 } as const;

/** What a drain and the status route cost over more and more payouts. */
export async function growth(kinds: readonly Databases[], options: GrowthOptions): Promise<Section> {
  const rows: string[][] = [];
  const figures: Figure[] = [];
  for (const databases of kinds) {
    const desks = await openDesks(databases, options);
    for (const work of works) {
      const costs = await measure(desks, work, options);
      figures.push(...figuresOf(databases.name, work, costs, options.sizes));
      for (const [desk, of] of costs) rows.push(rowOf(databases.name, work, desk, of));
    }
    for (const { database } of desks) {
      const scans = await database.scans();
      if (scans.length > 0) throw new Error(`${databases.name} reads whole tables:\n${scans.join('\n')}`);
      await database.close();
    }
  }
  const head = ['database', 'work', 'payouts', 'CPU, ms', 'rows and index entries read'];
  return { name: 'growth', figures, grids: [{ head, rows }] };
}

async function openDesks(databases: Databases, { sizes, progress }: GrowthOptions): Promise<Desk[]> {
  const desks: Desk[] = [];
  for (const size of sizes) {
    progress(`${databases.name}: making ${size.toLocaleString('en')} payouts`);
    desks.push(await openDesk(await databases.open(size)));
  }
  return desks;
}

async function measure(
  desks: readonly Desk[],
  work: (typeof works)[number],
  { rounds, warm, progress }: GrowthOptions,
): Promise<Map<Desk, Cost[]>> {
  for (const desk of desks) for (let n = 0; n < warm; n += 1) await desk[work]();
  return interleave(desks, rounds, async (desk, round) => {
    progress(`${names[work]}: round ${round + 1} of ${rounds}, ${desk.database.size.toLocaleString('en')}`);
    const before = await desk.database.counters();
    const from = process.cpuUsage();
    for (let n = 0; n < repeats[work]; n += 1) await desk[work]();
    const { user, system } = process.cpuUsage(from);
    const after = await desk.database.counters();
    const rows = after.rows === null || before.rows === null ? null : after.rows - before.rows;
    const cpu = user + system + after.cpu - before.cpu;
    return { cpu: cpu / repeats[work], rows: rows === null ? null : rows / repeats[work] };
  });
}

function figuresOf(
  name: string,
  work: (typeof works)[number],
  costs: Map<Desk, Cost[]>,
  sizes: readonly number[],
): Figure[] {
  const all = [...costs.values()];
  const [first, last] = [all[0] ?? [], all.at(-1) ?? []];
  const [least, most] = [sizes[0] ?? 0, sizes.at(-1) ?? 0].map((size) => size.toLocaleString('en'));
  const over = (pick: (cost: Cost) => number) => ratios(last.map(pick), first.map(pick));
  const what = `${name}, ${names[work]}: ${most} over ${least}`;
  const cpu: Figure = {
    ...{ id: `growth.${name}.${work}.cpu`, what: `${what}, CPU`, unit: '×' },
    ...{ values: over((cost) => cost.cpu), goal: { most: 1.3 } },
  };
  if (first.some((cost) => cost.rows === null)) return [cpu];
  const rows: Figure = {
    ...{ id: `growth.${name}.${work}.rows`, what: `${what}, rows`, unit: '×' },
    ...{ values: over((cost) => cost.rows ?? Number.NaN), goal: { most: 1.3 } },
  };
  return [cpu, rows];
}

function rowOf(name: string, work: (typeof works)[number], { database }: Desk, costs: Cost[]): string[] {
  const middle = (values: number[]) => values.toSorted((a, b) => a - b)[Math.floor(values.length / 2)] ?? 0;
  const cpu = middle(costs.map((cost) => cost.cpu)) / 1000;
  const read = costs.some((cost) => cost.rows === null)
    ? 'no whole table, by its plans'
    : middle(costs.map((cost) => cost.rows ?? 0)).toFixed(0);
  return [name, names[work], database.size.toLocaleString('en'), cpu.toFixed(1), read];
}
