import type { Browser, Page } from '@b131/browser';
import { launchBrowser } from '@b131/browser';
import { quickStart } from './quick-start.ts';
import type { Stand } from './stand.ts';

/** A recipient at a page with the tag, wherever the bank's form is drawn: in the page itself, or in a frame. */
export interface Recipient {
  page: Page;
  /** What the page said went wrong. */
  errors: string[];
  giveAccount(bik: string, account: string): Promise<void>;
  press(part: string): Promise<void>;
  /** Waits for a status of the payout. */
  sees(status: string): Promise<void>;
  leave(): Promise<void>;
}

const patience = 120_000;

/** @param addresses where the page's own addresses are really answered: `{ 'localhost:5173': '127.0.0.1:40321' }` */
export async function openAt(url: string, addresses: Readonly<Record<string, string>>): Promise<Recipient> {
  const rules = Object.entries(addresses).map(([from, to]) => `MAP ${from} ${to}`);
  const browser: Browser = await launchBrowser({ args: [`--host-resolver-rules=${rules.join(',')}`] });
  const page = await browser.newPage();
  page.setDefaultTimeout(patience);
  const errors: string[] = [];
  page.on('pageerror', (error) => errors.push(String(error)));
  page.on('console', (message) => {
    if (message.type() === 'error') errors.push(message.text());
  });
  page.on('requestfailed', (request) => errors.push(`${request.url()}: ${request.failure()?.errorText}`));
  await page.goto(url);

  async function field(name: string) {
    const until = Date.now() + patience;
    while (Date.now() < until) {
      for (const frame of page.frames()) {
        const found = await frame.$(`input[name=${name}]`).catch(() => null);
        if (found && (await found.isVisible())) return found;
      }
      await new Promise((resolve) => setTimeout(resolve, 100));
    }
    const text = await page.evaluate(
      () => document.querySelector('b131-payout')?.shadowRoot?.textContent ?? document.body.textContent,
    );
    throw new Error(
      `The bank's form did not come. The page says: ${text?.replace(/\s+/g, ' ').trim()}\n${errors.join('\n')}`,
    );
  }

  return {
    page,
    errors,
    async giveAccount(bik, account) {
      await (await field('bik')).type(bik);
      const last = await field('account');
      await last.type(account);
      await last.press('Enter');
    },
    async press(part) {
      await page.waitForFunction(
        (name) => document.querySelector('b131-payout')?.shadowRoot?.querySelector(`button[part~="${name}"]`),
        {},
        part,
      );
      await page.evaluate((name) => {
        const button = document
          .querySelector('b131-payout')
          ?.shadowRoot?.querySelector(`button[part~="${name}"]`);
        if (button instanceof HTMLElement) button.click();
      }, part);
    },
    async sees(status) {
      await page.waitForFunction(
        (wanted) => {
          const element = document.querySelector('b131-payout');
          return (
            element && 'payout' in element && JSON.stringify(element.payout)?.includes(`"status":"${wanted}"`)
          );
        },
        {},
        status,
      );
    },
    leave: () => browser.close(),
  };
}

/** README's recipient, from the bank's form to the money. Returns what the page said went wrong on the way. */
export async function payAt(url: string, stand: Stand): Promise<readonly string[]> {
  const { bik, account } = quickStart();
  const recipient = await openAt(url, stand.addresses);
  try {
    await recipient.giveAccount(bik, account);
    await recipient.press('confirm');
    await recipient.sees('succeeded');
    return recipient.errors;
  } catch (error) {
    throw new Error(`${String(error)}\n${recipient.errors.join('\n')}\n${stand.output()}`);
  } finally {
    await recipient.leave();
  }
}
