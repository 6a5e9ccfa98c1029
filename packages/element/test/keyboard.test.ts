import { expect, fixture, html } from '@open-wc/testing';
import { sendKeys } from '@web/test-runner-commands';
import type { B131Payout } from '../src/index.js';
import { tabBack } from './support/browser.ts';
import { bankForm, face, mount } from './support/element.ts';
import { inFrame, mountFramed } from './support/frame.ts';
import { waitUntil } from './support/wait.ts';
import { createWorld } from './support/world.ts';

/** What has the focus, shadow roots included. */
function focused(): Element | null {
  let at = document.activeElement;
  while (at?.shadowRoot?.activeElement) at = at.shadowRoot.activeElement;
  return at;
}

function press(key: string): Promise<void> {
  return sendKeys({ press: key });
}

/** Tabs forward until something fits; fails when the focus would have to leave the element. */
async function tabTo(name: string, fits: (element: Element) => boolean): Promise<Element> {
  for (let steps = 0; steps < 8; steps++) {
    await press('Tab');
    const at = focused();
    if (at !== null && fits(at)) return at;
  }
  throw new Error(`The keyboard does not reach ${name}`);
}

function button(name: string): Promise<Element> {
  return tabTo(name, (element) => element.matches(`button[part~=${name}]`));
}

/** A ring that can be seen: WCAG 2.4.7. */
function expectRing(element: Element): void {
  const { outlineStyle, outlineWidth } = getComputedStyle(element);
  expect(outlineStyle).to.equal('solid');
  expect(Number.parseFloat(outlineWidth)).to.be.at.least(2);
}

function expectHeading(element: B131Payout): void {
  expect(element.shadowRoot?.activeElement?.id).to.equal('title');
}

describe('the keyboard alone', () => {
  it('takes a recipient through a payout: account, failure, another account, confirmation', async () => {
    const world = await createWorld('recipient');
    const before = await fixture<HTMLAnchorElement>(html`<a href="#before">Before</a>`);
    const element = await mount(world);
    await face(element, 'form');
    before.focus();

    const fill = async (account: string): Promise<void> => {
      await tabTo('the BIK', (field) => field.matches('input[name=bik]'));
      await sendKeys({ type: '044525974' });
      await press('Tab');
      await sendKeys({ type: account });
      await press('Enter');
    };
    await fill('40817810400003869535');
    await face(element, 'starting');
    expectHeading(element);

    await world.move({ status: 'failed', error: { code: 'account_not_found' }, retryable: true });
    await face(element, 'failed');
    expectHeading(element);
    expectRing(await button('another'));
    await press('Enter');
    await face(element, 'form');
    expectHeading(element);
    expect(bankForm()).not.to.equal(null);

    await fill('40817810400003860042');
    await face(element, 'starting');
    await world.move({ status: 'awaiting_confirmation' });
    await face(element, 'review');
    expectHeading(element);
    expectRing(await button('confirm'));
    expectRing(await button('cancel'));
    await tabBack();
    expect(focused()?.matches('button[part~=confirm]')).to.equal(true);
    await press(' ');
    await face(element, 'confirming');
    expectHeading(element);
    await world.move({ status: 'succeeded' });
    await face(element, 'succeeded');
    expect((await world.look()).answered).to.equal('confirm');
  });

  it('reaches the form in its frame, and leaves it', async () => {
    const world = await createWorld();
    const before = await fixture<HTMLAnchorElement>(html`<a href="#before">Before</a>`);
    const element = await mountFramed(world);
    const after = await fixture<HTMLAnchorElement>(html`<a href="#after">After</a>`);
    await face(element, 'form');
    const field = async (): Promise<string> => {
      const { focus, hasFocus } = await inFrame(element, 'look');
      return hasFocus ? focus : '';
    };
    before.focus();
    await press('Tab');
    await waitUntil(async () => (await field()) === 'bik', 'the focus is on the first field');
    await sendKeys({ type: '044525974' });
    await press('Tab');
    await waitUntil(async () => (await field()) === 'account', 'the focus is on the second field');
    await press('Tab');
    await waitUntil(async () => (await field()) === 'button', 'the focus is on the button');
    await press('Tab');
    await waitUntil(() => document.activeElement === after, 'the focus has left the frame');
    await tabBack();
    await waitUntil(async () => (await field()) === 'button', 'the focus is back on the button');
    await tabBack();
    await waitUntil(async () => (await field()) === 'account', 'the focus is back on the second field');
    await sendKeys({ type: '40817810400003869535' });
    await press('Enter');
    await face(element, 'starting');
    expectHeading(element);
  });

  it('leaves the element as it came in: nothing traps it', async () => {
    const world = await createWorld('recipient');
    await world.move({ status: 'awaiting_confirmation' });
    const element = await mount(world);
    const after = await fixture<HTMLAnchorElement>(html`<a href="#after">After</a>`);
    await face(element, 'review');
    await tabTo('what comes after', (at) => at === after);
    await tabBack();
    expect(focused()?.matches('button[part~=cancel]')).to.equal(true);
  });

  it('cancels', async () => {
    const world = await createWorld('recipient');
    await world.move({ status: 'awaiting_confirmation' });
    const element = await mount(world);
    await face(element, 'review');
    await button('cancel');
    await press('Enter');
    await face(element, 'cancelling');
    expectHeading(element);
  });

  it('tries again after trouble', async () => {
    const world = await createWorld();
    await world.fault('public-tokens', { status: 503, code: 'bank_unavailable' });
    const element = await mount(world);
    await face(element, 'bank_unavailable');
    await button('retry');
    await press(' ');
    await face(element, 'form');
    await waitUntil(() => element.shadowRoot?.activeElement?.id === 'title', 'the focus is on the heading');
  });
});
