import { expect, fixture, html } from '@open-wc/testing';
import { spoken } from '../src/faces/spoken.js';
import { viewOf } from '../src/faces/view.js';
import type { B131Payout } from '../src/index.js';
import { findLocale } from '../src/locales/find.js';
import { event, face, fillIn, mount, pay, press } from './support/element.ts';
import { everyState, payout } from './support/states.ts';
import { waitUntil } from './support/wait.ts';
import { createWorld } from './support/world.ts';

/** Everything the live region says, in order. */
function listen(element: B131Payout): string[] {
  const region = element.shadowRoot?.querySelector('[role=status]');
  if (!region) throw new Error('The element has no live region');
  const said: string[] = [];
  new MutationObserver(() => {
    if (region.textContent) said.push(region.textContent);
  }).observe(region, { childList: true, characterData: true, subtree: true });
  return said;
}

function activeId(element: B131Payout): string | undefined {
  return element.shadowRoot?.activeElement?.id;
}

describe('news', () => {
  it('are said once, in order, and in full when something has happened', async () => {
    const world = await createWorld();
    await world.move({ status: 'created' });
    const element = await mount(world);
    await face(element, 'starting');
    const said = listen(element);
    await world.move({ status: 'starting' });
    await world.move({ status: 'processing' });
    await face(element, 'processing');
    await world.move({ status: 'confirming' });
    await face(element, 'confirming');
    await world.move({ status: 'succeeded', finishedAt: '2026-03-02T09:02:00Z' });
    await face(element, 'succeeded');
    await waitUntil(() => said.length === 3, 'three pieces of news');
    expect(said).to.deep.equal([
      'The bank is working on it.',
      'Your money is on its way.',
      'Paid. ₽1,500.00 has been sent to account\u00a040817***9535. Payouts usually arrive within a few hours, sometimes within three business days.',
    ]);
    expect(element.shadowRoot?.querySelectorAll('[aria-live]')).to.have.lengthOf(1);
  });

  it('are no news while the page opens', async () => {
    const element = await mount(await createWorld());
    const said = listen(element);
    await face(element, 'form');
    await element.updateComplete;
    expect(said).to.deep.equal([]);
    expect(document.activeElement).to.equal(document.body);
  });

  it('say why, whether money moved and what to do when something fails', async () => {
    const world = await createWorld();
    await world.move({ status: 'processing' });
    const element = await mount(world);
    await face(element, 'processing');
    const said = listen(element);
    await world.move({ status: 'failed', error: { code: 'account_not_found' }, retryable: true });
    await face(element, 'failed');
    await waitUntil(() => said.length === 1, 'the failure is said');
    expect(said[0]).to.equal(
      'The payout did not go through. The bank could not find this account. No money has moved. Please check the account number and the BIK, or use another account.',
    );
  });

  it('go where the focus is: to the heading, which tells what stands below it', async () => {
    const world = await createWorld('recipient');
    const element = await mount(world);
    await face(element, 'form');
    const said = listen(element);
    fillIn();
    await face(element, 'starting');
    await world.move({ status: 'awaiting_confirmation' });
    await face(element, 'review');
    expect(activeId(element)).to.equal('title');
    const heading = element.shadowRoot?.querySelector('#title');
    const about = heading?.getAttribute('aria-describedby')?.split(' ') ?? [];
    expect(about).to.deep.equal(['text', 'money', 'next']);
    for (const id of about) expect(element.shadowRoot?.getElementById(id), id).not.to.equal(null);
    // The heading had the focus already: its change is said by the live region instead.
    await waitUntil(() => said.at(-1)?.startsWith('Is everything right? '), 'the review is said');
  });

  it('on the same face move no focus: the notice is said', async () => {
    const world = await createWorld('recipient');
    await world.move({ status: 'awaiting_confirmation' });
    const element = await mount(world);
    await face(element, 'review');
    const said = listen(element);
    await world.fault('confirm', { kind: 'html' });
    const confirm = element.shadowRoot?.querySelector<HTMLElement>('[part~=confirm]');
    confirm?.focus();
    const error = event(element, 'b131-error');
    press(element, 'confirm');
    await error;
    await waitUntil(() => said.length === 1, 'the notice is said');
    expect(said[0]).to.equal('No answer has come. Please try again: it is safe to repeat.');
    expect(element.shadowRoot?.activeElement).to.equal(confirm);
  });

  it('are not said again in another language', async () => {
    const world = await createWorld();
    await world.move({ status: 'processing' });
    const element = await mount(world);
    await face(element, 'processing');
    const said = listen(element);
    element.locale = 'ru';
    await element.updateComplete;
    expect(element.shadowRoot?.querySelector('#title')?.textContent).to.equal('Банк готовит выплату');
    expect(said).to.deep.equal([]);
  });

  it('leave the focus where it is when it is elsewhere', async () => {
    const world = await createWorld();
    const element = await mount(world);
    const elsewhere = await fixture<HTMLInputElement>(html`<input aria-label="Elsewhere" />`);
    await pay(element);
    elsewhere.focus();
    const said = listen(element);
    await world.move({ status: 'needs_attention' });
    await face(element, 'needs_attention');
    await waitUntil(() => said.length === 1, 'the news are said');
    expect(document.activeElement).to.equal(elsewhere);
  });

  it('end their sentences, each of them', () => {
    for (const lang of ['en', 'ru']) {
      for (const [name, state] of everyState()) {
        const words = spoken(viewOf(state, findLocale(lang), payout));
        expect(words, name).to.match(/[.?]$/);
        expect(words, name).not.to.match(/[.?]\.| {2}|\w [.?]/);
      }
    }
  });
});
