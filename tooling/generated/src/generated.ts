/**
 * Sets what a command has found out into a page, between `<!-- kind: name -->` and `<!-- end: name -->`; the words around them
 * stay.
 *
 * @param file the page's name, for the error
 * @throws {Error} when the page has no such place.
 */
export function intoPlace(page: string, place: { file: string; kind: string; name: string }, text: string) {
  const { file, kind, name } = place;
  const [begin, end] = [`<!-- ${kind}: ${name} -->`, `<!-- end: ${name} -->`];
  const from = page.indexOf(begin);
  const to = page.indexOf(end);
  if (from < 0 || to < from) throw new Error(`${file} has no place for ${name}: ${begin} … ${end}`);
  return `${page.slice(0, from + begin.length)}\n\n${text}\n\n${page.slice(to)}`;
}

/** A table of Markdown as the formatter leaves it: each column as wide as its widest cell. */
export function markdownTable(head: readonly string[], rows: readonly (readonly string[])[]): string {
  const all = [head, ...rows];
  const widths = head.map((_, column) => Math.max(3, ...all.map((line) => line[column]?.length ?? 0)));
  const write = (line: readonly string[]) =>
    `| ${line.map((cell, column) => cell.padEnd(widths[column] ?? 0)).join(' | ')} |`;
  const rule = `| ${widths.map((width) => '-'.repeat(width)).join(' | ')} |`;
  return [write(head), rule, ...rows.map(write)].join('\n');
}
