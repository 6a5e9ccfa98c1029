import { expect, fixture, html } from '@open-wc/testing';
import { waitUntil } from './support/wait.ts';
import '../src/define.js';
import type { B131Payout } from '../src/index.js';
import { event, face, faceOf, record, textOf } from './support/element.ts';
import { fillInFrame, frameOf, inFrame, mountFramed, moveKeeping, typeInFrame } from './support/frame.ts';
import { createWorld, ticket } from './support/world.ts';

const account = '40817810400003869535';

/** Waits for the form after something that has the frame made anew. */
async function another(element: B131Payout, before: HTMLIFrameElement | null): Promise<void> {
  await waitUntil(() => frameOf(element) !== null && frameOf(element) !== before, 'another frame');
  await face(element, 'form');
}

describe('a framed form', () => {
  it('goes with its element, and comes back with it', async () => {
    const world = await createWorld();
    const element = await mountFramed(world);
    const place = element.parentElement;
    await face(element, 'form');
    element.remove();
    await waitUntil(() => frameOf(element) === null, 'the frame is gone');
    place?.append(element);
    await another(element, null);
    await fillInFrame(element);
    await face(element, 'starting');
    expect(await world.seen('public-tokens')).to.have.lengthOf(2);
  });

  it('that is removed while it loads is not missed', async () => {
    const world = await createWorld();
    for (let round = 0; round < 10; round += 1) {
      const element = await mountFramed(world);
      if (round % 2) await waitUntil(() => frameOf(element));
      element.remove();
      await waitUntil(() => frameOf(element) === null);
    }
    const element = await mountFramed(world);
    await face(element, 'form');
  });

  it('is made anew by reset(), by another endpoint, and by `direct`', async () => {
    const [world, other] = [await createWorld(), await createWorld()];
    const element = await mountFramed(world);
    await face(element, 'form');
    let before = frameOf(element);
    expect(element.reset()).to.equal(true);
    await another(element, before);
    before = frameOf(element);
    element.endpoint = other.endpoint;
    await another(element, before);
    expect(await other.seen('public-tokens')).to.have.lengthOf(1);
    Object.assign(element, { direct: true, environment: 'unknown' });
    await face(element, 'misconfigured');
    expect(frameOf(element)).to.equal(null);
  });

  it('is not disturbed by a page that sets the same things again', async () => {
    const element = await mountFramed(await createWorld(), { getTicket: async () => ticket() });
    await face(element, 'form');
    await typeInFrame(element);
    const { born } = await inFrame(element, 'look');
    element.ticket = ticket('renewed');
    element.getTicket = async () => ticket();
    element.widget = { global: 'Nothing' };
    await element.updateComplete;
    await waitUntil(() => faceOf(element) === 'form');
    const after = await inFrame(element, 'look');
    expect(after.born).to.equal(born);
    expect(after.values).to.contain(account);
  });

  it('survives moveBefore with what was typed, where the browser keeps frames', async () => {
    const world = await createWorld();
    const element = await mountFramed(world);
    const place = await fixture<HTMLElement>(html`<div></div>`);
    await face(element, 'form');
    await typeInFrame(element);
    const { born } = await inFrame(element, 'look');
    const kept = await moveKeeping(element, place);
    await element.updateComplete;
    if (!kept) {
      // Firefox loads a frame in a shadow root anew, WebKit knows no moveBefore.
      await waitUntil(() => textOf(element).includes('has moved the form'), 'it is told', { timeout: 9_000 });
      return;
    }
    expect(element.parentElement).to.equal(place);
    const after = await inFrame(element, 'look');
    expect(after.born).to.equal(born);
    expect(after.values).to.contain(account);
    const token = event(element, 'b131-token');
    await inFrame(element, 'send');
    expect((await token).result.masked).to.equal('40817***9535');
    expect(await world.seen('public-tokens')).to.have.lengthOf(1);
  });

  it('that is moved in another way is rebuilt with another public token, and says so', async () => {
    const world = await createWorld();
    const element = await mountFramed(world);
    const place = await fixture<HTMLElement>(html`<div></div>`);
    await face(element, 'form');
    await typeInFrame(element);
    const before = frameOf(element);
    place.append(element);
    await another(element, before);
    expect(textOf(element)).to.contain('has moved the form');
    expect((await inFrame(element, 'look')).values).not.to.contain(account);
    await fillInFrame(element);
    await face(element, 'starting');
    expect(await world.seen('public-tokens')).to.have.lengthOf(2);
  });

  it('that is moved while it loads opens where it is', async () => {
    const world = await createWorld();
    const element = await mountFramed(world);
    const place = await fixture<HTMLElement>(html`<div></div>`);
    await waitUntil(() => frameOf(element));
    place.append(element);
    await face(element, 'form');
    expect(element.shadowRoot?.querySelector('.notice')).to.equal(null);
    await fillInFrame(element);
    await face(element, 'starting');
  });

  it('is rebuilt when somebody loads its page anew', async () => {
    const world = await createWorld();
    const element = await mountFramed(world);
    await face(element, 'form');
    const before = frameOf(element);
    await inFrame(element, 'reload');
    await another(element, before);
    await fillInFrame(element);
    await face(element, 'starting');
  });

  it('that nobody has touched is renewed when somebody comes back to it a day later', async () => {
    const world = await createWorld('automatic', { widget: { tokenLifetime: 1 } });
    const element = await mountFramed(world);
    await face(element, 'form');
    const before = frameOf(element);
    await inFrame(element, 'comeBack');
    await another(element, before);
    expect(await world.seen('public-tokens')).to.have.lengthOf(2);
    expect(element.shadowRoot?.querySelector('.notice')).to.equal(null);
    await typeInFrame(element);
    await inFrame(element, 'comeBack');
    expect((await inFrame(element, 'look')).values).to.contain(account);
    expect(await world.seen('public-tokens')).to.have.lengthOf(2);
  });

  it('restarts nothing while money is in flight, wherever the element goes', async () => {
    const world = await createWorld();
    const element = await mountFramed(world);
    const events = record(element);
    const place = await fixture<HTMLElement>(html`<div></div>`);
    await face(element, 'form');
    await fillInFrame(element);
    await face(element, 'starting');
    await world.move({ status: 'processing' });
    await face(element, 'processing');
    place.append(element);
    element.direct = true;
    element.ticket = ticket('another');
    expect(element.reset()).to.equal(false);
    await element.updateComplete;
    expect(faceOf(element)).to.equal('processing');
    expect(frameOf(element)).to.equal(null);
    await world.move({ status: 'succeeded' });
    await face(element, 'succeeded');
    expect(await world.seen('payouts')).to.have.lengthOf(1);
    expect(await world.seen('widget')).to.have.lengthOf(1);
    expect(events.filter((name) => name === 'b131-ready')).to.have.lengthOf(1);
  });

  it('leaves nothing behind', async () => {
    const world = await createWorld();
    const heard = new Set<string>();
    const { addEventListener, removeEventListener } = window;
    const counts = { message: 0 };
    window.addEventListener = function (this: Window, name: string, ...rest: never[]) {
      if (name === 'message') {
        counts.message += 1;
        const [, options] = rest as unknown as [unknown, AddEventListenerOptions | undefined];
        options?.signal?.addEventListener('abort', () => {
          counts.message -= 1;
        });
      }
      heard.add(name);
      return addEventListener.call(this, name, ...(rest as unknown as [EventListener]));
    } as typeof window.addEventListener;
    try {
      for (let round = 0; round < 5; round += 1) {
        const element = await mountFramed(world);
        await face(element, 'form');
        element.remove();
        await waitUntil(() => frameOf(element) === null);
      }
    } finally {
      Object.assign(window, { addEventListener, removeEventListener });
    }
    expect(heard.has('message')).to.equal(true);
    expect(counts.message).to.equal(0);
    expect(Reflect.get(document, Symbol.for('b131.frames'))?.size).to.equal(0);
  });
});
