import { describe, expect, test } from 'vitest';
import { type Figure, judge, ratios, spreadOf } from '../src/figures.ts';
import { intoPage } from '../src/report/page.ts';
import { toPlot } from '../src/report/plot.ts';
import { toTable } from '../src/report/table.ts';

const figure = (values: number[], goal?: Figure['goal']): Figure => ({
  ...{ id: 'a', what: 'a & b', unit: '×', values },
  ...(goal ? { goal } : {}),
});

describe('a goal', () => {
  test.each([
    ['is met at the most', [1.3], { most: 1.3 }, { kind: 'met', by: 0 }],
    ['is missed above the most', [1.2, 1.56, 9], { most: 1.3 }, { kind: 'missed', by: 0.2 }],
    ['is met above the least', [1.8], { least: 0.9 }, { kind: 'met', by: 1 }],
    ['is missed below the least', [0.45], { least: 0.9 }, { kind: 'missed', by: 0.5 }],
  ] as const)('%s', (_, values, goal, { kind, by }) => {
    const verdict = judge({ values, goal });
    expect(verdict).toMatchObject({ kind, by: expect.closeTo(by, 5) });
  });

  test('is judged by the median, so that one bad round decides nothing', () => {
    expect(judge({ values: [1, 1, 1, 1, 100], goal: { most: 1.3 } })).toMatchObject({ kind: 'met' });
  });

  test('that nobody set is none; nothing measured is an error', () => {
    expect(judge({ values: [1] })).toEqual({ kind: 'none' });
    expect(() => judge({ values: [], goal: { most: 1 } })).toThrow(RangeError);
  });
});

test('a spread is the quartiles around the median, and ratios are of the same round', () => {
  expect(spreadOf([5, 1, 2, 4, 3])).toEqual({ median: 3, low: 2, high: 4 });
  expect(ratios([2, 6], [1, 2])).toEqual([2, 3]);
});

describe('the report', () => {
  const missed = { name: 'payouts', figures: [figure([2], { most: 1 })] };

  test('says by how much a goal is missed', () => {
    expect(toTable([missed])).toContain('missed by 100 %');
    expect(toPlot([missed])).toContain('class="missed"');
    expect(toPlot([missed])).toContain('a &amp; b');
  });

  test('keeps the words of the page around the figures', () => {
    const page = 'before\n<!-- bench: payouts -->\nold\n<!-- end: payouts -->\nafter';
    const written = intoPage(page, [missed]);
    expect(written).toMatch(/^before\n<!-- bench: payouts -->\n\n\| /);
    expect(written).toMatch(/\n\n<!-- end: payouts -->\nafter$/);
    expect(written).not.toContain('old');
    expect(intoPage(written, [missed])).toBe(written);
    expect(() => intoPage('nothing', [missed])).toThrow('<!-- bench: payouts -->');
  });
});
