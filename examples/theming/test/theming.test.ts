// Drives the page: every documented property and part is there, and what is set is what is shown.
import assert from 'node:assert/strict';
import { after, before, test } from 'node:test';
import { fileURLToPath } from 'node:url';
import { type Browser, launchBrowser } from '@b131/browser';
import type { Page } from 'puppeteer-core';
import { createServer, type ViteDevServer } from 'vite';

let server: ViteDevServer;
let browser: Browser;
let page: Page;

before(async () => {
  const root = fileURLToPath(new URL('..', import.meta.url));
  server = await createServer({ root, logLevel: 'warn', server: { host: '127.0.0.1', port: 0 } });
  await server.listen();
  browser = await launchBrowser();
  page = await browser.newPage();
  await page.setViewport({ width: 1280, height: 1000 });
  await page.goto(server.resolvedUrls?.local[0] ?? '');
  await shows('form');
});

after(async () => {
  await browser?.close();
  await server?.close();
});

/** Waits until the element shows a face. */
async function shows(face: string): Promise<void> {
  await page.waitForFunction(
    (name) =>
      document.querySelector('b131-payout')?.shadowRoot?.querySelector<HTMLElement>('.card')?.dataset.face ===
      name,
    { timeout: 20_000 },
    face,
  );
}

/** A computed value inside the element. */
function styleOf(part: string, property: string): Promise<string> {
  return page.evaluate(
    (selector, name) => {
      const element = document.querySelector('b131-payout')?.shadowRoot?.querySelector(selector);
      return element ? getComputedStyle(element).getPropertyValue(name) : '';
    },
    `[part~=${part}]`,
    property,
  );
}

async function press(name: string): Promise<void> {
  await page.locator(`button::-p-text(${name})`).click();
}

test('has a control for every property and every part', async () => {
  const count = (selector: string): Promise<number> =>
    page.evaluate((all) => document.querySelectorAll(all).length, selector);
  assert.equal(await count('.properties input'), 23);
  assert.equal(await count('.parts button'), 22);
  assert.ok((await count('.recipes button')) > 3);
});

test('sets a property, and writes it down', async () => {
  await page.select('[name=scene]', 'paid');
  await shows('succeeded');
  await page.evaluate(() => {
    for (const label of document.querySelectorAll('.properties label')) {
      if (label.querySelector('code')?.textContent !== '--b131-radius') continue;
      const field = label.querySelector('input');
      if (field === null) continue;
      field.value = '3px';
      field.dispatchEvent(new Event('input', { bubbles: true }));
    }
  });
  assert.equal(await styleOf('card', 'border-start-start-radius'), '3px');
  const written = await page.$eval('pre', ({ textContent }) => textContent);
  assert.match(written ?? '', /--b131-radius: 3px;/);
});

test('tries the recipes', async () => {
  await press('Flat');
  assert.equal(await styleOf('card', 'border-top-width'), '0px');
  await press('As it comes');
  assert.equal(await styleOf('card', 'border-top-width'), '1px');
});

test('shows every scene, in both schemes', async () => {
  for (const [scene, face] of [
    ['the bank at work', 'processing'],
    ['a question', 'review'],
    ['failed, another account may be tried', 'failed'],
    ['cancelled', 'cancelled'],
    ['come back', 'returned'],
    ['a person checks it', 'needs_attention'],
    ['not available', 'bank_unavailable'],
    ['the bank’s form', 'form'],
  ] as const) {
    await page.select('[name=scene]', scene);
    await shows(face);
  }
  await page.select('[name=scheme]', 'dark');
  assert.equal(await styleOf('card', 'background-color'), 'rgb(21, 26, 34)');
});

test('does not scroll sideways on a phone', async () => {
  await page.setViewport({ width: 360, height: 700 });
  const wide = await page.evaluate(() => document.documentElement.scrollWidth - innerWidth);
  assert.ok(wide <= 0, `by ${wide} px`);
});
