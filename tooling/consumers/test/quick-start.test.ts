import { afterAll, beforeAll, expect, inject, test } from 'vitest';
import { createProject, type Project, type Running } from '../src/project.ts';
import { quickStart } from '../src/quick-start.ts';
import { payAt } from '../src/recipient.ts';
import { named, openStand, type Stand } from '../src/stand.ts';

const typed = quickStart();
const [, , , vite = ''] = typed.servers;

let project: Project;
let stand: Stand;
let page: Running | undefined;

beforeAll(async () => {
  project = await createProject({ npmrc: inject('npmrc') });
});
afterAll(() => project?.remove());

test('README names what is typed: files, commands, an account', () => {
  expect([...typed.files.keys()]).toEqual(['shop.js', 'bff.js', 'index.html', 'vite.config.js']);
  expect(typed.servers).toHaveLength(4);
  expect(typed.account).toHaveLength(20);
});

test("README's quick start, typed in as written, pays", async () => {
  stand = await openStand(project);
  await stand.startBank();
  await stand.startBff();
  await stand.startShop();
  page = await stand.start(`${vite} --port ${stand.ports.page} --strictPort`, /ready in/);
  await payAt(`http://localhost:${named.page}`, stand);
  expect(await stand.amounts()).toEqual([425_000]);
});

test('its page pays as Vite builds it, too', async () => {
  await page?.stop();
  await stand.startShop('week-2026-48/courier-7');
  await project.run(`${vite} build`);
  await stand.start(`${vite} preview --port ${stand.ports.page} --strictPort`, /Local:/);
  await payAt(`http://localhost:${named.page}`, stand);
  expect(await stand.amounts()).toEqual([425_000, 425_000]);
});
