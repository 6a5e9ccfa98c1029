/** What each test has for itself: a stand on free ports with its own state, a browser page, the bank's ledger. */
import { mkdtempSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { launchBrowser } from '../scripts/browser.mjs';
import { freePorts } from '../scripts/ports.mjs';
import { recipient } from '../scripts/recipient.mjs';
import { forget, startStand } from '../scripts/stand.mjs';

export const owed = 425_000;

/** @param {import('node:test').TestContext} t */
export async function visit(t, settings = {}) {
  const dir = mkdtempSync(join(tmpdir(), 'b131-demo-test-'));
  t.after(() => forget(dir));
  const deaths = [];
  const stand = await startStand({
    ports: await freePorts(),
    keptDir: dir,
    runDir: join(dir, 'run'),
    onDeath: (text) => deaths.push(text),
  });
  t.after(() => stand.stop());
  await patch(stand, { processingMs: 200, ...settings });
  const browser = await launchBrowser();
  t.after(() => browser.close());
  const page = await browser.newPage();
  const vera = recipient(page);
  await vera.open(stand.urls.shop);
  return { stand, page, vera, deaths, movements: () => movements(stand) };
}

/** Turns the bank's knobs. */
export async function patch({ urls }, settings) {
  const response = await fetch(`${urls.sandbox}/sandbox/settings`, {
    method: 'PATCH',
    headers: { 'content-type': 'application/json' },
    body: JSON.stringify(settings),
  });
  if (!response.ok)
    throw new Error(`The sandbox refused ${JSON.stringify(settings)}: ${await response.text()}`);
}

/** Each time money moved, as the bank has it. */
async function movements({ urls }) {
  const ledger = await (await fetch(`${urls.sandbox}/sandbox/ledger`)).json();
  return ledger.movements.map(({ amount, masked_account, kind }) => ({ amount, masked_account, kind }));
}

/** Waits until `check` gives something truthy, and gives it back. */
export async function until(what, check, patience = 20_000) {
  const deadline = Date.now() + patience;
  for (;;) {
    const found = await check();
    if (found) return found;
    if (Date.now() > deadline) throw new Error(`${what}: not within ${patience / 1000} s`);
    await new Promise((resolve) => setTimeout(resolve, 50));
  }
}
