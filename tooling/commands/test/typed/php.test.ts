import { createProject, freePort, type Project } from '@b131/consumers/project';
import { openAt, type Recipient } from '@b131/consumers/recipient';
import { repository } from '@b131/snippets';
import { afterAll, beforeAll, expect, inject, test } from 'vitest';
import { howToGetPhp, isPhpInstalled } from '../../../../examples/php/scripts/php.ts';
import { walk } from '../../src/walk.ts';

const account = { bik: '044525974', number: '40817810400003869535' };
const ports = new Map<string, string>();

let project: Project;
let courier: Recipient | undefined;

beforeAll(async () => {
  if (!isPhpInstalled()) throw new Error(`There is no php here, and a page of PHP is tried. ${howToGetPhp}`);
  for (const port of ['4131', '4132', '8000']) ports.set(port, String(await freePort()));
  const env = { KIT: repository, B131_PORT: ports.get('4132') ?? '' };
  project = await createProject({ npmrc: inject('npmrc'), env });
});
afterAll(async () => {
  await courier?.leave();
  await project?.remove();
});

test('"Do the same in your site" of examples/php, typed in as written, pays', async () => {
  const readme = walk('examples/php/README.md', 'php.test.ts', ports);
  const bank = project.start(
    `${readme.block('npx -y pnpm@12 --dir "$KIT" b131-sandbox')} --port ${ports.get('4131')}`,
  );
  await bank.says(/Ctrl-C ends it\./);
  await project.run(readme.block('cat > .env'));
  const payouts = project.start(readme.block('set -a'));
  await payouts.says(/"event":"server\.listening"/);
  await project.run(readme.block('mkdir -p site'));
  await project.run(readme.block('cp -r'));
  const site = project.start(readme.block('set -a'));
  await site.says(/Development Server/);
  expect(readme.left()).toEqual([]);

  courier = await openAt(`http://127.0.0.1:${ports.get('8000')}/`, {});
  await courier.giveAccount(account.bik, account.number);
  await courier.press('confirm');
  await courier.sees('succeeded');
  // The notice reaches the books a moment later.
  await expect
    .poll(async () => (await fetch(`http://127.0.0.1:${ports.get('8000')}/`)).text(), { timeout: 60_000 })
    .toContain('data-books="succeeded"');
});
