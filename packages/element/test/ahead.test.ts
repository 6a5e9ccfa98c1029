import { expect } from '@open-wc/testing';
import type { B131Payout } from '../src/index.js';
import { bankForm, face, faceOf, fakeWidget, mount, record } from './support/element.ts';
import { frameOf, inFrame, mountFramed } from './support/frame.ts';
import { waitUntil } from './support/wait.ts';
import { createWorld, type TestWorld, ticket } from './support/world.ts';

interface Way {
  put(world: TestWorld, properties?: Partial<B131Payout>): Promise<B131Payout>;
  /** Whether a form stands on the page, seen or not. */
  hasForm(element: B131Payout): boolean;
  /** How many fields can be seen. */
  seen(element: B131Payout): number;
}

const ways: Readonly<Record<'directly' | 'in a frame', Way>> = {
  directly: {
    put: mount,
    hasForm: () => bankForm() !== null,
    seen: () =>
      [...(bankForm()?.querySelectorAll('input') ?? [])].filter((input) =>
        input.checkVisibility({ visibilityProperty: true }),
      ).length,
  },
  'in a frame': {
    put: mountFramed,
    hasForm: (element) => frameOf(element) !== null,
    seen: (element) => (frameOf(element)?.checkVisibility({ visibilityProperty: true }) ? 1 : 0),
  },
};

/** Answers whether there is a payout, once it has been asked. */
async function answer(world: TestWorld): Promise<void> {
  await waitUntil(async () => (await world.seen('current')).length > 0, 'the question');
  await world.release();
}

for (const [name, { put, hasForm, seen }] of Object.entries(ways)) {
  describe(`a form that is drawn ${name} before it is known whether there is a payout`, () => {
    it('is there as soon as there is none, by one public token', async () => {
      const world = await createWorld();
      await world.fault('current', { kind: 'late' });
      const element = await put(world);
      await waitUntil(async () => (await world.seen('public-tokens')).length === 1, 'the public token');
      await waitUntil(() => hasForm(element), 'the form');
      expect(faceOf(element)).to.equal('loading');
      expect(seen(element), 'fields that can be seen').to.equal(0);
      const events = record(element);
      await answer(world);
      await face(element, 'form');
      expect(seen(element)).to.be.greaterThan(0);
      expect(events).to.deep.equal(['b131-ready']);
      expect(await world.seen('public-tokens')).to.have.lengthOf(1);
    });

    it('is gone, and never told of, when there is one', async () => {
      const world = await createWorld();
      await world.move({ status: 'processing' });
      await world.fault('current', { kind: 'late' });
      const element = await put(world);
      const events = record(element);
      await waitUntil(() => hasForm(element), 'the form');
      await answer(world);
      await face(element, 'processing');
      expect(hasForm(element)).to.equal(false);
      expect(events).to.deep.equal(['b131-status:processing']);
    });

    it('is no trouble when it cannot be had and is not wanted', async () => {
      const world = await createWorld();
      await world.move({ status: 'processing' });
      await world.fault('current', { kind: 'late' });
      await world.fault('public-tokens', { status: 503, code: 'bank_unavailable' });
      const element = await put(world);
      const events = record(element);
      await waitUntil(async () => (await world.seen('public-tokens')).length === 1, 'the refusal');
      await answer(world);
      await face(element, 'processing');
      expect(events).to.deep.equal(['b131-status:processing']);
    });

    it('that cannot be had is trouble once it is wanted', async () => {
      const world = await createWorld();
      await world.fault('current', { kind: 'late' });
      await world.fault('public-tokens', { status: 503, code: 'bank_unavailable' });
      const element = await put(world);
      await waitUntil(async () => (await world.seen('public-tokens')).length === 1, 'the refusal');
      expect(faceOf(element)).to.equal('loading');
      await answer(world);
      await face(element, 'bank_unavailable');
    });

    it('is gone when it cannot be known', async () => {
      const world = await createWorld();
      await world.fault('current', { kind: 'html' });
      const element = await put(world);
      await waitUntil(() => !['', 'loading'].includes(faceOf(element)), 'the trouble');
      expect(hasForm(element)).to.equal(false);
    });

    it('follows the language that is set meanwhile', async () => {
      const world = await createWorld();
      await world.fault('current', { kind: 'late' });
      const element = await put(world);
      await waitUntil(async () => (await world.seen('public-tokens')).length === 1, 'the public token');
      await waitUntil(() => hasForm(element), 'the form');
      element.lang = 'ru';
      await answer(world);
      await face(element, 'form');
      const text = async (): Promise<string> =>
        frameOf(element) === null ? (bankForm()?.textContent ?? '') : (await inFrame(element, 'look')).text;
      await waitUntil(async () => (await text()).includes('БИК банка'), 'the form in Russian');
    });

    it('is drawn anew when its element is moved meanwhile', async () => {
      const world = await createWorld();
      await world.fault('current', { kind: 'late' });
      const element = await put(world);
      await waitUntil(() => hasForm(element), 'the form');
      const place = document.createElement('div');
      element.before(place);
      place.append(element);
      await answer(world);
      await face(element, 'form');
      await waitUntil(() => seen(element) > 0, 'a form that can be seen');
    });
  });
}

describe('a form whose place is taken by another tag that turns out not to need it', () => {
  it('is drawn all the same', async () => {
    const [paid, unpaid] = [await createWorld(), await createWorld()];
    await paid.move({ status: 'processing' });
    await paid.fault('current', { kind: 'late' });
    await unpaid.fault('current', { kind: 'late' });
    const first = await mount(paid);
    await waitUntil(() => bankForm() !== null, 'the first form');
    const second = await mount(unpaid, { widget: fakeWidget() });
    const events = record(second);
    await answer(paid);
    await face(first, 'processing');
    await answer(unpaid);
    await face(second, 'form');
    expect(events).to.deep.equal(['b131-ready']);
  });
});

describe('a tag that has its ticket when it is put onto the page', () => {
  it('asks before it draws: the answer is on its way meanwhile', async () => {
    const { endpoint } = await createWorld();
    const element = Object.assign(document.createElement('b131-payout'), { endpoint, ticket: ticket() });
    const drawn: boolean[] = [];
    const { fetch } = window;
    window.fetch = (...request) => {
      drawn.push(element.shadowRoot?.querySelector('.card') != null);
      return fetch(...request);
    };
    document.body.append(element);
    await element.updateComplete;
    window.fetch = fetch;
    expect(drawn).to.deep.equal([false]);
    await face(element, 'form');
    element.remove();
  });
});
