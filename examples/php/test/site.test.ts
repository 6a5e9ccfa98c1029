import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { type Local, startLocal } from '../scripts/local.ts';
import { howToGetPhp, isPhpInstalled } from '../scripts/php.ts';
import { type Visitor, visit } from './visit.ts';

const accounts = { good: '40817810400003869535', notFound: '40817810800003869591' };
const patience = 120_000;

if (isPhpInstalled()) {
  describe("a shop in plain PHP, on PHP's own server, with b131-bff beside it", () => {
    let folder: string;
    let local: Local;
    let visitor: Visitor;

    beforeAll(async () => {
      folder = await mkdtemp(join(tmpdir(), 'b131-php-'));
      local = await startLocal({ folder, shopPort: 0, payoutsPort: 0, bankPort: 0 });
      visitor = await visit(local.shop);
    }, patience);

    afterAll(async () => {
      await visitor?.leave();
      await local?.stop();
      await rm(folder, { recursive: true, force: true });
    }, patience);

    const paid = () => local.bank.sandbox.ledger().map(({ kind, amount }) => ({ kind, amount }));

    test(
      'a courier gives a bad account, then a good one; the shop hears of both',
      async () => {
        await visitor.giveAccount(accounts.notFound);
        await visitor.sees('failed');
        await visitor.reloadsUntilBooksSay('failed');
        await visitor.sees('failed');
        await visitor.press('another');
        await visitor.giveAccount(accounts.good);
        await visitor.sees('review');
        expect(paid()).toEqual([]);
        await visitor.press('confirm');
        await visitor.sees('succeeded');
        await visitor.reloadsUntilBooksSay('succeeded');
        await visitor.sees('succeeded');
        expect(paid()).toEqual([{ kind: 'paid', amount: 425_000 }]);
      },
      patience,
    );

    test('the shop looks the payout up by its reference, with its server key', async () => {
      const answer = await fetch(`${local.shop}/payout.php`);
      expect(await answer.json()).toEqual({
        ref: 'week-2026-47/courier-7',
        status: 'succeeded',
        masked: '40817***9535',
      });
    });

    test('a notice that nobody signed, or that was changed on its way, changes no books', async () => {
      const forged = JSON.stringify({
        type: 'payout.failed',
        data: { ref: 'week-2026-47/courier-7', status: 'failed', version: 999 },
      });
      const headers = {
        'webhook-id': 'x.1',
        'webhook-timestamp': String(Math.floor(Date.now() / 1000)),
        'webhook-signature': `v1,${Buffer.alloc(32).toString('base64')}`,
      };
      const url = `${local.shop}/notice.php`;
      expect((await fetch(url, { method: 'POST', headers, body: forged })).status).toBe(400);
      expect((await fetch(url, { method: 'POST', body: forged })).status).toBe(400);
      expect(await (await fetch(local.shop)).text()).toContain('data-books="succeeded"');
    });

    test('no account number is in the books, nor a secret in what the page is given', async () => {
      const pages = await Promise.all(
        ['/', '/payout.php', '/b131-payout.js'].map(async (path) => (await fetch(local.shop + path)).text()),
      );
      for (const secret of Object.values(local.secrets)) expect(pages.join()).not.toContain(secret);
      expect(pages.slice(0, 2).join()).not.toContain(accounts.good);
    });
  });
} else {
  test('the site in PHP was NOT tried: there is no php here', () => {
    console.warn(`examples/php was not run: php is not installed. ${howToGetPhp}`);
    expect(process.env.CI, 'in CI it must be tried').toBeUndefined();
  });
}
