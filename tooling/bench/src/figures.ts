/** One thing that was measured, once in every round. */
export interface Figure {
  /** Names it in JSON. */
  id: string;
  what: string;
  /** `×` is a ratio: the machine's own speed drops out of it. */
  unit: '×' | 'µs' | 'ms' | '/s' | 'kB' | 'MB' | 'lines' | 'rows' | '';
  values: readonly number[];
  goal?: Goal;
}

export type Goal = { most: number } | { least: number };

/** A table that is no list of figures. */
export interface Grid {
  head: readonly string[];
  rows: readonly (readonly string[])[];
}

/** What one measure found out. */
export interface Section {
  name: string;
  figures: readonly Figure[];
  grids?: readonly Grid[];
}

export interface Context {
  /** A minute for everything instead of five: the figures scatter more. */
  quick: boolean;
  /** Says what is being done. */
  progress(text: string): void;
}

/** Something that can be measured by itself. */
export interface Measure {
  name: string;
  title: string;
  run(context: Context): Promise<Section>;
}

export interface Spread {
  median: number;
  low: number;
  high: number;
}

/** The middle one, and the quartiles around it. */
export function spreadOf(values: readonly number[]): Spread {
  return { median: quantile(values, 0.5), low: quantile(values, 0.25), high: quantile(values, 0.75) };
}

/** @throws {RangeError} when there are no values */
export function quantile(values: readonly number[], share: number): number {
  const sorted = values.toSorted((a, b) => a - b);
  const at = share * (sorted.length - 1);
  const low = sorted[Math.floor(at)];
  const high = sorted[Math.ceil(at)];
  if (low === undefined || high === undefined) throw new RangeError('nothing was measured');
  return low + (high - low) * (at - Math.floor(at));
}

export type Verdict = { kind: 'none' } | { kind: 'met' | 'missed'; by: number };

/** Whether the median keeps the goal, and by what share of the goal it is away from it (by how much, where that is 0). */
export function judge({ values, goal }: Pick<Figure, 'values' | 'goal'>): Verdict {
  if (!goal) return { kind: 'none' };
  const { median } = spreadOf(values);
  const [limit, isMet] =
    'most' in goal ? [goal.most, median <= goal.most] : [goal.least, median >= goal.least];
  return { kind: isMet ? 'met' : 'missed', by: Math.abs(median - limit) / (limit || 1) };
}

/** One value of each round over another's of the same round. */
export function ratios(over: readonly number[], under: readonly number[]): number[] {
  return over.map((value, round) => value / (under[round] ?? Number.NaN));
}
