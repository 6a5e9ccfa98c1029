import { join } from 'node:path';
import { freePort, openShell, type Shell } from '@b131/consumers/project';
import { repository } from '@b131/snippets';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { allCommands } from '../../src/find.ts';
import { type Row, rowOf, type Start } from '../../src/proof.ts';
import { rows } from '../../src/table.ts';

/** What is typed for a row of the table, and what must come of it. */
interface Trial {
  line: string;
  start: Start;
  /** Options that the documents give the command, which its help must name. */
  options: string[];
}

const commands = allCommands();
const env: Record<string, string> = {};
const shells: Shell[] = [];

beforeAll(async () => {
  for (const name of ['PORT', 'DEMO_PORT', 'SANDBOX_PORT', 'BFF_PORT']) env[name] = String(await freePort());
});
afterAll(() => Promise.all(shells.map((shell) => shell.stop())));

test.each(rows.flatMap(trialOf))('$line', async ({ line, start, options }) => {
  const output = await outputOf(line, start);
  expect(output).toMatch(start.says);
  for (const option of options) expect(output).toContain(option);
});

function trialOf({ prefix, proof }: Row): Trial[] {
  if ('instead' in proof) return [{ line: proof.instead, start: proof, options: [] }];
  if (!('add' in proof)) return [];
  const told = commands.filter((command) => rowOf(command)?.prefix === prefix).map(({ text }) => text);
  const isHelp = proof.add === '--help';
  const typed = isHelp ? prefix : (told[0] ?? prefix);
  const options = isHelp ? told.flatMap((text) => text.match(/--\w[\w-]*/g) ?? []) : [];
  const line = `${typed.replace(/^pnpm /, 'npx -y pnpm@12 ')} ${proof.add}`.trim();
  return [{ line, start: proof, options }];
}

async function outputOf(line: string, start: Start): Promise<string> {
  // Whoever has cloned the repository has some Node; the one it brings is found by pnpm alone.
  const shell = openShell(join(repository, start.in ?? ''), { node: null, env });
  shells.push(shell);
  if (!start.goesOn) return shell.run(line);
  const running = shell.start(line);
  await running.says(start.says);
  await running.stop();
  return running.output();
}
