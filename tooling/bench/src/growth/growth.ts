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

/** What one work has cost on one database. */
interface Costs {
  /** CPU of this process and of the database's, in microseconds: of each round. */
  cpu: readonly number[];
  /** Rows and index entries read each time, over all rounds. */
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
): Promise<Map<Desk, Costs>> {
  for (const desk of desks) for (let n = 0; n < warm; n += 1) await desk[work]();
  const before = await rowsOf(desks);
  const cpu = await interleave(desks, rounds, async (desk, round) => {
    progress(`${names[work]}: round ${round + 1} of ${rounds}, ${desk.database.size.toLocaleString('en')}`);
    const began = await desk.database.cpu();
    const from = process.cpuUsage();
    for (let n = 0; n < repeats[work]; n += 1) await desk[work]();
    const { user, system } = process.cpuUsage(from);
    return (user + system + (await desk.database.cpu()) - began) / repeats[work];
  });
  const after = await rowsOf(desks);
  const rows = (at: number): number | null => {
    const [first, last] = [before[at] ?? null, after[at] ?? null];
    return first === null || last === null ? null : (last - first) / (rounds * repeats[work]);
  };
  return new Map(desks.map((desk, at) => [desk, { cpu: cpu.get(desk) ?? [], rows: rows(at) }]));
}

function rowsOf(desks: readonly Desk[]): Promise<(number | null)[]> {
  return Promise.all(desks.map(({ database }) => database.rows()));
}

function figuresOf(
  name: string,
  work: (typeof works)[number],
  costs: Map<Desk, Costs>,
  sizes: readonly number[],
): Figure[] {
  const all = [...costs.values()];
  const [first, last] = [all.at(0), all.at(-1)];
  if (!first || !last) return [];
  const [least, most] = [sizes[0] ?? 0, sizes.at(-1) ?? 0].map((size) => size.toLocaleString('en'));
  const what = `${name}, ${names[work]}: ${most} over ${least}`;
  const cpu: Figure = {
    ...{ id: `growth.${name}.${work}.cpu`, what: `${what}, CPU`, unit: '×' },
    ...{ values: ratios(last.cpu, first.cpu), goal: { most: 1.3 } },
  };
  if (first.rows === null || last.rows === null) return [cpu];
  const rows: Figure = {
    ...{ id: `growth.${name}.${work}.rows`, what: `${what}, rows`, unit: '×' },
    ...{ values: [last.rows / first.rows], goal: { most: 1.3 } },
  };
  return [cpu, rows];
}

function rowOf(name: string, work: (typeof works)[number], { database }: Desk, costs: Costs): string[] {
  const middle = costs.cpu.toSorted((a, b) => a - b)[Math.floor(costs.cpu.length / 2)] ?? 0;
  const read = costs.rows === null ? 'no whole table, by its plans' : costs.rows.toFixed(0);
  return [name, names[work], database.size.toLocaleString('en'), (middle / 1000).toFixed(1), read];
}
