/** A courier at the page, for the smoke run, the tests and the screenshots. Waits for conditions, with a deadline. */

const patience = 20_000;
const bik = '044525974';
/** By ending, for that BIK; the page offers the same to copy. */
export const accounts = { good: '40817810400003869535', notFound: '40817810800003869591' };

/** What the recipient waited for did not come; the message says in words what there was instead. */
export class StuckError extends Error {}

export function recipient(page) {
  /** The frame with the bank's form; undefined while there is none. */
  const bankFrame = () =>
    page.frames().find((frame) => new URL(frame.url(), page.url()).pathname.endsWith('/widget'));

  /** What the kit's element shows: the face's name, its title, everything it says. */
  const shown = async () => {
    const card = await page.evaluate(() => {
      const element = document.querySelector('b131-payout')?.shadowRoot?.querySelector('.card');
      return element ? { face: element.dataset.face, text: element.textContent } : null;
    });
    const form = await bankFrame()
      ?.evaluate(() => document.getElementById('bank131-tokenize').textContent)
      .catch(() => '');
    return card && { ...card, text: `${card.text} ${form ?? ''}`.replace(/\s+/g, ' ').trim() };
  };

  async function step(what, work) {
    try {
      return await work();
    } catch (error) {
      const now = await shown().catch(() => null);
      const instead = now
        ? `The element showed "${now.face}": ${now.text.slice(0, 400)}`
        : `The page showed: ${await textOf(page)}`;
      throw new StuckError(
        `${what}: ${error.name === 'TimeoutError' ? 'nothing came of it in time' : error.message}\n${instead}`,
      );
    }
  }

  const face = (name, timeout = patience) =>
    page.waitForFunction(
      (wanted) =>
        document.querySelector('b131-payout')?.shadowRoot?.querySelector('.card')?.dataset.face === wanted,
      { timeout, polling: 50 },
      name,
    );

  const pressInElement = (part) =>
    page.evaluate((name) => {
      const button = document
        .querySelector('b131-payout')
        ?.shadowRoot?.querySelector(`button[part~="${name}"]`);
      if (!(button instanceof HTMLButtonElement)) throw new Error(`there is no button "${name}"`);
      button.click();
    }, part);

  return {
    shown,
    open: (url) =>
      step('Opening the page', async () => {
        await page.goto(url, { timeout: patience });
        await page.waitForSelector('[data-balance]', { timeout: patience });
      }),
    cashOut: () =>
      step('Pressing "Cash out"', async () => {
        await page.click('#cash-out-button');
        await face('form');
      }),
    giveAccount: (account) =>
      step('Giving the account in the bank’s form', async () => {
        await face('form');
        const form = bankFrame();
        if (!form) throw new Error('there is no frame with the form');
        await form.waitForSelector('input[name=bik]', { visible: true, timeout: patience });
        await form.type('input[name=bik]', bik);
        await form.type('input[name=account]', account);
        // A click right after scrolling may miss a frame of another process; keys find what has the focus.
        await page.keyboard.press('Enter');
      }),
    sees: (name, timeout) => step(`Waiting for the face "${name}"`, () => face(name, timeout)),
    confirm: () => step('Confirming', () => pressInElement('confirm')),
    tryAnother: () => step('Going back to the form', () => pressInElement('another')),
    balance: (kopecks) =>
      step(`Waiting for a balance of ${kopecks / 100}`, () =>
        page.waitForSelector(`[data-balance="${kopecks}"]`, { timeout: patience }),
      ),
  };
}

async function textOf(page) {
  const text = await page.evaluate(() => document.body.textContent).catch(() => 'nothing');
  return text.replace(/\s+/g, ' ').trim().slice(0, 400) || 'an empty page';
}
