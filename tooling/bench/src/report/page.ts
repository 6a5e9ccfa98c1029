import { type Figure, type Section, spreadOf } from '../figures.ts';
import { format, goalOf, verdictOf } from './table.ts';

/** Sets the figures of each section into the page, between its two marks; the words around them stay. */
export function intoPage(page: string, sections: readonly Section[]): string {
  return sections.reduce((text, section) => {
    const [begin, end] = [`<!-- bench: ${section.name} -->`, `<!-- end: ${section.name} -->`];
    const from = text.indexOf(begin);
    const to = text.indexOf(end);
    if (from < 0 || to < from)
      throw new Error(`the page has no place for ${section.name}: ${begin} … ${end}`);
    return `${text.slice(0, from + begin.length)}\n\n${toMarkdown(section)}\n\n${text.slice(to)}`;
  }, page);
}

function toMarkdown({ figures, grids = [] }: Section): string {
  const rows = figures.map((figure) => [figure.what, ...cells(figure)]);
  const own = figures.length > 0 ? [table(['', 'median', 'quartiles', 'goal', ''], rows)] : [];
  return [...own, ...grids.map(({ head, rows: of }) => table(head, of))].join('\n\n');
}

function cells(figure: Figure): string[] {
  const { median, low, high } = spreadOf(figure.values);
  const { unit } = figure;
  const spread = figure.values.length > 1 ? `${format(low, unit)} to ${format(high, unit)}` : '';
  return [format(median, unit), spread, goalOf(figure), verdictOf(figure)];
}

function table(head: readonly string[], rows: readonly (readonly string[])[]): string {
  const all = [head, ...rows];
  const widths = head.map((_, column) => Math.max(3, ...all.map((line) => line[column]?.length ?? 0)));
  const write = (line: readonly string[]) =>
    `| ${line.map((cell, column) => cell.padEnd(widths[column] ?? 0)).join(' | ')} |`;
  const rule = `| ${widths.map((width) => '-'.repeat(width)).join(' | ')} |`;
  return [write(head), rule, ...rows.map(write)].join('\n');
}
