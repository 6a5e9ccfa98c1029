/**
 * Pictures of the page in its states, at 1280 and 390 pixels, for whoever changes its looks:
 * `node scripts/screenshots.mjs <folder>` after a build.
 */
import { mkdirSync, mkdtempSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { launchBrowser } from './browser.mjs';
import { freePorts } from './ports.mjs';
import { accounts, recipient } from './recipient.mjs';
import { forget, startStand } from './stand.mjs';

const folder = resolve(process.argv[2] ?? 'screenshots');
mkdirSync(folder, { recursive: true });

const sizes = {
  wide: { width: 1280, height: 900 },
  phone: { width: 390, height: 844, deviceScaleFactor: 2 },
};
const browser = await launchBrowser();
try {
  for (const size of Object.keys(sizes)) {
    for (const language of ['en', 'ru']) await shoot({ size, language, scheme: 'light' });
    await shoot({ size, language: 'en', scheme: 'dark' });
  }
  await shootReview('demo');
} finally {
  await browser.close();
}

/** The picture of the README. */
function shootReview(name) {
  return visit({ width: 1280, height: 1060 }, 'light', async (page, vera, url) => {
    await vera.open(`${url}/?lang=en`);
    await vera.cashOut();
    await vera.giveAccount(accounts.good);
    await vera.sees('review');
    // The panel tells it when everybody has had their say.
    await page.waitForFunction(() =>
      document.querySelector('.step[data-step="5"]')?.textContent.includes('awaiting'),
    );
    await page.evaluate(() => scrollTo(0, 0));
    await page.screenshot({ path: join(folder, `${name}.png`) });
    console.log(name);
  });
}

function shoot({ size, language, scheme }) {
  return visit(sizes[size], scheme, async (page, vera, url) => {
    const picture = async (state) => {
      const name = `${size}-${language}-${scheme}-${state}`;
      const wide = await page.evaluate(
        () => document.documentElement.scrollWidth - document.documentElement.clientWidth,
      );
      if (wide > 0) console.error(`${name}: scrolls sideways by ${wide} px`);
      await page.evaluate(() => scrollTo(0, 0));
      await page.screenshot({ path: join(folder, `${name}-top.png`) });
      await page.screenshot({ path: join(folder, `${name}.png`), fullPage: true });
      console.log(name);
    };
    await vera.open(`${url}/?lang=${language}`);
    await picture('1-start');
    await vera.cashOut();
    await picture('2-form');
    await vera.giveAccount(accounts.notFound);
    await vera.sees('failed');
    await picture('3-failed');
    await vera.tryAnother();
    await vera.giveAccount(accounts.good);
    await vera.sees('review');
    await picture('4-review');
    await vera.confirm();
    await vera.sees('succeeded');
    await vera.balance(0);
    await picture('5-done');
  });
}

/** Each story on a stand of its own. */
async function visit(viewport, scheme, story) {
  const dir = mkdtempSync(join(tmpdir(), 'b131-pictures-'));
  const stand = await startStand({ ports: await freePorts(), keptDir: dir, runDir: join(dir, 'run') });
  const context = await browser.createBrowserContext();
  try {
    const page = await context.newPage();
    await page.setViewport(viewport);
    await page.emulateMediaFeatures([
      { name: 'prefers-color-scheme', value: scheme },
      { name: 'prefers-reduced-motion', value: 'reduce' },
    ]);
    await story(page, recipient(page), stand.urls.shop);
  } finally {
    await context.close();
    await stand.stop();
    forget(dir);
  }
}
