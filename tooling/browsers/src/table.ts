/** Lines of cells as text, each column as wide as its widest cell. */
export function drawTable(lines: readonly (readonly string[])[]): string {
  const widths = lines.reduce<number[]>(
    (all, line) => line.map((cell, index) => Math.max(all[index] ?? 0, cell.length)),
    [],
  );
  const draw = (line: readonly string[]): string =>
    line
      .map((cell, index) => cell.padEnd(widths[index] ?? 0))
      .join('  ')
      .trimEnd();
  return lines.map(draw).join('\n');
}
