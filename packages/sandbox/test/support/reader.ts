import { readFile } from 'node:fs/promises';
import { type Browser, launchBrowser } from '@b131/browser';
import { openPartner, type Partner } from './partner.js';

type Page = Awaited<ReturnType<Browser['newPage']>>;

/** Somebody who reads the dashboard in a browser. */
export interface Reader {
  readonly page: Page;
  readonly partner: Partner;
  /** What the page complained of: exceptions, refused resources, broken rules of its content security policy. */
  readonly complaints: string[];
  /** Goes to an address within the dashboard, such as `#/traffic`. */
  goTo(hash: string): Promise<void>;
  /** Waits until the page's visible text holds this. */
  sees(text: string): Promise<void>;
  /** Waits until it no longer does. */
  seesNoMore(text: string): Promise<void>;
  /** The page's visible text now. */
  text(): Promise<string>;
  /** Presses the button or follows the link with this text, as soon as there is one. */
  press(words: string): Promise<void>;
  /** Rules of accessibility that are broken, each with where. */
  faults(): Promise<string[]>;
  /** Is there something to the right that a phone's owner has to scroll to? */
  isTooWide(): Promise<boolean>;
}

const PATIENCE = { timeout: 45_000 };

export async function openReader(browser: Browser, partner: Partner): Promise<Reader> {
  const context = await browser.createBrowserContext();
  const page = await context.newPage();
  const complaints: string[] = [];
  page.on('pageerror', (error) => complaints.push(String(error)));
  page.on('console', (message) => {
    if (message.type() === 'error' || message.type() === 'warn') complaints.push(message.text());
  });
  page.on('dialog', async (dialog) => {
    complaints.push(`dialog: ${dialog.message()}`);
    await dialog.dismiss();
  });
  await page.goto(partner.url);
  const text = async () => String(await page.evaluate(VISIBLE_TEXT));

  return {
    page,
    partner,
    complaints,
    goTo: async (hash) => {
      await page.goto(`${partner.url}/${hash}`);
    },
    sees: async (words) => {
      await waitForText(page, words, true).catch(async () => {
        throw new Error(`Not seen within ${PATIENCE.timeout} ms: ${words}\n\n${await text()}`);
      });
    },
    seesNoMore: (words) => waitForText(page, words, false),
    text,
    async press(words) {
      const found = await page.waitForFunction(
        (wanted) =>
          [...document.querySelectorAll<HTMLElement>('button, a, summary')].find(
            (one) => one.checkVisibility() && one.textContent?.replaceAll(/\s+/g, ' ').includes(wanted),
          ),
        PATIENCE,
        words,
      );
      await found.asElement()?.evaluate((one) => one instanceof HTMLElement && one.click());
    },
    async faults() {
      await page.evaluate(await axeSource());
      const found = await page.evaluate(FAULTS);
      if (!Array.isArray(found)) throw new Error('axe gave no list');
      return found.map(String);
    },
    isTooWide: () =>
      page.evaluate(() => document.documentElement.scrollWidth > document.documentElement.clientWidth),
  };
}

async function waitForText(page: Page, words: string, wanted: boolean): Promise<void> {
  await page.waitForFunction(`${VISIBLE_TEXT}.includes(${JSON.stringify(words)}) === ${wanted}`, PATIENCE);
}

/** What a person sees: without that which is hidden. */
const VISIBLE_TEXT = 'document.body.innerText';

const FAULTS = `axe.run(document, { resultTypes: ['violations'] }).then(({ violations }) =>
  violations.flatMap(({ id, nodes }) => nodes.map(({ html, failureSummary }) => id + ': ' + html + failureSummary)))`;

let axe: Promise<string> | undefined;

function axeSource(): Promise<string> {
  axe ??= readFile(new URL(import.meta.resolve('axe-core/axe.min.js')), 'utf8');
  return axe;
}

export { type Browser, launchBrowser, openPartner, type Partner };
