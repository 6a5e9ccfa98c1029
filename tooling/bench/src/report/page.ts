import { intoPlace, markdownTable } from '@b131/generated';
import { type Figure, type Section, spreadOf } from '../figures.ts';
import { format, goalOf, verdictOf } from './table.ts';

/** Sets the figures of each section into the page, each into its place. */
export function intoPage(page: string, sections: readonly Section[]): string {
  return sections.reduce((text, section) => {
    const place = { file: 'docs/performance.md', kind: 'bench', name: section.name };
    return intoPlace(text, place, toMarkdown(section));
  }, page);
}

function toMarkdown({ figures, grids = [] }: Section): string {
  const rows = figures.map((figure) => [figure.what, ...cells(figure)]);
  const own = figures.length > 0 ? [markdownTable(['', 'median', 'quartiles', 'goal', ''], rows)] : [];
  return [...own, ...grids.map(({ head, rows: of }) => markdownTable(head, of))].join('\n\n');
}

function cells(figure: Figure): string[] {
  const { median, low, high } = spreadOf(figure.values);
  const { unit } = figure;
  const spread = figure.values.length > 1 ? `${format(low, unit)} to ${format(high, unit)}` : '';
  return [format(median, unit), spread, goalOf(figure), verdictOf(figure)];
}
