import { createServer, type Server } from 'node:http';
import { type Browser, launchBrowser } from '@b131/browser';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { accountEndingWith, DEFAULT_BIK } from '../src/index.js';
import { openPartner, type Partner } from './support/partner.js';

let browser: Browser;
let partner: Partner;
let shop: Server;
let url: string;

beforeAll(async () => {
  [browser, partner] = await Promise.all([launchBrowser(), openPartner()]);
  shop = createServer((_, response) => {
    response
      .setHeader('content-type', 'text/html')
      .end('<!doctype html><title>Shop</title><div id="form"></div>');
  });
  await new Promise<void>((resolve) => shop.listen(0, '127.0.0.1', resolve));
  const address = shop.address();
  url = `http://127.0.0.1:${typeof address === 'object' && address?.port}/`;
});

afterAll(async () => {
  await browser.close();
  await partner.close();
  shop.close();
});

it.each([
  ['both', true, true],
  ['callback', true, false],
  ['message', false, true],
] as const)(
  'a widget of other names tells its result by %s, and whose BIK it is',
  async (widgetChannel, called, told) => {
    partner.served.sandbox.settings.personality = {
      ...partner.served.sandbox.settings.personality,
      widgetGlobal: 'Bank131Form',
      widgetContainer: 'form',
      widgetChannel,
    };
    const { public_token } = await partner.call('token', { tokenize_widget: { access: true } });
    const page = await browser.newPage();
    await page.goto(url);
    await page.addScriptTag({ url: `${partner.url}/widget/tokenize.js` });
    await page.evaluate(`
    window.heard = { called: false, told: false };
    addEventListener('message', ({ data }) => { if (data.source === 'form' && data.event === 'success') heard.told = true; });
    const widget = new Bank131Form(${JSON.stringify(public_token)}, { locale: 'en' });
    widget.onSuccess = () => { heard.called = true; };
    widget.render();`);
    await page.type('#b131w-bik', DEFAULT_BIK);
    expect(await page.$eval('#b131w-bik-hint', (one) => one.textContent)).toBe('T-Bank');
    await page.type('#b131w-account', accountEndingWith('00'));
    await page.click('.b131w-submit');
    await page.waitForFunction(`document.body.innerText.includes('40817***9500')`, { timeout: 45_000 });
    // A message is told in a later task than the one that drew the result.
    await page.evaluate(
      'new Promise((resolve) => { addEventListener("message", resolve, { once: true }); postMessage({}); })',
    );
    expect(await page.evaluate('heard')).toEqual({ called, told });
    await page.close();
  },
);
