import { expect, fixture, html } from '@open-wc/testing';
import type { B131Payout } from '../src/index.js';
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
  type,
} from './support/element.ts';
import { waitUntil } from './support/wait.ts';
import { warnings } from './support/warnings.ts';
import { createWorld, origin, ticket } from './support/world.ts';

let count = 0;
const freshGlobal = (): string => `FakeWidget${++count}`;

/** A misbehaving script under a name of its own, so that tests do not share globals. */
function widgetOf(script: string, more: object = {}): ReturnType<typeof fakeWidget> {
  const global = freshGlobal();
  return fakeWidget(`${script}?global=${global}`, { global, ...more });
}

describe("the bank's widget", () => {
  for (const [script, name, more] of [
    ['missing.js', 'load_failed', {}],
    ['no-global.js', 'bad_script', {}],
    ['throws.js', 'bad_script', {}],
    ['draws-nothing.js', 'bad_script', { deadline: 3_000 }],
    ['hangs.js', 'timeout', { deadline: 900 }],
  ] as const) {
    it(`${script} ends in the face ${name}`, async () => {
      const element = await mount(await createWorld(), { ticket: null, widget: widgetOf(script, more) });
      const error = event(element, 'b131-error');
      element.ticket = ticket();
      expect((await error).code.replace('-', '_')).to.equal(name);
      await face(element, name);
      expect(textOf(element)).to.contain('No money has moved');
      expect(document.getElementById('bank131-tokenize')).to.equal(null);
    });
  }

  it('that fails once is loaded again', async () => {
    const element = await mount(await createWorld(), { widget: widgetOf('fails-first.js') });
    await face(element, 'form');
  });

  it('without its style still works', async () => {
    const element = await mount(await createWorld(), { widget: fakeWidget('tokenize.js', { style: null }) });
    await face(element, 'form');
  });

  for (const channel of ['both', 'callback', 'message']) {
    it(`counts a result once that comes by ${channel}`, async () => {
      const world = await createWorld();
      const widget = fakeWidget('tokenize.js', { options: { channel } });
      const element = await mount(world, { widget });
      let tokens = 0;
      element.addEventListener('b131-token', () => tokens++);
      await pay(element);
      await world.move({ status: 'succeeded' });
      await face(element, 'succeeded');
      expect(tokens).to.equal(1);
    });
  }

  it('is drawn anew when its public token has expired', async () => {
    const world = await createWorld();
    const element = await mount(world);
    await face(element, 'form');
    fillIn('00000000000000000000');
    await waitUntil(() => textOf(element).includes('was renewed'));
    await pay(element);
    expect(await world.seen('public-tokens')).to.have.lengthOf(2);
  });

  it('speaks for itself about what it refuses', async () => {
    const element = await mount(await createWorld());
    await face(element, 'form');
    const error = event(element, 'b131-error');
    fillIn('11111111111111111111');
    expect((await error).code).to.equal('widget-failed');
    expect(faceOf(element)).to.equal('form');
    await pay(element);
  });

  it('ignores messages of foreign frames, and reports them once', async () => {
    const element = await mount(await createWorld());
    const events = record(element);
    const codes: string[] = [];
    element.addEventListener('b131-error', ({ code, retryable }) => codes.push(`${code} ${retryable}`));
    await face(element, 'form');
    const said = await warnings(async () => {
      await forgeIn(document.body);
      await forgeIn(document.getElementById('bank131-tokenize'));
    });
    expect(events).to.deep.equal(['b131-ready', 'b131-error']);
    expect(codes).to.deep.equal(['forged-message false']);
    expect(said).to.have.lengthOf(1);
    expect(said.join()).not.to.contain('ffff');
    expect(faceOf(element)).to.equal('form');
    await pay(element);
  });

  it('takes a message of the page for forged where the contract has none of them', async () => {
    const widget = fakeWidget('tokenize.js', {
      messages: { from: ['frames'] },
      options: { channel: 'callback' },
    });
    const element = await mount(await createWorld(), { widget });
    await face(element, 'form');
    const error = event(element, 'b131-error');
    await warnings(async () => {
      window.postMessage({ source: 'bank131-tokenize', event: 'success', result: { token: 'f'.repeat(64) } });
      expect((await error).code).to.equal('forged-message');
    });
    await pay(element);
    expect(element.payout).not.to.equal(null);
  });

  it('takes other messages on the page for what they are', async () => {
    const element = await mount(await createWorld());
    const events = record(element);
    await face(element, 'form');
    const heard = new Promise((resolve) => window.addEventListener('message', resolve, { once: true }));
    window.postMessage({ source: 'somebody-else', event: 'success', token: 'f'.repeat(64) }, '*');
    await heard;
    expect(events).to.deep.equal(['b131-ready']);
  });

  it('believes its own frames of the named origin', async () => {
    const widget = fakeWidget('tokenize.js', { messages: { origins: [origin] } });
    const element = await mount(await createWorld(), { widget });
    await face(element, 'form');
    const token = event(element, 'b131-token');
    void forgeIn(document.getElementById('bank131-tokenize'));
    expect((await token).result).to.deep.equal({ kind: 'bank_account', token: 'f'.repeat(64), masked: null });
  });

  it('is refused inside a form', async () => {
    const world = await createWorld();
    const form = await fixture<HTMLFormElement>(html`<form></form>`);
    const element = document.createElement('b131-payout');
    Object.assign(element, {
      endpoint: world.endpoint,
      environment: 'sandbox',
      direct: true,
      ticket: ticket(),
      widget: fakeWidget(),
    });
    const error = event(element, 'b131-error');
    form.append(element);
    expect(await error).to.include({ code: 'inside-form', retryable: false });
    await face(element, 'inside_form');
    expect(await world.seen('public-tokens')).to.have.lengthOf(0);
  });

  it('lives once on a page; the next one takes its turn by itself', async () => {
    const first = await mount(await createWorld());
    await face(first, 'form');
    const second = await mount(await createWorld());
    await face(second, 'busy');
    await pay(first);
    await face(second, 'form');
  });

  it('leaves nothing behind when the element is removed', async () => {
    const world = await createWorld();
    const first = await mount(world);
    await face(first, 'form');
    first.remove();
    await waitUntil(() => document.getElementById('bank131-tokenize') === null);
    const second = await mount(await createWorld());
    await face(second, 'form');
  });

  it('survives a move of the element with what was typed', async () => {
    const element = await mount(await createWorld());
    const place = await fixture<HTMLElement>(html`<div></div>`);
    await face(element, 'form');
    type();
    const before = bankForm();
    place.append(element);
    await element.updateComplete;
    expect(bankForm()).to.equal(before);
    await pay(element);
  });

  it('is refused when the element is moved into a form', async () => {
    const element = await mount(await createWorld());
    const form = await fixture<HTMLFormElement>(html`<form></form>`);
    await face(element, 'form');
    form.append(element);
    await face(element, 'inside_form');
    expect(bankForm()).to.equal(null);
  });

  it('is not disturbed by a page that sets the same things again', async () => {
    const element = await mount(await createWorld(), { getTicket: async () => ticket() });
    await face(element, 'form');
    type();
    const before = bankForm();
    element.widget = { ...element.widget };
    element.getTicket = async () => ticket();
    element.ticket = ticket('renewed');
    await element.updateComplete;
    expect(bankForm()).to.equal(before);
    await pay(element);
    expect(element.payout?.destination.masked).to.equal('40817***9535');
  });

  it('is reached through shadow roots around the element', async () => {
    const world = await createWorld();
    const outer = await fixture<HTMLElement>(html`<div></div>`);
    const inner = document.createElement('div');
    outer.attachShadow({ mode: 'open' }).append(inner);
    const element = document.createElement('b131-payout');
    Object.assign(element, {
      endpoint: world.endpoint,
      environment: 'sandbox',
      direct: true,
      ticket: ticket(),
      widget: fakeWidget(),
    });
    inner.attachShadow({ mode: 'open' }).append(element);
    await face(element, 'form');
    const box = bankForm()?.getBoundingClientRect();
    const card = element.shadowRoot?.querySelector('.stage')?.getBoundingClientRect();
    expect(box?.width).to.be.greaterThan(100);
    expect(box?.top).to.equal(card?.top);
    await pay(element);
    expect(outer.childElementCount).to.equal(0);
  });

  it('follows the language until something is typed', async () => {
    const element = await mount(await createWorld());
    await face(element, 'form');
    element.lang = 'ru';
    await waitUntil(() => bankForm()?.textContent?.includes('БИК банка'));
    expect(textOf(element))
      .to.contain('Вы получите')
      .and.to.match(/1\s500,00\s₽/);
    type();
    element.locale = 'en';
    await waitUntil(() => textOf(element).includes('You receive'));
    expect(bankForm()?.textContent).to.contain('БИК банка');
    await pay(element);
  });

  it('says once in the console that its contract is inferred', async () => {
    const said: string[] = [];
    const { info } = console;
    console.info = (text: string) => said.push(text);
    try {
      const widget = fakeWidget();
      for (const environment of ['live', 'demo', 'sandbox'] as const) {
        const element = await mount(await createWorld(), { environment, widget });
        await face(element, 'form');
        element.remove();
        await waitUntil(() => document.getElementById('bank131-tokenize') === null);
      }
    } finally {
      console.info = info;
    }
    expect(said).to.have.lengthOf(1);
    expect(said[0]).to.contain('inferred');
  });
});

