/**
 * Cashes out once in a browser, as a recipient would, and asks the bank's ledger what moved. Run by `demo.mjs --smoke`
 * with Node 24: `node smoke.mjs <shop url> <sandbox url>`. Exit code 0 only if money moved exactly once, all of it.
 */
import { launchBrowser } from './browser.mjs';
import { accounts, recipient } from './recipient.mjs';

const [shopUrl, sandboxUrl] = process.argv.slice(2);
const browser = await launchBrowser();
let failed;
try {
  failed = await walk();
} catch (error) {
  failed = error.message;
} finally {
  await browser.close();
}
if (failed) {
  console.error(`\nThe smoke run failed. ${failed}`);
  process.exitCode = 1;
}

/** @returns {Promise<string | undefined>} what was wrong */
async function walk() {
  const page = await browser.newPage();
  const errors = [];
  page.on('pageerror', (error) => errors.push(error.message));
  const vera = recipient(page);
  await vera.open(shopUrl);
  const { balance } = await (await fetch(`${shopUrl}/api/earnings`)).json();
  await vera.cashOut();
  await vera.giveAccount(accounts.good);
  await vera.sees('review');
  await vera.confirm();
  await vera.sees('succeeded');
  await vera.balance(0);
  const payout = await page.evaluate(() => document.querySelector('b131-payout').payout);
  const { movements } = await (await fetch(`${sandboxUrl}/sandbox/ledger`)).json();
  const sum = movements.reduce((total, { amount }) => total + amount, 0);
  const to = [...new Set(movements.map(({ masked_account }) => masked_account))].join(', ') || 'nobody';
  const times = movements.length === 1 ? '1 time' : `${movements.length} times`;
  console.log(`payout ${payout.id} ${payout.status}: money moved ${times}, ${roubles(sum)} to ${to}`);
  if (errors.length > 0) return `The page had errors: ${errors.join('; ')}`;
  if (movements.length !== 1) return 'Money should have moved exactly once.';
  if (sum !== balance) return `${roubles(balance)} were owed.`;
  return undefined;
}

/** 425000 → 4 250.00 RUB */
function roubles(amount) {
  const [whole, kopecks] = (amount / 100).toFixed(2).split('.');
  return `${whole.replace(/\B(?=(\d{3})+$)/g, ' ')}.${kopecks} RUB`;
}
