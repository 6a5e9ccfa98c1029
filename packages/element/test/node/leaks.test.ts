// Creates and removes thousands of elements and compares what the browser holds before and after.
import assert from 'node:assert/strict';
import { after, before, test } from 'node:test';
import type { CDPSession, Page } from 'puppeteer-core';
import { openStand, type Stand } from './stand.ts';

let stand: Stand;
before(async () => {
  stand = await openStand();
});
after(() => stand.close());

interface Held {
  readonly heap: number;
  readonly nodes: number;
  readonly listeners: number;
  readonly documents: number;
}

/** What is held once everything that may go has gone. */
async function held(client: CDPSession, page: Page): Promise<Held> {
  for (let times = 0; times < 3; times++) {
    await page.evaluate(() => new Promise((resolve) => setTimeout(resolve, 100)));
    await client.send('HeapProfiler.collectGarbage');
  }
  const { nodes, jsEventListeners, documents } = await client.send('Memory.getDOMCounters');
  const { usedSize } = await client.send('Runtime.getHeapUsage');
  return { heap: usedSize, nodes, listeners: jsEventListeners, documents };
}

for (const [how, count] of [
  ['direct', 2_000],
  ['framed', 600],
] as const) {
  test(`${count} elements leave nothing behind, ${how}`, { timeout: 400_000 }, async () => {
    const { page } = await stand.open();
    const client = await page.createCDPSession();
    await client.send('HeapProfiler.enable');
    const cycle = (times: number): Promise<void> =>
      page.evaluate((mode, all) => window.strings.cycle(mode, all), how, times);
    // Whatever is made once is made now.
    await cycle(count / 2);
    const from = await held(client, page);
    await cycle(count);
    const to = await held(client, page);
    console.log(how, from, to);
    assert.equal(to.listeners, from.listeners, 'listeners');
    assert.ok(to.nodes <= from.nodes + 20, `nodes: ${from.nodes}, then ${to.nodes}`);
    assert.ok(to.documents <= from.documents + 1, `documents: ${from.documents}, then ${to.documents}`);
    // An element that stayed would hold some kilobytes: 100 bytes each is noise.
    assert.ok(to.heap - from.heap < count * 100, `heap: ${from.heap}, then ${to.heap}`);
    await page.close();
  });
}
