import { createServer } from 'node:http';
import { dirname } from 'node:path';
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it, vi } from 'vitest';
import { serveSandbox } from '../src/node/index.js';
import {
  type Browser,
  launchBrowser,
  openPartner,
  openReader,
  type Partner,
  type Reader,
} from './support/reader.js';

vi.setConfig({ testTimeout: 90_000, hookTimeout: 90_000 });

let browser: Browser;
let partner: Partner;
let reader: Reader;

beforeAll(async () => {
  browser = await launchBrowser();
});

afterAll(() => browser.close());

beforeEach(async () => {
  partner = await openPartner({ processingMs: 20, returnAfterMs: 20 });
  reader = await openReader(browser, partner);
});

afterEach(async () => {
  await reader.page.browserContext().close();
  await partner.close();
});

/** The payout waits for its partner's word. */
async function waiting(order: object = {}, ru: object = {}): Promise<string> {
  const id = await partner.start('00', order, ru);
  await vi.waitFor(async () => {
    const { session } = await partner.call('session/status', { session_id: id });
    expect(session.next_action).toBe('confirm');
  }, 45_000);
  return id;
}

const SCRIPT = `<img src=x onerror="window.hacked=1"><script>window.hacked=1</script>`;

describe('the dashboard', () => {
  it('teaches whoever opens an unused bank, and then shows each payout as it comes', async () => {
    await reader.sees('No payouts yet');
    await reader.sees('openssl dgst -sha256 -sign');
    const id = await waiting({ metadata: { ref: 'week-47' } });
    await reader.sees(id);
    await reader.sees('Waits for confirmation');
    await partner.call('session/confirm', { session_id: id });
    await reader.sees('Paid');
    expect(await reader.text()).toContain('week-47');
    await reader.press(id);
    await reader.sees('Time line');
    expect(reader.page.url()).toContain(`#/payouts/${id}`);
    expect(reader.complaints).toEqual([]);
  });

  it('tells the life of a payout in its order, a cause before what it caused', async () => {
    const id = await waiting();
    await partner.call('session/confirm', { session_id: id }, { 'x-partner-sign': 'deadbeef'.repeat(64) });
    await partner.call('session/confirm', { session_id: id });
    await reader.goTo(`#/payouts/${id}`);
    await reader.sees('session accepted · payout succeeded');
    const told = await reader.page.$$eval('.timeline .words', (all) =>
      all.map((one) => one.textContent?.replaceAll(/\s+/g, ' ').trim()),
    );
    const inOrder = (parts: string[]) => parts.map((part) => told.findIndex((line) => line?.includes(part)));
    const places = inOrder([
      'v2 session/create ok',
      'session created',
      'session/start/payout ok',
      'session in_progress · payout in_progress',
      'next confirm',
      'authentication_error',
      'session/confirm ok',
      'session accepted',
      '₽4,250.00 to 40817***9500',
    ]);
    expect(places).not.toContain(-1);
    expect(places).toEqual([...places].sort((one, other) => one - other));
    await reader.sees('X-PARTNER-SIGN is hexadecimal; the bank wants standard base64.');
  });

  it('shows headers and bodies with the secrets shortened, as sent or in lines', async () => {
    const id = await waiting();
    await reader.goTo(`#/payouts/${id}`);
    await reader.press('session/start/payout');
    await reader.sees('What the bank answered');
    await reader.press('Headers');
    await reader.sees('x-partner-project');
    const shown = await reader.text();
    expect(shown).toContain('"full_name": "I… I… I…"');
    expect(shown).toMatch(/x-partner-sign\s+.{8}… \(344 characters\)/);
    expect(shown).not.toMatch(/\d{20}|[0-9a-f]{64}|Ivanov/);
    await reader.page.click('.exchange-bar input');
    await reader.sees('"full_name":"I… I… I…"');
  });

  it('shows what clients of the bank wrote as text, whatever it is', async () => {
    const id = await waiting({ metadata: { ref: SCRIPT } }, { description: SCRIPT.slice(0, 60) });
    await partner.call('session/confirm', { session_id: id, [SCRIPT]: SCRIPT }, { 'x-note': SCRIPT });
    await partner.call(`session/${SCRIPT}`, { session_id: SCRIPT });
    for (const hash of [
      `#/payouts/${id}`,
      `#/payouts/${encodeURIComponent(SCRIPT)}`,
      '#/traffic',
      `#/traffic?search=${encodeURIComponent(SCRIPT)}`,
    ]) {
      await reader.goTo(hash);
      await reader.page.waitForSelector('#search');
      await reader.page.$$eval('.fold', (all) => all.map((one) => one instanceof HTMLElement && one.click()));
    }
    await reader.goTo(`#/payouts/${id}`);
    await reader.sees('<img src=x onerror=');
    await reader.press('session/confirm');
    await reader.sees('window.hacked=1');
    expect(await reader.page.evaluate(() => 'hacked' in window)).toBe(false);
    expect(await reader.page.$('#desk img, #desk script')).toBeNull();
    expect(reader.complaints.filter((one) => !one.includes('404'))).toEqual([]);
  });

  it('finds payouts and traffic by words, status and what went wrong, at an address that can be kept', async () => {
    const good = await waiting({ metadata: { ref: 'week-47' } });
    const bad = await partner.start('91', { metadata: { ref: 'week-48' } });
    await reader.sees(bad);
    await reader.page.type('#search', 'week-48');
    await reader.seesNoMore(good);
    expect(await reader.text()).toContain(bad);
    expect(reader.page.url()).toContain('search=week-48');
    await reader.page.reload();
    await reader.sees(bad);
    expect(await reader.text()).not.toContain(good);
    await reader.page.select('#status', 'succeeded');
    await reader.sees('No payout fits that.');
    await reader.press('Show all');
    await reader.sees(good);
    await partner.call('session/confirm', { session_id: bad });
    await reader.goTo('#/traffic?only=trouble');
    await reader.sees('session_wrong_state');
    expect(await reader.text()).not.toContain('session/create');
  });

  it('holds new payouts back while the reader is in the middle of the list', async () => {
    for (const _ of [1, 2, 3]) await partner.call('session/create', {});
    await reader.page.waitForFunction(() => document.querySelectorAll('.row').length === 3);
    await reader.page.focus('.row');
    const first = () => reader.page.$eval('.row .mono', (one) => one.textContent);
    const before = await first();
    await partner.call('session/create', {});
    await reader.sees('1 new, show');
    expect(await first()).toBe(before);
    await reader.press('1 new, show');
    await reader.page.waitForFunction(() => document.querySelectorAll('.row').length === 4);
    expect(await first()).not.toBe(before);
  });

  it('stands still while it is paused, and catches up', async () => {
    await partner.call('session/create', {});
    await reader.page.waitForSelector('.row');
    await reader.press('Pause');
    await partner.call('session/create', {});
    await reader.sees('Go on (2)');
    expect(await reader.page.$$('.row')).toHaveLength(1);
    await reader.press('Go on');
    await reader.page.waitForFunction(() => document.querySelectorAll('.row').length === 2);
  });

  it('turns the bank’s switches, says so, and keeps a banner up until they are turned back', async () => {
    await reader.goTo('#/behaviour');
    await reader.page.waitForSelector('#set-autoConfirm');
    await reader.page.click('#set-autoConfirm');
    await reader.sees('The bank does not behave as it comes: autoConfirm');
    expect(partner.served.sandbox.settings.personality.autoConfirm).toBe(true);
    await reader.page.select('#set-lowBalance', 'refused');
    await reader.sees('Changed; comes as fails.');
    await reader.press('Reset');
    await reader.seesNoMore('The bank does not behave as it comes');
    expect(partner.served.sandbox.settings.personality).toMatchObject({
      autoConfirm: false,
      lowBalance: 'fails',
    });
    await reader.page.type('#set-webhookUrl', 'nonsense');
    await reader.page.keyboard.press('Enter');
    await reader.sees('webhookUrl: Invalid');
    expect(partner.served.sandbox.settings.webhookUrl).toBeNull();
  });

  it('says what became of a webhook, and why', async () => {
    const receiver = createServer((_, response) => response.writeHead(500).end('TypeError: no ref'));
    await new Promise<void>((resolve) => receiver.listen(0, '127.0.0.1', resolve));
    const address = receiver.address();
    partner.served.sandbox.settings.webhookUrl = `http://127.0.0.1:${typeof address === 'object' && address?.port}/hook`;
    const id = await waiting();
    await reader.goTo(`#/payouts/${id}`);
    await reader.sees('Your receiver refused it');
    await reader.press('ready_to_confirm');
    await reader.sees('TypeError: no ref');
    expect(await reader.text()).toContain('"type": "ready_to_confirm"');
    receiver.close();
  });

  it('does in the bank’s place what is possible now, and sends a webhook again', async () => {
    const types: string[] = [];
    const receiver = createServer(async (request, response) => {
      const chunks: Uint8Array[] = [];
      for await (const chunk of request) chunks.push(chunk);
      types.push(JSON.parse(Buffer.concat(chunks).toString()).type);
      response.writeHead(200).end();
    });
    await new Promise<void>((resolve) => receiver.listen(0, '127.0.0.1', resolve));
    const address = receiver.address();
    partner.served.sandbox.settings.webhookUrl = `http://127.0.0.1:${typeof address === 'object' && address?.port}/`;
    const id = await partner.start('94');
    await reader.goTo(`#/payouts/${id}`);
    await reader.press('Get it ready');
    await reader.sees('Waits for confirmation');
    await reader.press('Pay now');
    await reader.sees('Done by hand: succeed');
    await reader.page.waitForSelector('#return-amount');
    await reader.page.$eval('#return-amount', (one) => one.setAttribute('value', '1000.50'));
    await reader.page.$eval('#return-amount', (one) => one.closest('form')?.reset());
    await reader.press('Send back');
    await reader.sees('₽1,000.50 back from');
    await reader.press('payment_refunded');
    await reader.press('Send it again');
    await reader.sees('Webhook, delivery 2');
    await vi.waitFor(() => expect(types.filter((one) => one === 'payment_refunded')).toHaveLength(2), 45_000);
    const failing = await partner.start('94');
    await reader.goTo(`#/payouts/${failing}`);
    await reader.page.waitForSelector('#fail-code');
    await reader.page.select('#fail-code', 'provider_timeout');
    await reader.page.click('.with-field button');
    await reader.sees('provider_timeout');
    await reader.sees('Nothing can be done to it any more.');
    receiver.close();
  });

  it('lets something go wrong with one payout, tells of it, and takes it back', async () => {
    const id = await waiting();
    await reader.goTo(`#/payouts/${id}`);
    await reader.press('Let something go wrong with it');
    await reader.page.waitForSelector('#fault-kind');
    await reader.page.select('#fault-kind', 'html_after');
    await reader.press('Add');
    await reader.sees('Something waits to go wrong: html_after');
    expect(await reader.text()).toContain(id);
    expect(await reader.faults()).toEqual([]);
    await expect(partner.call('session/confirm', { session_id: id })).rejects.toThrow(SyntaxError);
    await reader.seesNoMore('Something waits to go wrong');
    await reader.goTo(`#/payouts/${id}`);
    await reader.sees('answered with an HTML page of a proxy');
    await reader.goTo('#/behaviour');
    await reader.press('Add');
    await reader.sees('Something waits to go wrong');
    await reader.press('Remove');
    await reader.seesNoMore('Something waits to go wrong');
    expect(reader.complaints).toEqual([]);
  });

  it('says when the sandbox is gone, and starts anew with the next one', async () => {
    const id = await waiting();
    await reader.sees(id);
    await partner.served.close();
    await reader.sees('The sandbox does not answer.');
    const { port } = new URL(partner.url);
    const keysDir = dirname(partner.served.keys.paths.bankPublic);
    const next = await serveSandbox({ port: Number(port), keysDir });
    await reader.seesNoMore('The sandbox does not answer.');
    await reader.seesNoMore(id);
    await reader.sees('No payouts yet');
    await next.close();
  });

  it('is used without a mouse', async () => {
    const id = await waiting();
    await reader.sees(id);
    const { keyboard } = reader.page;
    const focused = () =>
      reader.page.evaluate(() => document.activeElement?.id || document.activeElement?.className);
    await keyboard.press('/');
    expect(await focused()).toBe('search');
    await keyboard.press('Escape');
    await keyboard.press('j');
    expect(await focused()).toBe('row');
    await keyboard.press('Enter');
    await reader.sees('Time line');
    await keyboard.press('Escape');
    await reader.seesNoMore('Time line');
    await reader.page.waitForFunction(() => document.activeElement?.className === 'row');
    await reader.page.click('.foot .check input');
    await reader.page.evaluate(
      () => document.activeElement instanceof HTMLElement && document.activeElement.blur(),
    );
    await keyboard.press('/');
    expect(await focused()).not.toBe('search');
  });

  it('breaks no rule of accessibility, wide and on a phone, by day and by night', async () => {
    const id = await waiting({ metadata: { ref: 'week-47' } });
    await partner.start('91');
    await partner.call('session/start/payout', { session_id: id });
    const views = ['#/payouts', `#/payouts/${id}`, '#/traffic', '#/behaviour', '#/setup'];
    for (const [scheme, width] of [
      ['light', 1280],
      ['dark', 320],
    ] as const) {
      await reader.page.setViewport({ width, height: 800 });
      await reader.page.emulateMediaFeatures([{ name: 'prefers-color-scheme', value: scheme }]);
      for (const hash of views) {
        await reader.goTo(hash);
        await reader.page.waitForSelector('.row, .entry, .setting, .facts');
        await reader.page.$$eval('.fold', (all) =>
          all.slice(0, 3).map((one) => one instanceof HTMLElement && one.click()),
        );
        await reader.seesNoMore('Loading');
        expect(await reader.faults(), `${hash} ${scheme}`).toEqual([]);
        expect(await reader.isTooWide(), `${hash} at ${width}`).toBe(false);
      }
    }
  });
});
