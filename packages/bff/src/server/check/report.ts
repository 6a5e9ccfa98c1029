import type { CheckReport } from './check.js';
import type { Verdict } from './verdict.js';

const marks = { ok: 'ok    ', failed: 'FAILED', not_tried: '-     ' } as const;

/** The report for people; the last line says what it comes to. */
export function reportInWords({ ok, checks }: CheckReport): string {
  const width = Math.max(...checks.map(({ name }) => name.length));
  const lines = checks.flatMap((verdict) => linesOf(verdict, width));
  const wrong = checks.filter(({ outcome }) => outcome === 'failed').length;
  const end = ok ? 'All is well; no money was moved.' : `${wrong} to mend; no money was moved.`;
  return `${[...lines, '', end].join('\n')}\n`;
}

function linesOf({ name, outcome, says, advice }: Verdict, width: number): string[] {
  const line = `${marks[outcome]}  ${name.padEnd(width)}  ${says}`;
  return advice === undefined ? [line] : [line, `        ${' '.repeat(width)}  → ${advice}`];
}
