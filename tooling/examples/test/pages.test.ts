/** One recipient on every page: from the bank's form to the money, against the real BFF and the sandbox. */
import assert from 'node:assert/strict';
import { mkdtempSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { test } from 'node:test';
import { launchBrowser } from '@b131/browser';
import { freePorts } from '../../../examples/demo/scripts/ports.mjs';
import { accounts, recipient } from '../../../examples/demo/scripts/recipient.mjs';
import { forget, startStand } from '../../../examples/demo/scripts/stand.mjs';
import { buildPage, pages } from '../src/pages.ts';

for (const page of pages) {
  test(`examples/${page.name} pays once, and its own text says so`, async (t) => {
    const dir = mkdtempSync(join(tmpdir(), 'b131-example-'));
    t.after(() => forget(dir));
    const ports = await freePorts();
    const pageDir = await buildPage(page, join(dir, 'page'), `http://127.0.0.1:${ports.bff}/b131`);
    const stand = await startStand({ ports, keptDir: dir, runDir: join(dir, 'run'), pageDir });
    t.after(() => stand.stop());
    const browser = await launchBrowser();
    t.after(() => browser.close());

    const tab = await browser.newPage();
    const complaints: string[] = [];
    tab.on('pageerror', (error) => complaints.push(String(error)));
    tab.on('console', (message) => message.type() === 'error' && complaints.push(message.text()));
    assert.ok(stand.urls.shop);
    await tab.goto(stand.urls.shop);
    const vera = recipient(tab);
    await vera.giveAccount(accounts.good);
    await vera.sees('review');
    await vera.confirm();
    await vera.sees('succeeded');
    await tab.waitForFunction(
      () => document.querySelector('p[role=status]')?.textContent === 'Paid: 4250 RUB',
    );

    const { movements } = await (await fetch(`${stand.urls.sandbox}/sandbox/ledger`)).json();
    assert.deepEqual(
      movements.map(({ amount, masked_account }: { amount: number; masked_account: string }) => [
        amount,
        masked_account,
      ]),
      [[425_000, '40817***9535']],
    );
    // That there is no payout yet is an answer, which browsers tell as an error.
    assert.deepEqual(
      complaints.filter((text) => !/404 \(Not Found\)/.test(text)),
      [],
    );
  });
}
