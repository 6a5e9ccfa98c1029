import { expect } from '@open-wc/testing';
import { event, face, faceOf, fillIn, mount, pay, press, record, textOf } from './support/element.ts';
import { waitUntil } from './support/wait.ts';
import { createWorld, ticket } from './support/world.ts';

describe('trouble with the backend', () => {
  it('a bank that is down is told, and tried again', async () => {
    const world = await createWorld();
    await world.fault('public-tokens', { status: 503, code: 'bank_unavailable' });
    const element = await mount(world);
    await face(element, 'bank_unavailable');
    expect(textOf(element)).to.contain('No money has moved');
    press(element, 'retry');
    await face(element, 'form');
  });

  it('before anything is known, nothing is promised about an earlier payout', async () => {
    const world = await createWorld();
    await world.fault('current', { status: 503, code: 'bank_unavailable' });
    const element = await mount(world);
    await face(element, 'bank_unavailable');
    expect(textOf(element)).to.contain('A payout already under way goes on');
  });

  it('a request that got lost on its way is sent again with the same token', async () => {
    const world = await createWorld();
    const element = await mount(world);
    await world.fault('payouts', { kind: 'drop-before' });
    await pay(element);
    const bodies = (await world.seen('payouts')).map(({ body }) => JSON.stringify(body));
    expect(bodies).to.have.lengthOf(2);
    expect(bodies[0]).to.equal(bodies[1]);
  });

  it('a payout whose answer got lost is found', async () => {
    const world = await createWorld();
    const element = await mount(world);
    await world.fault('payouts', { kind: 'drop-after' });
    await pay(element);
    expect(await world.seen('payouts')).to.have.lengthOf(1);
    await world.move({ status: 'succeeded' });
    await face(element, 'succeeded');
  });

  it("a second attempt's lost answer is not mistaken for the first attempt", async () => {
    const world = await createWorld();
    const element = await mount(world);
    await pay(element);
    await world.move({ status: 'failed', error: { code: 'account_not_found' }, retryable: true });
    await face(element, 'failed');
    press(element, 'another');
    await world.fault('payouts', { kind: 'drop-before' });
    await pay(element, '40817810400003860042');
    expect(element.payout).to.include({ attempt: 2, status: 'created' });
  });

  it('without any answer it says that it does not know, and finds out later', async () => {
    const world = await createWorld();
    const element = await mount(world);
    await face(element, 'form');
    await world.fault('payouts', { kind: 'drop-after' });
    await world.fault('current', ...Array.from({ length: 3 }, () => ({ kind: 'html' }) as const));
    fillIn();
    await face(element, 'unsure');
    expect(element.reset()).to.equal(false);
    press(element, 'retry');
    await face(element, 'starting');
    expect(await world.seen('payouts')).to.have.lengthOf(1);
  });

  it('a payout of another tab is shown instead', async () => {
    const world = await createWorld();
    const element = await mount(world);
    await face(element, 'form');
    await world.move({ status: 'processing' });
    const error = event(element, 'b131-error');
    fillIn();
    expect(await error).to.include({ code: 'payout_in_progress', retryable: false });
    await face(element, 'processing');
    expect(textOf(element)).to.contain('already under way').and.to.contain('40817***9535');
    await world.move({ status: 'succeeded' });
    await face(element, 'succeeded');
    expect(textOf(element)).not.to.contain('already under way');
  });

  it('a payout that was settled elsewhere is shown as such', async () => {
    const world = await createWorld();
    const element = await mount(world);
    await face(element, 'form');
    await world.move({ status: 'succeeded' });
    fillIn();
    await face(element, 'succeeded');
    expect(textOf(element)).to.contain('already settled').and.to.contain('Nothing was paid a second time');
  });

  it('a payout that failed in another tab is shown; what was typed here pays nobody', async () => {
    const world = await createWorld();
    const element = await mount(world);
    await face(element, 'form');
    await world.move({ status: 'failed', error: { code: 'account_not_found' }, retryable: true });
    const error = event(element, 'b131-error');
    fillIn();
    expect(await error).to.include({ code: 'payout_changed', retryable: false });
    await face(element, 'failed');
    expect(textOf(element)).to.contain('moved on in the meantime');
    expect(element.payout).to.include({ attempt: 1, status: 'failed' });
    press(element, 'another');
    await pay(element);
    expect(element.payout).to.include({ attempt: 2, status: 'created' });
  });

  for (const [code, words] of [
    ['attempts_exhausted', 'No more accounts can be tried'],
    ['limit_exceeded', 'above a limit'],
    ['url_too_long', 'No money has moved'],
  ] as const) {
    it(`a start refused with ${code} is told in words`, async () => {
      const world = await createWorld();
      const element = await mount(world);
      await face(element, 'form');
      await world.fault('payouts', { status: 409, code });
      const error = event(element, 'b131-error');
      fillIn();
      expect(await error).to.include({ code });
      await waitUntil(() => textOf(element).includes(words), `it says ${words}`);
    });
  }

  it('a start that the load has refused is sent again after the time it asks for', async () => {
    const world = await createWorld();
    const element = await mount(world);
    await face(element, 'form');
    await world.fault('payouts', { status: 503, code: 'busy', retryAfter: 1 });
    const from = performance.now();
    await pay(element);
    expect(performance.now() - from).to.be.at.least(1_000);
    const bodies = (await world.seen('payouts')).map(({ body }) => JSON.stringify(body));
    expect(bodies).to.have.lengthOf(2);
    expect(bodies[0]).to.equal(bodies[1]);
  });

  it('a backend that is busy for longer is not another form on the page', async () => {
    const world = await createWorld();
    await world.fault('current', { status: 503, code: 'busy', retryAfter: 60 });
    const element = await mount(world, { ticket: null });
    const error = event(element, 'b131-error');
    element.ticket = ticket();
    expect(await error).to.include({ code: 'backend_busy', retryable: true });
    await face(element, 'bank_unavailable');
    press(element, 'retry');
    await face(element, 'form');
  });

  it('a start that failed behind its record is found', async () => {
    const world = await createWorld();
    const element = await mount(world);
    await face(element, 'form');
    await world.fault('payouts', { status: 503, code: 'store_unavailable' });
    await pay(element);
    expect(await world.seen('current')).to.have.lengthOf(2);
  });

  it('a status that is asked for too often is asked for later', async () => {
    const world = await createWorld();
    const element = await mount(world);
    await world.fault('events', { status: 429, code: 'rate_limited', retryAfter: 1 });
    await pay(element);
    await waitUntil(async () => (await world.seen('events')).length === 1);
    const from = performance.now();
    await waitUntil(async () => (await world.seen('events')).length === 2, 'it is asked for again', {
      timeout: 9_000,
    });
    expect(performance.now() - from).to.be.at.least(800);
    expect(await world.seen('payout')).to.have.lengthOf(0);
    await world.move({ status: 'succeeded' });
    await face(element, 'succeeded');
  });

  it('a stream that breaks goes on behind the last version', async () => {
    const world = await createWorld();
    const element = await mount(world);
    const events = record(element);
    await pay(element);
    await waitUntil(async () => (await world.look()).streams === 1, 'the stream is open');
    await world.move({ status: 'starting' });
    await waitUntil(() => element.payout?.status === 'starting');
    await world.cut();
    await world.move({ status: 'processing' });
    await face(element, 'processing');
    await waitUntil(async () => (await world.look()).streams === 1, 'the stream is open again', {
      timeout: 5000,
    });
    await world.move({ status: 'confirming' });
    await world.move({ status: 'succeeded' });
    await face(element, 'succeeded');
    const statuses = events.filter((name) => name.startsWith('b131-status'));
    expect(new Set(statuses).size).to.equal(statuses.length);
    const [first, second] = (await world.seen('events')).map(({ after }) => after ?? 0);
    expect(first).to.equal(1);
    expect(second).to.be.greaterThan(1);
  });

  it('without streams it asks from time to time', async () => {
    const world = await createWorld();
    const element = await mount(world);
    await world.fault('events', ...Array.from({ length: 9 }, () => ({ kind: 'html' }) as const));
    await pay(element);
    await world.move({ status: 'processing' });
    await face(element, 'processing');
    await world.move({ status: 'succeeded' });
    await face(element, 'succeeded');
  });

  it('a view token that has run out is replaced by the ticket', async () => {
    const world = await createWorld();
    const element = await mount(world);
    await world.fault('events', { status: 401, code: 'view_token_invalid' });
    await pay(element);
    await world.move({ status: 'succeeded' });
    await face(element, 'succeeded');
    const bearers = (await world.seen('events')).map(({ bearer }) => bearer);
    expect(bearers[0]).to.equal('view-token');
    expect(bearers[1]).to.match(/^head\./);
  });

  it('a hidden page lets go of the stream and takes it up again', async () => {
    const world = await createWorld();
    const element = await mount(world);
    await pay(element);
    await waitUntil(async () => (await world.look()).streams === 1, 'the stream is open');
    setVisibility('hidden');
    await waitUntil(async () => (await world.look()).streams === 0, 'the stream is closed');
    await world.move({ status: 'processing' });
    expect(faceOf(element)).to.equal('starting');
    setVisibility('visible');
    await face(element, 'processing');
  });

  it('a confirmation that comes too late shows where the payout stands', async () => {
    const world = await createWorld('recipient');
    const element = await mount(world);
    await pay(element);
    await world.move({ status: 'awaiting_confirmation' });
    await face(element, 'review');
    await world.fault('confirm', { status: 409, code: 'not_confirmable', withPayout: true });
    const error = event(element, 'b131-error');
    press(element, 'confirm');
    expect((await error).code).to.equal('not_confirmable');
    expect(element.shadowRoot?.querySelector('.notice')?.textContent).to.contain('no longer possible');
  });
});

describe('a network that is gone', () => {
  it('is told, and the flow goes on by itself when it is back', async () => {
    const world = await createWorld();
    Object.defineProperty(navigator, 'onLine', { configurable: true, value: false });
    await world.fault('current', { kind: 'drop-before' });
    const element = await mount(world);
    await face(element, 'offline');
    Object.defineProperty(navigator, 'onLine', { configurable: true, value: true });
    window.dispatchEvent(new Event('online'));
    await face(element, 'form');
  });

  it('holds one stream a document and endpoint; the others ask', async () => {
    const world = await createWorld();
    await world.move({ status: 'processing' });
    const elements = [await mount(world), await mount(world)];
    for (const element of elements) await face(element, 'processing');
    await waitUntil(async () => (await world.look()).streams === 1, 'one stream');
    await world.move({ status: 'succeeded' });
    for (const element of elements) await face(element, 'succeeded');
    expect(await world.seen('events')).to.have.lengthOf(1);
  });
});

function setVisibility(state: DocumentVisibilityState): void {
  Object.defineProperty(document, 'visibilityState', { configurable: true, get: () => state });
  document.dispatchEvent(new Event('visibilitychange'));
}
