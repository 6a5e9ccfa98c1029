import { expect, fixture, html } from '@open-wc/testing';
import { B131Payout } from '../src/index.js';
import {
  bankForm,
  event,
  face,
  faceOf,
  fakeWidget,
  fillIn,
  mount,
  pay,
  record,
  textOf,
  type,
} from './support/element.ts';
import { fillInFrame, frameOf, inFrame, mountFramed, moveKeeping, typeInFrame } from './support/frame.ts';
import { waitUntil } from './support/wait.ts';
import { createWorld, origin, type TestWorld, ticket } from './support/world.ts';

type Mount = typeof mount;

const drawings = [
  ['drawn directly', mount],
  ['in a frame', mountFramed],
] as const satisfies readonly (readonly [string, Mount])[];

async function send(element: B131Payout): Promise<void> {
  const told = event(element, 'b131-status');
  if (frameOf(element) === null) fillIn();
  else await fillInFrame(element);
  await told;
}

/** Puts a copy of the page's own making into a document. */
function settings(world: TestWorld): Partial<B131Payout> {
  return {
    ...{ endpoint: world.endpoint, environment: 'sandbox', lang: 'en', direct: true },
    ...{ ticket: ticket(), widget: fakeWidget() },
  };
}

/** Waits for the second public token. */
async function renewed(world: TestWorld): Promise<void> {
  const isThere = async (): Promise<boolean> => (await world.seen('public-tokens')).length === 2;
  await waitUntil(isThere, 'a new token', { timeout: 9_000 });
}

/** The document of another page of the same origin. */
async function innerDocument(): Promise<Document> {
  const frame = document.createElement('iframe');
  Object.assign(frame, { title: 'inner', width: '600', height: '600', src: '/inner-page' });
  const loaded = new Promise((resolve) => frame.addEventListener('load', resolve));
  (await fixture<HTMLElement>(html`<div></div>`)).append(frame);
  await loaded;
  if (frame.contentDocument === null) throw new Error('The frame has no document');
  return frame.contentDocument;
}

