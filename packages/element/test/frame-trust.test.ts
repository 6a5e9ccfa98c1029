import { expect } from '@open-wc/testing';
import { waitUntil } from './support/wait.ts';
import { warnings } from './support/warnings.ts';
import '../src/define.js';
import type { B131Payout } from '../src/index.js';
import { event, face, record } from './support/element.ts';
import { fillInFrame, frameOf, inFrame, mountFramed, typeInFrame } from './support/frame.ts';
import { createWorld, origin } from './support/world.ts';

/** The fake server by another name: a third origin, beside the page's and the backend's. */
const elsewhere = origin.replace('127.0.0.1', 'localhost');

const token = { source: 'bank131-tokenize', event: 'success', result: { token: 'f'.repeat(64) } };

/** Puts a foreign page onto this one, which sends a message to it; resolves when that has arrived. */
async function fromElsewhere(message: object): Promise<void> {
  const frame = document.createElement('iframe');
  const arrived = new Promise<void>((resolve) => {
    window.addEventListener('message', function hear({ data, source }) {
      if (data !== 'sent' || source !== frame.contentWindow) return;
      window.removeEventListener('message', hear);
      resolve();
    });
  });
  frame.src = `${elsewhere}/widget/forger.html?${encodeURIComponent(JSON.stringify(message))}`;
  document.body.append(frame);
  await arrived;
  frame.remove();
}

function codes(element: B131Payout): string[] {
  const heard: string[] = [];
  element.addEventListener('b131-error', ({ code }) => heard.push(code));
  return heard;
}

describe('a page with a framed form', () => {
  it('answers no greeting but that of its own frame; another is reported, once', async () => {
    const world = await createWorld();
    const element = await mountFramed(world);
    const events = record(element);
    const heard = codes(element);
    await face(element, 'form');
    const said = await warnings(async () => {
      await fromElsewhere({ 'b131-frame': 'hello' });
      await fromElsewhere({ 'b131-frame': 'hello' });
      window.postMessage({ 'b131-frame': 'hello' }, location.origin);
      await waitUntil(() => heard.length > 0);
    });
    expect(heard).to.deep.equal(['forged-message']);
    expect(said).to.have.lengthOf(1);
    expect(events).to.deep.equal(['b131-ready', 'b131-error']);
    await fillInFrame(element);
    await face(element, 'starting');
  });

  it('takes no token from a window message, whoever sends it', async () => {
    const element = await mountFramed(await createWorld());
    const events = record(element);
    await face(element, 'form');
    await fromElsewhere(token);
    await fromElsewhere({
      tell: 'result',
      result: { kind: 'bank_account', token: 'f'.repeat(64), masked: null },
    });
    window.postMessage(token, location.origin);
    await inFrame(element, 'look');
    expect(events).to.deep.equal(['b131-ready']);
  });

  it('does not answer its own frame when that is led to another origin', async () => {
    const world = await createWorld();
    await world.fault('widget', { kind: 'redirect', to: elsewhere });
    const element = await mountFramed(world);
    const heard = codes(element);
    await warnings(() => waitUntil(() => heard.includes('forged-message')));
    expect(await world.seen('public-tokens')).to.have.lengthOf(0);
    element.remove();
  });

  it('cannot be led elsewhere by what runs in the frame', async () => {
    const element = await mountFramed(await createWorld());
    await face(element, 'form');
    expect(await inFrame(element, 'leave')).to.equal('SecurityError');
  });
});

describe('the page in the frame', () => {
  it('answers to nobody but the page that holds it', async () => {
    const element = await mountFramed(await createWorld());
    const heard = codes(element);
    await face(element, 'form');
    const target = frameOf(element)?.contentWindow;
    if (!target) throw new Error('There is no frame');
    const { port1, port2 } = new MessageChannel();
    const answers: unknown[] = [];
    port1.onmessage = ({ data }) => answers.push(data);
    await warnings(async () => {
      // A second greeting, and one from a window that is not around the frame.
      target.postMessage({ 'b131-frame': 'welcome' }, '*', [port2]);
      port1.postMessage({ do: 'draw', grant: { publicToken: 'x' }, locale: 'en' });
      await inFrame(element, 'greetItself');
      await waitUntil(() => heard.includes('forged-message'), 'the frame reports it');
    });
    await inFrame(element, 'look');
    expect(answers).to.deep.equal([]);
  });

  it('takes no token from the page around it, and reports it', async () => {
    const element = await mountFramed(await createWorld());
    const events = record(element);
    await face(element, 'form');
    await warnings(async () => {
      const error = event(element, 'b131-error');
      frameOf(element)?.contentWindow?.postMessage(token, '*');
      expect((await error).code).to.equal('forged-message');
    });
    expect(events).to.deep.equal(['b131-ready', 'b131-error']);
  });

  it('obeys no page that is not listed, even where a proxy has taken its policy away', async () => {
    const world = await createWorld('automatic', { origins: ['https://elsewhere.example'], bare: true });
    const greeted = new Promise<void>((resolve) => {
      window.addEventListener('message', function hear({ data }) {
        if (data?.['b131-frame'] !== 'hello') return;
        window.removeEventListener('message', hear);
        resolve();
      });
    });
    const element = await mountFramed(world);
    await greeted;
    expect((await inFrame(element, 'look')).text.trim()).to.equal('');
    expect(await world.seen('public-tokens')).to.have.lengthOf(0);
    element.remove();
  });
});

describe('what a frame keeps apart', () => {
  it('of its own origin: the page around it cannot read the form, nor the form the page', async () => {
    const element = await mountFramed(await createWorld());
    await face(element, 'form');
    await typeInFrame(element);
    const frame = frameOf(element);
    expect(frame?.contentDocument).to.equal(null);
    expect(() => frame?.contentWindow?.document).to.throw(DOMException);
    expect(await inFrame(element, 'read')).to.equal('SecurityError');
    expect(document.documentElement.outerHTML).not.to.contain('40817810400003869535');
    expect([...document.scripts].map(({ src }) => src).join()).not.to.contain('tokenize');
  });

  it("of the shop's own origin: styles and ids, not secrets", async () => {
    const world = await createWorld();
    const element = await mountFramed(world, { endpoint: world.endpoint.replace(origin, location.origin) });
    await face(element, 'form');
    await typeInFrame(element);
    const inside = frameOf(element)?.contentDocument;
    // Any script of the page can do this. README and SECURITY.md say so.
    expect(inside?.querySelector<HTMLInputElement>('input[name=account]')?.value).to.equal(
      '40817810400003869535',
    );
    expect(document.getElementById('bank131-tokenize')).to.equal(null);
    expect([...document.styleSheets].map(({ href }) => href).join()).not.to.contain('tokenize');
    const done = event(element, 'b131-token');
    await inFrame(element, 'send');
    await done;
  });
});
