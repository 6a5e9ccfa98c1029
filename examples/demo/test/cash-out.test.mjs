import assert from 'node:assert/strict';
import { test } from 'node:test';
import { accounts } from '../scripts/recipient.mjs';
import { owed, patch, until, visit } from './stand.mjs';

const once = [{ amount: owed, masked_account: '40817***9535', kind: 'paid' }];

test('a courier cashes out, the books and the panel tell it', async (t) => {
  const { page, vera, movements } = await visit(t);
  await vera.cashOut();
  await vera.giveAccount(accounts.good);
  await vera.sees('review');
  assert.deepEqual(await movements(), [], 'nothing moves before the recipient confirms');
  await vera.confirm();
  await vera.sees('succeeded');
  await vera.balance(0);
  assert.deepEqual(await movements(), once);
  await page.waitForSelector('.payout[data-status=succeeded]');
  await page.waitForSelector('.step.done[data-step="7"]');
  const told = await page.$$eval('.step', (steps) =>
    steps.map((step) => step.querySelectorAll('.line').length),
  );
  assert.equal(told.length, 8, 'the ticket and the bank’s seven steps');
  assert.ok(
    told.every((lines) => lines > 0),
    `every step has its lines: ${told}`,
  );
  const panel = await page.$eval('.stage', (stage) => stage.textContent);
  assert.ok(!panel.includes(accounts.good), 'the panel shows no account number');
  assert.doesNotMatch(panel, /eyJ|[0-9a-f]{64}/, 'nor a ticket, nor a token');
});

test('the BFF is killed while the recipient reads the review: the payout goes on, once', async (t) => {
  const { stand, vera, movements } = await visit(t);
  await vera.cashOut();
  await vera.giveAccount(accounts.good);
  await vera.sees('review');
  await stand.restart('bff');
  await vera.confirm();
  await vera.sees('succeeded');
  assert.deepEqual(await movements(), once);
});

test('the BFF is killed right after the recipient confirmed: the payout goes on, once', async (t) => {
  const { stand, page, vera, movements } = await visit(t);
  await vera.cashOut();
  await vera.giveAccount(accounts.good);
  await vera.sees('review');
  const answered = page.waitForResponse(
    (response) => response.url().endsWith('/confirm') && response.request().method() === 'POST',
  );
  await vera.confirm();
  assert.equal((await answered).status(), 202);
  await stand.kill('bff');
  await stand.start('bff');
  // The dead process may have had the payout in hand: its lease has to run out first.
  await vera.sees('succeeded', 60_000);
  assert.deepEqual(await movements(), once);
});

test('the button on the page kills the BFF, and it comes back', async (t) => {
  const { stand, page, vera, deaths, movements } = await visit(t);
  await vera.cashOut();
  await vera.giveAccount(accounts.good);
  await vera.sees('review');
  const before = stand.pid('bff');
  await page.click('#kill-bff');
  await until('another BFF', () => stand.pid('bff') !== undefined && stand.pid('bff') !== before);
  await page.waitForFunction(() => document.querySelector('.stage').textContent.includes('SQLite'));
  await vera.confirm();
  await vera.sees('succeeded', 60_000);
  assert.deepEqual(await movements(), once);
  assert.deepEqual(deaths, [], 'a kill that was asked for is no reason to stop the demo');
});

test('without webhooks the BFF asks by itself', async (t) => {
  const { vera, movements } = await visit(t, { webhooks: false });
  await vera.cashOut();
  await vera.giveAccount(accounts.good);
  await vera.sees('review');
  await vera.confirm();
  await vera.sees('succeeded');
  assert.deepEqual(await movements(), once);
});

test('an account that does not exist leads back to the form, a good one is paid', async (t) => {
  const { page, vera, movements } = await visit(t);
  await vera.cashOut();
  await vera.giveAccount(accounts.notFound);
  await vera.sees('failed');
  assert.match((await vera.shown()).text, /account_not_found/);
  assert.deepEqual(await movements(), []);
  await vera.tryAnother();
  await vera.giveAccount(accounts.good);
  await vera.sees('review');
  await vera.confirm();
  await vera.sees('succeeded');
  await vera.balance(0);
  assert.deepEqual(await movements(), once);
  assert.equal((await page.$$('.round')).length, 2, 'the panel tells both attempts');
});

test('a reload in the middle finds the payout again', async (t) => {
  const { stand, page, vera, movements } = await visit(t);
  await vera.cashOut();
  await vera.giveAccount(accounts.good);
  await vera.sees('review');
  const id = () => page.evaluate(() => document.querySelector('b131-payout').payout.id);
  const first = await id();
  await page.reload();
  await vera.sees('review');
  assert.equal(await id(), first);
  await patch(stand, { processingMs: 1000 });
  await vera.confirm();
  await vera.sees('confirming');
  await page.reload();
  await vera.sees('succeeded');
  assert.deepEqual(await movements(), once);
});
