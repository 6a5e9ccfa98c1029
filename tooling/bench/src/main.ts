import { readFile, writeFile } from 'node:fs/promises';
import { arguments_, help } from './arguments.ts';
import { judge, type Section } from './figures.ts';
import { measures } from './measures/index.ts';
import { intoPage } from './report/page.ts';
import { toPlot } from './report/plot.ts';
import { createProgress } from './report/progress.ts';
import { toTable } from './report/table.ts';

const page = new URL('../../../docs/performance.md', import.meta.url);
const plot = new URL('../../../docs/images/performance.svg', import.meta.url);

const given = arguments_(process.argv.slice(2));
if ('problem' in given) {
  console.error(`bench: ${given.problem}\nTry --help.`);
  process.exitCode = 2;
} else if (given.help) console.log(help);
else await bench(given);

async function bench({ quick, only, json, write, svg }: Exclude<typeof given, { problem: string }>) {
  const progress = createProgress(process.stderr);
  const sections: Section[] = [];
  for (const measure of measures.filter(({ name }) => only.length === 0 || only.includes(name)))
    sections.push(await measure.run({ quick, progress: progress.say }));
  progress.end();
  console.log(toTable(sections));
  if (json !== undefined) await writeFile(json, `${JSON.stringify(toJson(sections), null, 2)}\n`);
  if (svg !== undefined) await writeFile(svg, toPlot(sections));
  if (write) {
    await writeFile(page, intoPage(await readFile(page, 'utf8'), sections));
    if (only.length === 0) await writeFile(plot, toPlot(sections));
  }
}

function toJson(sections: readonly Section[]) {
  return sections.map(({ name, figures, grids = [] }) => ({
    name,
    figures: figures.map((figure) => ({ ...figure, verdict: judge(figure) })),
    grids,
  }));
}