describe('token mode', () => {
  it('ends with the token', async () => {
    const world = await createWorld();
    const element = await mount(world, { mode: 'token' });
    await face(element, 'form');
    const token = event(element, 'b131-token');
    fillIn();
    expect((await token).result.masked).to.equal('40817***9535');
    await face(element, 'tokenized');
    expect((await world.look()).seen.map(({ route }) => route)).to.deep.equal(['public-tokens']);
    expect(element.startPayout()).to.equal(false);
    expect(element.reset()).to.equal(true);
    await face(element, 'form');
    expect(await world.seen('public-tokens')).to.have.lengthOf(2);
  });

  it('works without a backend', async () => {
    const element = await fixture<B131Payout>(html`
      <b131-payout
        lang="en"
        mode="token"
        environment="sandbox"
        .widget=${fakeWidget()}
        .getPublicToken=${async () => 'a'.repeat(63) + Math.random().toString(36).slice(2, 3)}
      ></b131-payout>
    `);
    await face(element, 'form');
    fillIn();
    await face(element, 'tokenized');
  });

  it('of an environment nobody knows is not drawn', async () => {
    const world = await createWorld();
    const element = await fixture<B131Payout>(html`
      <b131-payout lang="en" direct endpoint=${world.endpoint} environment="Sandbox" .ticket=${ticket()}></b131-payout>
    `);
    await face(element, 'misconfigured');
    expect(await world.seen('public-tokens')).to.have.lengthOf(0);
  });

  it('without a way to a public token says what is missing', async () => {
    const element = await fixture<B131Payout>(
      html`<b131-payout lang="en" .ticket=${ticket()}></b131-payout>`,
    );
    await face(element, 'misconfigured');
    expect(() => press(element, 'retry')).to.throw();
  });
});

/** Puts a foreign page somewhere and waits until its forged message has arrived. */
async function forgeIn(place: HTMLElement | null): Promise<void> {
  const frame = document.createElement('iframe');
  const sent = new Promise<void>((resolve) => {
    window.addEventListener('message', function hear({ data, source }) {
      if (data !== 'sent' || source !== frame.contentWindow) return;
      window.removeEventListener('message', hear);
      resolve();
    });
  });
  frame.src = `${origin}/widget/forger.html`;
  place?.append(frame);
  await sent;
  frame.remove();
}