describe('the life of the element', () => {
  for (const [name, put] of drawings) {
    describe(name, () => {
      it('ends with its removal and begins anew when it is put back', async () => {
        const world = await createWorld();
        const element = await put(world);
        await face(element, 'form');
        const { parentElement } = element;
        element.remove();
        await new Promise((resolve) => setTimeout(resolve));
        expect(bankForm() === null && frameOf(element) === null, 'the form is gone').to.equal(true);
        parentElement?.append(element);
        await renewed(world);
        await face(element, 'form');
        await send(element);
        expect(element.payout?.status).to.equal('created');
      });

      it('survives a removal at any moment', async () => {
        const world = await createWorld();
        for (const wait of [0, 1, 5, 20, 60]) {
          const element = await put(world);
          await new Promise((resolve) => setTimeout(resolve, wait));
          element.remove();
        }
        const last = await put(world);
        await face(last, 'form');
        expect(document.querySelectorAll('#bank131-tokenize').length).to.be.at.most(1);
      });

      it('of a payout that the page has taken away in the middle goes on by its reference, once', async () => {
        const world = await createWorld();
        const first = await put(world);
        await face(first, 'form');
        await send(first);
        first.remove();
        await waitUntil(async () => (await world.look()).streams === 0, 'the stream is let go');
        await world.move({ status: 'processing' });
        const second = await put(world);
        const events = record(second);
        await face(second, 'processing');
        await world.move({ status: 'succeeded' });
        await face(second, 'succeeded');
        expect(events.slice(-2)).to.deep.equal(['b131-status:succeeded', 'b131-success']);
        expect(await world.seen('payouts')).to.have.lengthOf(1);
        expect(events).not.to.contain('b131-ready');
      });

      it('of a payout whose request is on its way when the page takes it away is found as well', async () => {
        const world = await createWorld();
        const element = await put(world);
        await face(element, 'form');
        await world.fault('payouts', { kind: 'drop-after' });
        const sending = event(element, 'b131-token');
        if (frameOf(element) === null) fillIn();
        else void fillInFrame(element);
        await sending;
        const { parentElement } = element;
        await waitUntil(async () => (await world.seen('payouts')).length === 1, 'it was sent');
        element.remove();
        await Promise.resolve();
        parentElement?.append(element);
        await face(element, 'starting');
        expect(await world.seen('payouts')).to.have.lengthOf(1);
      });

      it('sends nothing of a payout to another endpoint that the page sets meanwhile', async () => {
        const [world, other] = [await createWorld(), await createWorld()];
        const element = await put(world);
        await face(element, 'form');
        await send(element);
        element.endpoint = other.endpoint;
        await element.updateComplete;
        await waitUntil(async () => (await world.look()).streams === 1, 'it is followed');
        await world.cut();
        await world.move({ status: 'succeeded' });
        await face(element, 'succeeded');
        expect((await other.look()).seen).to.deep.equal([]);
        element.reset();
        await face(element, 'form');
        expect((await other.seen('current')).length).to.equal(1);
      });

      it('begins anew with what the page changes while it prepares, and only with that', async () => {
        const [old, world] = [await createWorld(), await createWorld()];
        const element = await put(old);
        const events = record(element);
        element.endpoint = world.endpoint;
        await face(element, 'form');
        await send(element);
        expect((await old.look()).payout).to.equal(null);
        expect(events.filter((told) => told === 'b131-ready')).to.have.lengthOf(1);
      });

      it('replaces a public token that has grown old, never under what was typed', async () => {
        const world = await createWorld();
        const element = await put(world);
        await face(element, 'form');
        if (frameOf(element) !== null) return; // the frame keeps its own time; see frame.test.ts
        const { now } = Date;
        try {
          Date.now = () => now() + 24 * 60 * 60 * 1000;
          document.dispatchEvent(new Event('visibilitychange'));
          await renewed(world);
          await face(element, 'form');
          type();
          Date.now = () => now() + 49 * 60 * 60 * 1000;
          document.dispatchEvent(new Event('visibilitychange'));
          await element.updateComplete;
          expect(faceOf(element)).to.equal('form');
        } finally {
          Date.now = now;
        }
        expect(await world.seen('public-tokens')).to.have.lengthOf(2);
        await send(element);
      });
    });
  }

  it('goes along with moveBefore, with what was typed; where that cannot be it says that the form is new', async () => {
    const world = await createWorld();
    const element = await mountFramed(world);
    const place = await fixture<HTMLElement>(html`<div></div>`);
    await face(element, 'form');
    await typeInFrame(element);
    if (await moveKeeping(element, place)) {
      await element.updateComplete;
      expect((await inFrame(element, 'look')).values).to.contain('40817810400003869535');
      expect(await world.seen('public-tokens')).to.have.lengthOf(1);
    } else {
      await renewed(world);
      await face(element, 'form');
      expect(element.shadowRoot?.querySelector('.notice')?.textContent?.trim()).not.to.equal('');
    }
    await send(element);
  });

  it('moved by append it has its form drawn anew, with a word about it', async () => {
    const world = await createWorld();
    const element = await mountFramed(world);
    const place = await fixture<HTMLElement>(html`<div></div>`);
    await face(element, 'form');
    place.append(element);
    await renewed(world);
    await face(element, 'form');
    expect(element.shadowRoot?.querySelector('.notice')?.textContent?.trim()).not.to.equal('');
    await send(element);
  });

  it('goes on in another document: form, styles and all', async () => {
    const world = await createWorld();
    const inner = await innerDocument();
    const element = await mount(world);
    await face(element, 'form');
    inner.body.append(element);
    await waitUntil(() => inner.querySelector('#bank131-tokenize form') !== null, 'the form is there');
    await face(element, 'form');
    expect(bankForm()).to.equal(null);
    const card = element.shadowRoot?.querySelector('.card');
    expect(card && getComputedStyle(card).borderTopLeftRadius).to.equal('16px');
    const other = await mount(await createWorld());
    await face(other, 'form');
  });

  it('can begin in another document', async () => {
    const world = await createWorld();
    const inner = await innerDocument();
    const element = Object.assign(document.createElement('b131-payout'), settings(world));
    inner.body.append(element);
    await face(element, 'form');
    expect(inner.querySelector('#bank131-tokenize form')).not.to.equal(null);
    const form = inner.createElement('form');
    inner.body.append(form);
    form.append(element);
    await face(element, 'inside_form');
  });

  it('follows its payout in another document', async () => {
    const world = await createWorld();
    const inner = await innerDocument();
    const element = await mount(world);
    await pay(element);
    inner.body.append(element);
    await world.move({ status: 'processing' });
    await face(element, 'processing');
    await world.move({ status: 'succeeded' });
    await face(element, 'succeeded');
    expect(await world.seen('payouts')).to.have.lengthOf(1);
  });

  it('is refused where a form stands around a shadow host', async () => {
    const world = await createWorld();
    const form = await fixture<HTMLFormElement>(html`<form><div></div></form>`);
    const element = Object.assign(document.createElement('b131-payout'), settings(world));
    const error = event(element, 'b131-error');
    form.firstElementChild?.attachShadow({ mode: 'closed' }).append(element);
    expect(await error).to.include({ code: 'inside-form', retryable: false });
    await face(element, 'inside_form');
    expect(await world.seen('public-tokens')).to.have.lengthOf(0);
  });

  it('gives a script up that it waits for when it is removed', async () => {
    const element = await mount(await createWorld(), {
      widget: fakeWidget('hangs.js?of=life', { global: 'Never' }),
    });
    const tags = (): number => [...document.scripts].filter(({ src }) => src.includes('of=life')).length;
    await waitUntil(() => tags() === 1);
    element.remove();
    await waitUntil(() => tags() === 0, 'the tag is gone');
  });

  it('puts the nonce it is given on what it loads', async () => {
    const widget = fakeWidget('tokenize.js?global=Nonced', { global: 'Nonced', style: null });
    const element = Object.assign(document.createElement('b131-payout'), {
      ...settings(await createWorld()),
      ...{ widget, nonce: 'r4nd0m' },
    });
    (await fixture<HTMLElement>(html`<div></div>`)).append(element);
    await face(element, 'form');
    const tag = [...document.scripts].find(({ src }) => src.includes('global=Nonced'));
    expect(tag?.nonce).to.equal('r4nd0m');
  });

  it('opens the connections that it will need while it waits for a ticket', async () => {
    await mount(await createWorld(), { ticket: null });
    expect(document.querySelector(`link[rel=preconnect][href="${origin}"]`)).not.to.equal(null);
  });

  it('takes properties that were set before it was defined', async () => {
    const world = await createWorld();
    const element = document.createElement('b131-payout-late');
    Object.assign(element, settings(world));
    (await fixture<HTMLElement>(html`<div></div>`)).append(element);
    customElements.define('b131-payout-late', class extends B131Payout {});
    if (!(element instanceof B131Payout)) throw new Error('It was not upgraded');
    await face(element, 'form');
    expect(Object.hasOwn(element, 'ticket')).to.equal(false);
  });
});

