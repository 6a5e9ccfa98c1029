import { expect, fixture, html } from '@open-wc/testing';
import type { B131Payout } from '../src/index.js';
import { event, face, faceOf, fakeWidget, fillIn, mount, pay, press, textOf } from './support/element.ts';
import { mountFramed } from './support/frame.ts';
import { waitUntil } from './support/wait.ts';
import { createWorld, ticket } from './support/world.ts';

describe('a ticket', () => {
  it('is waited for', async () => {
    const world = await createWorld();
    const element = await mount(world, { ticket: null });
    expect(faceOf(element)).to.equal('waiting');
    expect((await world.look()).seen).to.have.lengthOf(0);
    element.ticket = ticket();
    await face(element, 'form');
  });

  it('given as an attribute is read once and taken away', async () => {
    const world = await createWorld();
    const element = await fixture<B131Payout>(html`
      <b131-payout
        lang="en"
        endpoint=${world.endpoint}
        environment="sandbox"
        ticket=${ticket()}
        .widget=${fakeWidget()}
      ></b131-payout>
    `);
    expect(element.hasAttribute('ticket')).to.equal(false);
    await face(element, 'form');
  });

  it('that was asked for tells amount and purpose above the form; another one, its own', async () => {
    const world = await createWorld();
    let amount = 150_000;
    const getTicket = async (): Promise<string> => ticket('good', amount);
    const element = await mount(world, { ticket: null, getTicket });
    await face(element, 'form');
    expect(textOf(element)).to.contain('1,500.00').and.to.contain('Refund for order 1042');
    amount = 99_000;
    element.reset();
    expect(textOf(element)).not.to.contain('990.00');
    await face(element, 'form');
    expect(textOf(element)).to.contain('990.00').and.not.to.contain('1,500.00');
  });

  it('that cannot be had leaves no place for an amount', async () => {
    const world = await createWorld();
    const element = await mount(world, {
      ticket: null,
      getTicket: () => Promise.reject(new Error('no network')),
    });
    await face(element, 'ticket_missing');
    expect(element.shadowRoot?.querySelector('.summary')).to.equal(null);
  });

  it('never shows up in the document', async () => {
    const world = await createWorld();
    const element = await mount(world, { ticket: ticket('very-secret') });
    const everything = (): string => document.documentElement.outerHTML + element.shadowRoot?.innerHTML;
    await face(element, 'form');
    expect(everything()).not.to.contain('very-secret');
    await pay(element);
    await world.move({ status: 'succeeded' });
    await face(element, 'succeeded');
    expect(everything()).not.to.contain('very-secret').and.not.to.contain('view-token');
    const urls = performance.getEntriesByType('resource').map(({ name }) => name);
    expect(urls.join()).not.to.contain('very-secret');
  });

  for (const [way, put] of [
    ['drawn directly', mount],
    ['in a frame', mountFramed],
  ] as const) {
    it(`is asked for, and asked for again when it has expired, once for all who need it: ${way}`, async () => {
      const world = await createWorld();
      const reasons: string[] = [];
      const element = await put(world, {
        ticket: null,
        getTicket: async (reason) => {
          reasons.push(reason);
          return ticket(reason === 'start' ? 'expired' : 'good');
        },
      });
      await face(element, 'form');
      expect(reasons).to.deep.equal(['start', 'expired']);
    });
  }

  it('that has expired under the form is renewed without losing what was typed', async () => {
    const world = await createWorld();
    const element = await mount(world, { getTicket: async () => ticket('renewed') });
    await world.fault('payouts', { status: 401, code: 'ticket_expired' });
    await pay(element);
    const sent = await world.seen('payouts');
    expect(sent.map(({ bearer }) => bearer)).to.deep.equal([ticket(), ticket('renewed')]);
    expect(sent[0]?.body).to.deep.equal(sent[1]?.body);
  });

  it('that has expired for good says so, and a new one goes on', async () => {
    const world = await createWorld();
    const element = await mount(world, { ticket: null });
    const error = event(element, 'b131-error');
    element.ticket = ticket('expired');
    expect(await error).to.include({ code: 'ticket_expired', retryable: true });
    await face(element, 'ticket_expired');
    element.ticket = ticket();
    await face(element, 'form');
  });

  it('that expired before the payout was sent goes on with the same account', async () => {
    const world = await createWorld();
    const element = await mount(world);
    await world.fault('payouts', { status: 401, code: 'ticket_expired' });
    await face(element, 'form');
    fillIn();
    await face(element, 'ticket_expired');
    element.ticket = ticket('renewed');
    await face(element, 'starting');
    expect(await world.seen('public-tokens')).to.have.lengthOf(1);
  });

  it('for the next payout begins anew; one for the same payout changes nothing', async () => {
    const world = await createWorld();
    const element = await mount(world);
    await pay(element);
    await world.move({ status: 'succeeded' });
    await face(element, 'succeeded');
    let told = 0;
    element.addEventListener('b131-success', () => told++);
    element.ticket = ticket('same-payout');
    await waitUntil(async () => (await world.seen('current')).length === 2);
    await world.fault('current', { status: 404, code: 'payout_not_found' });
    element.ticket = ticket('next-payout');
    await face(element, 'form');
    expect(told).to.equal(0);
  });

  it('that does not fit the payout is refused', async () => {
    const world = await createWorld();
    await world.fault('current', { status: 409, code: 'ticket_mismatch' });
    const element = await mount(world);
    await face(element, 'ticket_mismatch');
  });

  it('that cannot be read, or cannot be had, is told apart', async () => {
    const world = await createWorld();
    const garbled = await mount(world, { ticket: ticket('garbled') });
    await face(garbled, 'ticket_invalid');
    let ready = false;
    const missing = await mount(world, {
      ticket: null,
      getTicket: async () => {
        if (!ready) throw new Error('not signed in');
        return ticket();
      },
    });
    await face(missing, 'ticket_missing');
    ready = true;
    press(missing, 'retry');
    await face(missing, 'form');
  });

  it('of a payout under review is renewed for the confirmation', async () => {
    const world = await createWorld('recipient');
    const element = await mount(world, { getTicket: async () => ticket('renewed') });
    await pay(element);
    await world.move({ status: 'awaiting_confirmation' });
    await face(element, 'review');
    await world.fault('confirm', { status: 401, code: 'ticket_expired' });
    press(element, 'confirm');
    await face(element, 'confirming');
  });

  it('of a review that expired for good leaves the review open', async () => {
    const world = await createWorld('recipient');
    const element = await mount(world);
    await pay(element);
    await world.move({ status: 'awaiting_confirmation' });
    await face(element, 'review');
    await world.fault('confirm', { status: 401, code: 'ticket_expired' });
    const error = event(element, 'b131-error');
    press(element, 'confirm');
    expect((await error).code).to.equal('ticket_expired');
    expect(faceOf(element)).to.equal('review');
    element.ticket = ticket('renewed');
    await element.updateComplete;
    press(element, 'confirm');
    await waitUntil(() => faceOf(element) === 'confirming');
  });
});
