import { launchBrowser } from '@b131/browser';

type Page = Awaited<ReturnType<Awaited<ReturnType<typeof launchBrowser>>['newPage']>>;
type Frame = ReturnType<Page['mainFrame']>;

const patience = 30_000;

/** A courier in a real browser, at the shop's page. Waits for what should come, never for a time. */
export interface Visitor {
  page: Page;
  /** Types into the bank's form, wherever it is drawn. */
  giveAccount(account: string): Promise<void>;
  sees(face: string): Promise<void>;
  press(part: string): Promise<void>;
  /** What the page says of the shop's books, once it says this. */
  reloadsUntilBooksSay(status: string): Promise<void>;
  leave(): Promise<void>;
}

export async function visit(shop: string): Promise<Visitor> {
  const browser = await launchBrowser();
  const page = await browser.newPage();
  await page.goto(shop, { timeout: patience });
  return {
    page,
    async giveAccount(account) {
      const form = await bankForm(page);
      await form.type('input[name=bik]', '044525974');
      await form.type('input[name=account]', account);
      // A click right after scrolling may miss a frame of another process; keys find what has the focus.
      await page.keyboard.press('Enter');
    },
    async sees(face) {
      const isFace = (wanted: string) =>
        document.querySelector('b131-payout')?.shadowRoot?.querySelector<HTMLElement>('.card')?.dataset
          .face === wanted;
      await page.waitForFunction(isFace, { timeout: patience, polling: 50 }, face);
    },
    async press(part) {
      await page.evaluate((name) => {
        const button = document
          .querySelector('b131-payout')
          ?.shadowRoot?.querySelector<HTMLButtonElement>(`button[part~="${name}"]`);
        if (!button) throw new Error(`there is no button "${name}"`);
        button.click();
      }, part);
    },
    async reloadsUntilBooksSay(status) {
      for (const giveUpAt = Date.now() + patience; Date.now() < giveUpAt; ) {
        await page.reload({ timeout: patience });
        if (await page.$(`[data-books="${status}"]`)) return;
      }
      throw new Error(
        `the books do not say ${status}: ${await page.$eval('body', (body) => body.textContent)}`,
      );
    },
    leave: () => browser.close(),
  };
}

async function bankForm(page: Page): Promise<Frame> {
  for (const giveUpAt = Date.now() + patience; Date.now() < giveUpAt; ) {
    for (const frame of page.frames()) {
      const input = await frame.$('input[name=account]').catch(() => null);
      if (input && (await input.isVisible())) return frame;
    }
  }
  throw new Error("the bank's form did not come");
}
