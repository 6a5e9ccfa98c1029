import { type Figure, judge, type Section, spreadOf } from '../figures.ts';
import { format } from './table.ts';

const width = 760;
const left = 360;
const right = 90;
const row = 30;
const top = 44;

const style = `
  text { font: 12px system-ui, sans-serif; fill: #1f2430; }
  .soft { fill: #6b7280; } .axis { stroke: #d3d7de; } .spread { stroke: #1f2430; }
  .plain { fill: #8fa3bf; } .met { fill: #3f9d6d; } .missed { fill: #d0703c; } .goal { stroke: #1f2430; stroke-width: 2; }
  @media (prefers-color-scheme: dark) {
    text { fill: #e6e8ee; } .soft { fill: #9aa3b2; } .axis { stroke: #3a414d; } .spread, .goal { stroke: #e6e8ee; }
    .plain { fill: #5d7396; } .met { fill: #4bb37f; } .missed { fill: #e08a57; }
  }`;

/** The ratios as bars with their quartiles, each beside its goal. Fits light pages and dark ones. */
export function toPlot(sections: readonly Section[]): string {
  const figures = sections.flatMap((section) => section.figures.filter(({ unit }) => unit === '×'));
  const most = Math.max(1.5, ...figures.flatMap(({ values, goal }) => [spreadOf(values).high, edge(goal)]));
  const scale = (value: number) => left + (value / most) * (width - left - right);
  const height = top + figures.length * row + 30;
  const bars = figures.map((figure, n) => bar(figure, top + n * row, scale));
  const ticks = Array.from({ length: Math.floor(most / 0.5) + 1 }, (_, n) => n / 2);
  return `<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 ${width} ${height}" role="img" aria-label="Ratios and their goals">
<style>${style}
</style>
<text x="12" y="22">Ratios: bar the median, line the quartiles, tick the goal</text>
${ticks.map((tick) => axis(tick, scale(tick), height)).join('\n')}
${bars.join('\n')}
</svg>
`;
}

function edge(goal: Figure['goal']): number {
  if (!goal) return 0;
  return 'most' in goal ? goal.most : goal.least;
}

function axis(tick: number, x: number, height: number): string {
  return `<line class="axis" x1="${at(x)}" x2="${at(x)}" y1="${top - 8}" y2="${height - 24}"/>
<text class="soft" x="${at(x)}" y="${height - 8}" text-anchor="middle">${tick}</text>`;
}

function bar(figure: Figure, y: number, scale: (value: number) => number): string {
  const { median, low, high } = spreadOf(figure.values);
  const verdict = judge(figure).kind;
  const middle = y + 9;
  const goal = figure.goal
    ? `\n<line class="goal" x1="${at(scale(edge(figure.goal)))}" x2="${at(scale(edge(figure.goal)))}" y1="${y - 3}" y2="${y + 21}"/>`
    : '';
  return `<text x="${left - 10}" y="${y + 14}" text-anchor="end">${escaped(figure.what)}</text>
<rect class="${verdict === 'none' ? 'plain' : verdict}" x="${left}" y="${y}" width="${at(scale(median) - left)}" height="18" rx="2"/>
<line class="spread" x1="${at(scale(low))}" x2="${at(scale(high))}" y1="${middle}" y2="${middle}"/>${goal}
<text x="${at(Math.max(scale(high), scale(median), scale(edge(figure.goal))) + 8)}" y="${y + 14}">${format(median, figure.unit)}</text>`;
}

const at = (x: number) => x.toFixed(1);

function escaped(text: string): string {
  return text.replaceAll('&', '&amp;').replaceAll('<', '&lt;');
}