describe('two copies on a page', () => {
  it('leave the definition of the first alone', async () => {
    const { B131Payout: second } = await import(`${origin}/bundles/definition.js`);
    expect(second).not.to.equal(B131Payout);
    expect(customElements.get('b131-payout')).to.equal(B131Payout);
  });

  it('share the one place for a direct form, and the stream', async () => {
    await import(`${origin}/bundles/copy.js`);
    const [world, other] = [await createWorld(), await createWorld()];
    const first = await mount(world);
    await face(first, 'form');
    const copy = Object.assign(document.createElement('b131-payout-copy'), settings(other)) as B131Payout;
    (await fixture<HTMLElement>(html`<div></div>`)).append(copy);
    expect(copy).not.to.be.instanceOf(B131Payout);
    await face(copy, 'busy');
    await pay(first);
    await face(copy, 'form');
    const third = await mount(await createWorld());
    await face(third, 'busy');
    copy.remove();
    await face(third, 'form');
    expect(textOf(third)).to.contain('You receive');
  });

  it('load a script once', async () => {
    const { loadScript } = await import(`${origin}/bundles/copy.js`);
    const own = await import('../src/loader/index.js');
    const url = `${origin}/widget/tokenize.js?global=OfTwoCopies`;
    const ready = (): boolean => 'OfTwoCopies' in window;
    await Promise.all([
      loadScript({ url, ready }),
      own.loadScript({ url, ready }),
      loadScript({ url, ready }),
    ]);
    expect([...document.scripts].filter(({ src }) => src.startsWith(url))).to.have.lengthOf(1);
  });
});
