import { execFileSync } from 'node:child_process';
import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { repository } from '@b131/snippets';
import { describe, expect, test } from 'vitest';
import * as z from 'zod';
import { allCommands, commandsIn } from '../src/find.ts';
import { proofOf, rowOf, shortened } from '../src/proof.ts';
import { rows } from '../src/table.ts';

const commands = allCommands();
const told = ({ document, line, text }: (typeof commands)[number]) => `${document}:${line} ${text}`;

describe('in a document, a command', () => {
  test('is a statement of a block of shell, without its comment, or a span of code that begins with a program', () => {
    const markdown = [
      'Type `npx one --two`, not `two` and not `npx`, or `A=b node',
      'long.js`.',
      '',
      '```sh',
      'three \\',
      '  --four   # why',
      'cat <<END',
      'five',
      'END',
      '```',
      '',
      '```js',
      'const six = `npm install six`;',
      '```',
    ].join('\n');
    expect(commandsIn('x.md', markdown).map(({ line, block, text }) => [line, block, text])).toEqual([
      [1, null, 'npx one --two'],
      [1, null, 'A=b node long.js'],
      [5, 5, 'three \\\n  --four'],
      [7, 5, 'cat <<END\nfive\nEND'],
    ]);
  });
});

test('the documents have commands', () => {
  expect(commands.length).toBeGreaterThan(150);
});

test('every command of the documents is run by something, or the table says why not', () => {
  expect(commands.filter((command) => proofOf(command) === null).map(told)).toEqual([]);
});

test('every row of the table is of a command that a document has', () => {
  const used = new Set(commands.map(rowOf));
  expect(rows.filter((row) => !used.has(row)).map(({ prefix }) => prefix)).toEqual([]);
});

test('what is said to be run by a file stands in it', () => {
  const lost = rows.filter(
    ({ proof }) =>
      'runBy' in proof && !readFileSync(`${repository}${proof.runBy}`, 'utf8').includes(proof.as),
  );
  expect(lost.map(({ prefix }) => prefix)).toEqual([]);
});

test('every test that is said to type commands is there', () => {
  const named = commands.flatMap((command) => {
    const proof = proofOf(command);
    return proof && 'typedBy' in proof ? [proof.typedBy] : [];
  });
  expect([...new Set(named)].filter((file) => !existsSync(`${repository}${file}`))).toEqual([]);
});

describe('a command of the repository', () => {
  const manifest = z.object({ name: z.string(), scripts: z.record(z.string(), z.string()).default({}) });
  const folders = ['', ...['packages/', 'examples/', 'tooling/'].flatMap(inside)];
  const packages = new Map(
    folders
      .filter((folder) => existsSync(`${repository}${folder}package.json`))
      .map((folder) => ({
        folder,
        ...manifest.parse(JSON.parse(readFileSync(`${repository}${folder}package.json`, 'utf8'))),
      }))
      .map((one) => [one.name, one] as const),
  );
  const ours = commands.flatMap((command) => {
    const [, filter, exec, word = '', rest = ''] =
      /^(?:[A-Z_]+=\S+ )*pnpm (?:--dir \S+ )?(?:--filter (\S+) )?(?:run )?(exec )?(\S+)(.*)$/s.exec(
        shortened(command.text),
      ) ?? [];
    return word === '' ? [] : [{ command, filter, exec, word, rest }];
  });

  test('names a package that is there, and a script of it', () => {
    const lost = ours.filter(({ command, filter, exec, word }) => {
      const own = [...packages.values()].find(
        ({ folder }) => folder !== '' && `${folder}README.md` === command.document,
      );
      const candidates =
        filter === undefined ? [packages.get('payout-kit-131'), own] : [packages.get(filter)];
      return exec === undefined && !candidates.some((one) => one && word in one.scripts);
    });
    expect(ours.length).toBeGreaterThan(50);
    expect(lost.map(({ command }) => told(command))).toEqual([]);
  });

  test('is no command of pnpm itself, but for those that run the script of their name', () => {
    const help = execFileSync('pnpm', ['help', '--all'], { encoding: 'utf8' });
    const own = [...help.matchAll(/^ {2}([a-z][a-z-]*) {2,}\S/gm)].map(([, name = '']) => name);
    expect(own).toEqual(expect.arrayContaining(['install', 'deploy', 'test']));
    const taken = ours.filter(
      ({ command, exec, word }) =>
        exec === undefined && word !== 'test' && own.includes(word) && !command.text.includes(`run ${word}`),
    );
    expect(taken.map(({ command }) => told(command))).toEqual([]);
  });

  test('names files that are there', () => {
    const lost = ours.filter(({ filter, rest }) => {
      const named = filter === undefined ? folders : [packages.get(filter)?.folder ?? ''];
      return (rest.match(/\b(?:test|scripts)\/\S+\.m?[tj]s\b/g) ?? []).some(
        (file) => !named.some((folder) => existsSync(`${repository}${folder}${file}`)),
      );
    });
    expect(lost.map(({ command }) => told(command))).toEqual([]);
  });
});

function inside(folder: string): string[] {
  return readdirSync(`${repository}${folder}`).map((name) => `${folder}${name}/`);
}
