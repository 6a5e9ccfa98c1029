/** What became of one assertion in one runtime. */
export interface Outcome {
  /** `null` when it holds. */
  error: string | null;
  milliseconds: number;
}

export interface Column {
  title: string;
  subtitle: string;
  /** By the name of the assertion; a runtime that did not come up has none. */
  outcomes: ReadonlyMap<string, Outcome>;
}

/** The table of runtimes and assertions, as text. */
export function drawTable(rows: readonly string[], columns: readonly Column[]): string {
  const first = Math.max(...rows.map(({ length }) => length));
  const widths = columns.map(({ title, subtitle }) => Math.max(title.length, subtitle.length, 8));
  const line = (label: string, cells: readonly string[]) =>
    `${label.padEnd(first)}  ${cells.map((cell, index) => cell.padEnd(widths[index] ?? 0)).join('  ')}`.trimEnd();
  return [
    line(
      '',
      columns.map(({ title }) => title),
    ),
    line(
      '',
      columns.map(({ subtitle }) => subtitle),
    ),
    ...rows.map((row) =>
      line(
        row,
        columns.map(({ outcomes }) => cell(outcomes.get(row))),
      ),
    ),
  ].join('\n');
}

function cell(outcome: Outcome | undefined): string {
  if (!outcome) return '-';
  if (outcome.error !== null) return 'FAILED';
  return `ok ${(outcome.milliseconds / 1000).toFixed(1)} s`;
}
