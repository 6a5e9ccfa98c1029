import { readFile } from 'node:fs/promises';
import { expect, it } from 'vitest';
import {
  accountEndingWith,
  DEFAULT_PERSONALITY,
  DEFAULT_SETTINGS,
  FAULT_KINDS,
  MAGIC_ENDINGS,
} from '../src/index.js';

/** Tables are padded to look well; that does not count. */
const readme = (await readFile(new URL('../README.md', import.meta.url), 'utf8')).replace(/ +/g, ' ');
const missing = (texts: string[]) => texts.filter((text) => !readme.includes(text));

it('names every magic account as it is', () => {
  expect(
    missing(MAGIC_ENDINGS.map(({ ending }) => `| ${ending} | \`${accountEndingWith(ending)}\` |`)),
  ).toEqual([]);
});

it('names every setting with its default', () => {
  const { personality: _, ...settings } = DEFAULT_SETTINGS;
  const rows = Object.entries({ ...settings, ...DEFAULT_PERSONALITY }).map(([name, value]) => {
    const shown = typeof value === 'string' ? `'${value}'` : String(value);
    return `| \`${name}\` | \`${shown}\` |`;
  });
  expect(missing(rows)).toEqual([]);
});

it('names every fault', () => {
  expect(missing(FAULT_KINDS.map(({ kind }) => `| \`${kind}\` |`))).toEqual([]);
});

it('holds the commands of examples/curl.sh', async () => {
  const script = await readFile(new URL('../examples/curl.sh', import.meta.url), 'utf8');
  const commands = script.split('\n').filter((line) => /^(sign\(\)|body=|signature=|call )/.test(line));
  expect(commands).toHaveLength(7);
  expect(missing(commands)).toEqual([]);
});
