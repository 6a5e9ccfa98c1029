import { launchBrowser } from '@b131/browser';
import puppeteer, { type Page } from 'puppeteer-core';
import { type FakeServer, startFakeServer } from '../server/start.ts';

/** A browser of a test's own, and the fake bank and backend. */
export interface Stand {
  readonly fake: FakeServer;
  /** Whether the browser keeps a page alive that one may come back to. */
  readonly keepsPages: boolean;
  /** Opens the page whose strings a test can pull, on a world of its own. */
  open(): Promise<{ readonly page: Page; readonly world: StandWorld }>;
  close(): Promise<void>;
}

/** One merchant's backend, as the test moves it. */
export interface StandWorld {
  move(change: object): Promise<void>;
  streams(): Promise<number>;
}

/** Starts both; the browser is the Firefox of FIREFOX_PATH where that is given. */
export async function openStand(): Promise<Stand> {
  const fake = await startFakeServer();
  const firefox = process.env.FIREFOX_PATH;
  const browser = await (firefox
    ? puppeteer.launch({ browser: 'firefox', executablePath: firefox })
    : launchBrowser());
  const post = async (path: string, body: object): Promise<ReturnType<typeof JSON.parse>> => {
    const response = await fetch(fake.origin + path, { method: 'POST', body: JSON.stringify(body) });
    return response.json();
  };
  return {
    fake,
    keepsPages: Boolean(firefox),
    async open() {
      const { id } = await post('/worlds', { origins: [fake.origin], widget: null });
      const page = await browser.newPage();
      await page.goto(`${fake.origin}/pages/payouts?world=${id}`);
      await page.waitForFunction(() => 'strings' in window);
      return {
        page,
        world: {
          move: (change) => post(`/worlds/${id}/move`, change),
          streams: async () => (await post(`/worlds/${id}/look`, {})).streams,
        },
      };
    },
    async close() {
      await browser.close();
      await fake.close();
    },
  };
}

/** Waits for a condition. */
export async function until(what: string, holds: () => Promise<boolean>): Promise<void> {
  const end = Date.now() + 20_000;
  while (!(await holds())) {
    if (Date.now() > end) throw new Error(`In vain waited for: ${what}`);
    await new Promise((resolve) => setTimeout(resolve, 50));
  }
}
