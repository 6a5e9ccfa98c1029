import { expect, fixture, html } from '@open-wc/testing';
import {
  bankForm,
  event,
  face,
  faceOf,
  fakeWidget,
  fillIn,
  mount,
  pay,
  press,
  record,
  textOf,
} from './support/element.ts';
import { waitUntil } from './support/wait.ts';
import { createWorld, ticket } from './support/world.ts';

describe('a payout', () => {
  it('goes from the account to the money', async () => {
    const world = await createWorld();
    const element = await mount(world);
    const events = record(element);
    await face(element, 'form');
    const token = event(element, 'b131-token');
    fillIn();
    const { result, cancelable, bubbles, composed } = await token;
    expect(result).to.include({ kind: 'bank_account', masked: '40817***9535' });
    expect({ cancelable, bubbles, composed }).to.deep.equal({
      cancelable: true,
      bubbles: true,
      composed: true,
    });
    await face(element, 'starting');
    await world.move({ status: 'starting' });
    await world.move({ status: 'processing' });
    await face(element, 'processing');
    await world.move({ status: 'confirming' });
    const success = event(element, 'b131-success');
    await world.move({ status: 'succeeded', finishedAt: '2026-03-02T09:02:00Z' });
    expect((await success).payout).to.include({ amount: 150000, currency: 'RUB', status: 'succeeded' });
    await face(element, 'succeeded');
    expect(textOf(element)).to.contain('₽1,500.00').and.to.contain('40817***9535').and.to.contain('2026');
    expect(element.payout?.status).to.equal('succeeded');
    expect(events.slice(0, 3)).to.deep.equal(['b131-ready', 'b131-token', 'b131-status:created']);
    expect(events.slice(-2)).to.deep.equal(['b131-status:succeeded', 'b131-success']);
    expect(document.getElementById('bank131-tokenize')).to.equal(null);
    await waitUntil(async () => (await world.look()).streams === 0, 'the stream is closed');
  });

  it('asks the recipient, where the recipient confirms', async () => {
    const world = await createWorld('recipient');
    const element = await mount(world);
    await pay(element);
    await world.move({ status: 'awaiting_confirmation' });
    await face(element, 'review');
    expect(textOf(element))
      .to.contain('₽1,500.00')
      .and.to.contain('40817***9535')
      .and.to.contain('Refund for order 1042');
    press(element, 'confirm');
    press(element, 'confirm');
    await face(element, 'confirming');
    expect((await world.seen('confirm')).map(({ body }) => body)).to.deep.equal([{ attempt: 1 }]);
    await world.move({ status: 'succeeded' });
    await face(element, 'succeeded');
  });

  it('is cancelled by the recipient and tried again', async () => {
    const world = await createWorld('recipient');
    const element = await mount(world);
    await pay(element);
    await world.move({ status: 'awaiting_confirmation' });
    await face(element, 'review');
    const failure = event(element, 'b131-failure');
    press(element, 'cancel');
    await face(element, 'cancelling');
    expect((await world.look()).answered).to.equal('cancel');
    await world.move({ status: 'cancelled', retryable: true });
    expect(await failure).to.include({ code: 'cancelled', retryable: true });
    await face(element, 'cancelled');
    press(element, 'another');
    await face(element, 'form');
  });

  it('fails, and succeeds with another account and a fresh public token', async () => {
    const world = await createWorld();
    const element = await mount(world);
    await pay(element);
    const failure = event(element, 'b131-failure');
    await world.move({ status: 'failed', error: { code: 'account_not_found' }, retryable: true });
    expect(await failure).to.include({ code: 'account_not_found', retryable: true });
    await face(element, 'failed');
    expect(textOf(element)).to.contain('could not find this account').and.to.contain('No money has moved');
    press(element, 'another');
    await pay(element, '40817810400003860042');
    await world.move({ status: 'succeeded' });
    await face(element, 'succeeded');
    expect(await world.seen('public-tokens')).to.have.lengthOf(2);
    const bodies = (await world.seen('payouts')).map(({ body }) => JSON.stringify(body));
    expect(new Set(bodies)).to.have.lengthOf(2);
    expect(element.payout?.attempt).to.equal(2);
  });

  it('that may not be tried again offers no way back', async () => {
    const world = await createWorld();
    const element = await mount(world);
    await pay(element);
    await world.move({ status: 'failed', error: { code: 'operation_rejected' } });
    await face(element, 'failed');
    expect(() => press(element, 'another')).to.throw();
  });

  it('is found again by a reload in the middle', async () => {
    const world = await createWorld();
    await world.move({ status: 'processing' });
    const element = await mount(world);
    const events = record(element);
    await face(element, 'processing');
    expect(bankForm(), 'no form is left').to.equal(null);
    await world.move({ status: 'succeeded' });
    await face(element, 'succeeded');
    expect(events).not.to.contain('b131-ready');
    expect(await world.seen('payouts')).to.have.lengthOf(0);
  });

  it('is held back by the page until it says so', async () => {
    const world = await createWorld();
    const element = await mount(world);
    element.addEventListener('b131-token', (token) => token.preventDefault(), { once: true });
    await face(element, 'form');
    fillIn();
    await face(element, 'held');
    expect(await world.seen('payouts')).to.have.lengthOf(0);
    expect(element.startPayout()).to.equal(true);
    expect(element.startPayout()).to.equal(false);
    await face(element, 'starting');
    expect(await world.seen('payouts')).to.have.lengthOf(1);
  });

  it('cannot be disturbed while money is in flight', async () => {
    const world = await createWorld();
    const element = await mount(world);
    await pay(element);
    await world.move({ status: 'confirming' });
    await face(element, 'confirming');
    expect(element.reset()).to.equal(false);
    element.ticket = ticket('another');
    element.mode = 'token';
    await element.updateComplete;
    expect(faceOf(element)).to.equal('confirming');
    await world.move({ status: 'succeeded' });
    await face(element, 'succeeded');
    expect(await world.seen('current')).to.have.lengthOf(1);
  });

  it('is accessible, and brings focus to the news when it was inside', async () => {
    const world = await createWorld();
    const element = await mount(world);
    await face(element, 'form');
    await expect(element).to.be.accessible();
    fillIn();
    await face(element, 'starting');
    expect(element.shadowRoot?.activeElement?.id).to.equal('title');
    await world.move({ status: 'succeeded' });
    await face(element, 'succeeded');
    await waitUntil(() => element.shadowRoot?.querySelector('[role=status]')?.textContent?.includes('Paid'));
    await expect(element).to.be.accessible();
  });

  it('does not take focus from the rest of the page', async () => {
    const world = await createWorld();
    await world.move({ status: 'processing' });
    const element = await mount(world);
    const button = await fixture<HTMLButtonElement>(html`<button type="button">Elsewhere</button>`);
    await face(element, 'processing');
    button.focus();
    await world.move({ status: 'succeeded' });
    await face(element, 'succeeded');
    expect(document.activeElement).to.equal(button);
    await waitUntil(() => element.shadowRoot?.querySelector('[role=status]')?.textContent?.includes('Paid'));
  });

  it('goes to a card by its hash', async () => {
    const world = await createWorld();
    const element = await mount(world, { widget: fakeWidget('tokenize.js', { options: { card: true } }) });
    await face(element, 'form');
    const token = event(element, 'b131-token');
    fillIn('4242424242424242');
    expect((await token).result).to.include({ kind: 'card', masked: '•••• 4242' });
    await face(element, 'starting');
    expect((await world.seen('payouts'))[0]?.body).to.have.property('numberHash');
  });

  it('shows every end with its own words', async () => {
    const world = await createWorld();
    const element = await mount(world);
    await pay(element);
    await world.move({ status: 'needs_attention' });
    await face(element, 'needs_attention');
    await world.move({ status: 'succeeded' });
    await face(element, 'succeeded');
    const returned = await mount(await returnedWorld());
    const failure = event(returned, 'b131-failure');
    expect((await failure).code).to.equal('returned');
    await face(returned, 'returned');
    expect(textOf(returned)).to.contain('₽1,500.00 back to the sender');
  });
});

async function returnedWorld(): ReturnType<typeof createWorld> {
  const world = await createWorld();
  await world.move({ status: 'returned', returnedAmount: 150000 });
  return world;
}
