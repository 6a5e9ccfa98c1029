import { expect } from '@open-wc/testing';
import { conditions, goOffline } from './support/browser.ts';
import { face, fillIn, mount, pay, textOf } from './support/element.ts';
import { waitUntil } from './support/wait.ts';
import { createWorld } from './support/world.ts';

describe('a network that goes away and comes back', () => {
  afterEach(() => conditions());

  it('before the form: says so, and opens the form by itself', async () => {
    const world = await createWorld();
    await goOffline();
    const element = await mount(world);
    await face(element, 'offline');
    expect(textOf(element))
      .to.contain('This has not moved any money')
      .and.to.contain('as soon as the connection is back');
    await conditions();
    await face(element, 'form');
  });

  it('under a payout: the status goes on by itself', async function () {
    this.timeout(40_000);
    const world = await createWorld();
    const element = await mount(world);
    await pay(element);
    await waitUntil(async () => (await world.look()).streams === 1, 'the stream is open');
    await goOffline();
    await world.cut();
    await waitUntil(() => textOf(element).includes('We cannot get news'), 'it says that news are missing', {
      timeout: 15_000,
    });
    await world.move({ status: 'processing' });
    await world.move({ status: 'succeeded' });
    await conditions();
    await face(element, 'succeeded');
    expect(textOf(element)).not.to.contain('We cannot get news');
  });

  it('between the form and the payout: the same token is sent when it is back, once', async function () {
    this.timeout(40_000);
    const world = await createWorld();
    const element = await mount(world);
    await face(element, 'form');
    element.addEventListener('b131-token', () => void goOffline(), { once: true });
    fillIn();
    await waitUntil(() => element.payout !== null || textOf(element).includes('no answer'), 'it goes on', {
      timeout: 20_000,
    });
    await conditions();
    await face(element, 'starting');
    const bodies = new Set((await world.seen('payouts')).map(({ body }) => JSON.stringify(body)));
    expect(bodies.size).to.equal(1);
  });
});
