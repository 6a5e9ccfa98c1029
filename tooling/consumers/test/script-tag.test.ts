import { afterAll, beforeAll, expect, inject, test } from 'vitest';
import { payoutPage, withoutBundler } from '../src/no-bundler.ts';
import { createProject, type Project } from '../src/project.ts';
import { payAt } from '../src/recipient.ts';
import { named, openStand, type Stand } from '../src/stand.ts';
import { serveStaticPage } from '../src/static-page.ts';

const pages = {
  '/script-tag.html': payoutPage(withoutBundler.scriptTag),
  '/import-map.html': payoutPage(withoutBundler.importMap),
};

let project: Project;
let stand: Stand;
let close: (() => Promise<void>) | undefined;

beforeAll(async () => {
  project = await createProject({ npmrc: inject('npmrc') });
  stand = await openStand(project);
  await stand.startBank();
  await stand.startBff();
  const { page, shop } = stand.ports;
  close = await serveStaticPage({
    folder: project.folder,
    pages,
    shop: `http://127.0.0.1:${shop}`,
    port: page,
  });
});
afterAll(async () => {
  await close?.();
  await project?.remove();
});

test.each(Object.keys(pages))('a page without a bundler pays: %s', async (path) => {
  const before = await stand.amounts();
  await stand.startShop(`week-2026-47${path}`);
  const errors = await payAt(`http://localhost:${named.page}${path}`, stand);
  expect(await stand.amounts()).toEqual([...before, 425_000]);
  expect(errors.filter((error) => /module|import/i.test(error))).toEqual([]);
});
