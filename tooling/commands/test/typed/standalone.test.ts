import { createProject, freePort, type Project } from '@b131/consumers/project';
import { afterAll, beforeAll, expect, inject, test } from 'vitest';
import { walk } from '../../src/walk.ts';

let project: Project;
let bff = '';
let bankPort = 0;

beforeAll(async () => {
  bankPort = await freePort();
  const port = await freePort();
  bff = `http://127.0.0.1:${port}`;
  // The page relies on the ports that are taken where nobody says another.
  const env = { B131_PORT: String(port), B131_BANK_URL: `http://127.0.0.1:${bankPort}` };
  project = await createProject({ npmrc: inject('npmrc'), env });
  await project.run('npm init -y');
});
afterAll(() => project?.remove());

test('docs/standalone.md, typed in as written, serves', async () => {
  const page = walk('docs/standalone.md', 'standalone.test.ts');
  await project.run(page.command('npm install @b131/bff'));
  const bank = project.start(`${page.command('npx @b131/sandbox')} --port ${bankPort}`);
  await bank.says(/Ctrl-C ends it\./);

  const configured = page.block('export B131_ENVIRONMENT');
  await serves(configured);

  // The same terminal, later.
  const exports = configured.split('\n').slice(0, -1).join('\n');
  const checked = await project.run(`${exports}\n${page.command('npx b131-bff --check')}`);
  expect(checked).toMatch(/moves? no money|ready|well/i);
  await serves(`${exports}\n${page.command('npx b131-bff')}`);
  expect(page.left()).toEqual([]);
});

async function serves(lines: string): Promise<void> {
  const server = project.start(lines);
  await server.says(/"event":"server\.listening"/);
  expect((await fetch(`${bff}/ready`)).status, server.output()).toBe(200);
  await server.stop();
}
