// Goes away from a page and comes back. Firefox (FIREFOX_PATH) keeps the page alive meanwhile, but not one with an open
// stream; the Chromium that npm carries keeps none. A page that is loaded anew finds its payout by the reference.
import assert from 'node:assert/strict';
import { after, before, test } from 'node:test';
import type { Page } from 'puppeteer-core';
import { openStand, type Stand, until } from './stand.ts';

let stand: Stand;
before(async () => {
  stand = await openStand();
});
after(() => stand.close());

/** Leaves the page. */
async function leave(page: Page): Promise<void> {
  await page.goto(`${stand.fake.origin}/pages/loader`);
}

/** Comes back to it. Whether it was kept alive is told by itself; where it was not, an element is put onto it again. */
async function comeBack(page: Page, how: string, kept: boolean): Promise<void> {
  // The driver waits for a page that loads: one that was kept does not.
  await page.evaluate(() => void setTimeout(() => history.back()));
  await until('the page', () => page.evaluate(() => 'strings' in window).catch(() => false));
  await until('its word', () => page.evaluate(() => window.strings.back !== null));
  assert.equal(await page.evaluate(() => window.strings.back), kept);
  if (!kept) await page.evaluate((mode) => window.strings.put(mode), how);
}

for (const how of ['direct', 'framed']) {
  test(`a payout, ${how}: the stream is let go, and taken up again when one comes back`, async () => {
    const { page, world } = await stand.open();
    await world.move({ status: 'processing' });
    await page.evaluate((mode) => window.strings.put(mode), how);
    await page.evaluate(() => window.strings.shows('processing'));
    await until('the stream', async () => (await world.streams()) === 1);
    await leave(page);
    await until('its end', async () => (await world.streams()) === 0);
    await world.move({ status: 'confirming' });
    await comeBack(page, how, false);
    await page.evaluate(() => window.strings.shows('confirming'));
    await until('the stream again', async () => (await world.streams()) === 1);
    await world.move({ status: 'succeeded' });
    await page.evaluate(() => window.strings.shows('succeeded'));
    await page.close();
  });

  test(`a form, ${how}: is there when the page comes back`, async () => {
    const { page } = await stand.open();
    await page.evaluate((mode) => window.strings.put(mode), how);
    await page.evaluate(() => window.strings.shows('form'));
    await leave(page);
    await comeBack(page, how, stand.keepsPages);
    await page.evaluate(() => window.strings.shows('form'));
    await page.close();
  });
}
