import { type Figure, judge, type Section, spreadOf } from '../figures.ts';

/** The figures as a table for a terminal. */
export function toTable(sections: readonly Section[]): string {
  const rows = sections.flatMap(({ figures }) => figures.map(rowOf));
  const grids = sections.flatMap(({ grids = [] }) =>
    grids.map(({ head, rows: of }) => aligned([head, ...of])),
  );
  return [aligned([['what', 'median', 'quartiles', 'goal', ''], ...rows]), ...grids].join('\n\n');
}

function rowOf(figure: Figure): string[] {
  const { median, low, high } = spreadOf(figure.values);
  const { what, unit } = figure;
  const spread = figure.values.length > 1 ? `${format(low, unit)} to ${format(high, unit)}` : '';
  return [what, format(median, unit), spread, goalOf(figure), verdictOf(figure)];
}

function aligned(rows: readonly (readonly string[])[]): string {
  const widths = (rows[0] ?? []).map((_, column) => Math.max(...rows.map((row) => row[column]?.length ?? 0)));
  return rows
    .map((row) =>
      row
        .map((cell, column) => cell.padEnd(widths[column] ?? 0))
        .join('  ')
        .trimEnd(),
    )
    .join('\n');
}

/** A value as people read it. */
export function format(value: number, unit: Figure['unit']): string {
  if (unit === '×') return `${value.toFixed(2)} ×`;
  const digits = unit === 'kB' || (unit === 'ms' && value < 100) || unit === 'MB' ? 1 : 0;
  return `${value.toFixed(digits)} ${unit}`.trimEnd();
}

export function goalOf({ goal, unit }: Figure): string {
  if (!goal) return '';
  return 'most' in goal ? `≤ ${format(goal.most, unit)}` : `≥ ${format(goal.least, unit)}`;
}

export function verdictOf(figure: Figure): string {
  const verdict = judge(figure);
  if (verdict.kind === 'none') return '';
  if (verdict.kind === 'met') return 'met';
  return `missed by ${(verdict.by * 100).toFixed(0)} %`;
}
