import { execFile } from 'node:child_process';
import { readdir, readFile } from 'node:fs/promises';
import { posix } from 'node:path';
import { promisify } from 'node:util';
import { launchBrowser } from '@b131/browser';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { contents } from '../src/pages/contents.ts';
import { asTemplate, changeLinks } from '../src/pages/markdown.ts';
import { built, site } from '../src/places.ts';
import { type ServedFolder, serveFolder } from '../src/serve.ts';

let served: ServedFolder;
/** Each page by its address: what it holds, and the places that a link may lead to. */
const pages = new Map<string, { html: string; anchors: Set<string> }>();

beforeAll(async () => {
  await promisify(execFile)(process.execPath, ['src/build.ts'], { cwd: site });
  for (const file of await readdir(built, { recursive: true })) {
    if (!file.endsWith('.html')) continue;
    const html = await readFile(`${built}${file}`, 'utf8');
    pages.set(`/${file}`, {
      html,
      anchors: new Set([...html.matchAll(/ id="([^"]+)"/g)].map(([, id = '']) => decode(id))),
    });
  }
  served = await serveFolder(built);
});
afterAll(() => served?.close());

const decode = (html: string) =>
  html.replaceAll('&amp;', '&').replaceAll('&quot;', '"').replaceAll('&#39;', "'");

test('no link leads nowhere, to a page, a heading or a file', async () => {
  const files = new Set((await readdir(built, { recursive: true })).map((file) => `/${file}`));
  const dead: string[] = [];
  for (const [page, { html }] of pages) {
    for (const [, found = ''] of html.matchAll(/ (?:href|src)="([^"]*)"/g)) {
      const target = decode(found);
      if (/^([a-z]+:|\/\/)/i.test(target) || target === '') continue;
      const [path = '', anchor] = decodeURI(target).split('#');
      const file = path === '' ? page : posix.join(posix.dirname(page), path).replace(/\/$/, '/index.html');
      const absolute = path.startsWith('/') ? path.replace(/\/$/, '/index.html') : file;
      if (!files.has(absolute)) dead.push(`${page}: ${target}`);
      else if (anchor && pages.has(absolute) && !pages.get(absolute)?.anchors.has(anchor))
        dead.push(`${page}: ${target} (no such heading)`);
    }
  }
  expect(dead).toEqual([]);
});

test('every page opens without an error, asks nobody else for anything, and fits a narrow screen', async () => {
  const browser = await launchBrowser();
  const wrong: string[] = [];
  try {
    const page = await browser.newPage();
    let here = '';
    page.on('console', (message) => {
      if (['error', 'warn'].includes(message.type())) wrong.push(`${here}: ${message.text()}`);
    });
    page.on('pageerror', (error) => wrong.push(`${here}: ${String(error)}`));
    page.on('request', (request) => {
      if (!request.url().startsWith(served.url) && !request.url().startsWith('data:'))
        wrong.push(`${here}: asks for ${request.url()}`);
    });
    await page.setViewport({ width: 360, height: 740 });
    for (const path of pages.keys()) {
      here = path;
      if (path === '/404.html') continue;
      await page.goto(`${served.url}${encodeURI(path)}`, { waitUntil: 'load' });
      await page.waitForFunction(() => document.querySelector('#app')?.hasChildNodes());
      const width = await page.evaluate(() => document.documentElement.scrollWidth);
      if (width > 360) wrong.push(`${path}: ${width} pixels wide on a screen of 360`);
    }
  } finally {
    await browser.close();
  }
  expect(wrong).toEqual([]);
});

test('the search finds a word of a page, without a network', async () => {
  const browser = await launchBrowser();
  try {
    const page = await browser.newPage();
    await page.goto(served.url);
    await page.waitForSelector('.VPNavBarSearch button', { visible: true });
    await page.click('.VPNavBarSearch button');
    await page.waitForSelector('#localsearch-input');
    await page.type('#localsearch-input', 'needs_attention');
    await page.waitForSelector('.result');
    const titles = await page.$$eval('.result', (found) => found.map((one) => one.getAttribute('href')));
    expect(titles.some((href) => href?.startsWith('/operations'))).toBe(true);
  } finally {
    await browser.close();
  }
});

test('llms.txt names every page, and each is there as Markdown', async () => {
  const text = await readFile(`${built}llms.txt`, 'utf8');
  const named = [...text.matchAll(/\]\(\/([^)]+)\.md\): (.*)/g)];
  for (const [line, path = '', about = ''] of named) {
    expect(about.length, line).toBeGreaterThan(10);
    expect(await readFile(`${built}${path}.md`, 'utf8')).toContain('# ');
  }
  const paths = named.map(([, path]) => path);
  const wanted = contents.flatMap((section) => section.pages.map(({ path }) => path));
  expect(paths.length).toBeGreaterThan(20);
  for (const path of paths) expect(pages.has(`/${path}.html`), path).toBe(true);
  expect(wanted.filter((path) => pages.has(`/${path}.html`) && !paths.includes(path))).toEqual([]);
});

test('links within code stay, and what looks like a tag is text', async () => {
  const change = ({ text }: { text: string }) => `(${text})`;
  expect(await changeLinks('[a](b.md) `[c](d)`\n\n```md\n[e](f)\n```\n', change)).toBe(
    '(a) `[c](d)`\n\n```md\n[e](f)\n```\n',
  );
  expect(asTemplate('a <b131-payout> and `<b131-payout>` {{ x }}')).toBe(
    'a &lt;b131-payout> and `<b131-payout>` &#123;&#123; x }}',
  );
  expect(asTemplate('"Bearer \\<ticket>"')).toBe('"Bearer &lt;ticket>"');
});
