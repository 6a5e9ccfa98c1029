import { expect, fixture, html } from '@open-wc/testing';
import { sendKeys } from '@web/test-runner-commands';
import { waitUntil } from './support/wait.ts';
import '../src/define.js';
import { isWebKit, tabBack } from './support/browser.ts';
import { event, face, record } from './support/element.ts';
import { fillInFrame, frameOf, inFrame, mountFramed, typeInFrame } from './support/frame.ts';
import { createWorld, origin, ticket } from './support/world.ts';

describe('a framed form', () => {
  it('takes the recipient from the account to the money', async () => {
    const world = await createWorld();
    const element = await mountFramed(world);
    const events = record(element);
    await face(element, 'form');
    const { url, text, violations } = await inFrame(element, 'look');
    expect(url).to.equal(`${world.endpoint}/widget`);
    expect(text).to.contain('Account number');
    expect(violations).to.deep.equal([]);
    const token = event(element, 'b131-token');
    await fillInFrame(element);
    expect((await token).result).to.include({ kind: 'bank_account', masked: '40817***9535' });
    await face(element, 'starting');
    expect(frameOf(element)).to.equal(null);
    await world.move({ status: 'succeeded' });
    await face(element, 'succeeded');
    expect(events.slice(0, 3)).to.deep.equal(['b131-ready', 'b131-token', 'b131-status:created']);
  });

  it('gets its public token from its own origin, without asking beforehand', async () => {
    const world = await createWorld();
    const element = await mountFramed(world);
    await face(element, 'form');
    const [request] = await world.seen('public-tokens');
    expect(request?.origin).to.equal(origin);
    expect((await world.look()).preflights).to.deep.equal(['payouts/current']);
  });

  it('is never told a secret by an address', async () => {
    const world = await createWorld();
    const element = await mountFramed(world);
    await face(element, 'form');
    expect(frameOf(element)?.src).to.equal(`${world.endpoint}/widget`);
    const addresses = performance.getEntriesByType('resource').map(({ name }) => name);
    expect(addresses.join()).not.to.contain(ticket());
    expect((await world.seen('widget')).map(({ bearer }) => bearer)).to.deep.equal(['']);
  });

  it('gets a renewed ticket when its own has expired', async () => {
    const world = await createWorld();
    const reasons: string[] = [];
    await world.fault('public-tokens', { status: 401, code: 'ticket_expired' });
    const element = await mountFramed(world, {
      getTicket: async (reason) => {
        reasons.push(reason);
        return ticket('renewed');
      },
    });
    await face(element, 'form');
    expect(reasons).to.deep.equal(['expired']);
    const bearers = (await world.seen('public-tokens')).map(({ bearer }) => bearer);
    expect(bearers).to.deep.equal([ticket(), ticket('renewed')]);
    expect(await world.seen('widget')).to.have.lengthOf(1);
  });

  it('says what the backend says when there is no public token, and opens on another try', async () => {
    const world = await createWorld();
    await world.fault('public-tokens', { status: 503, code: 'bank_unavailable' });
    const element = await mountFramed(world);
    await face(element, 'bank_unavailable');
    expect(frameOf(element)).to.equal(null);
    element.shadowRoot?.querySelector<HTMLButtonElement>('button[part~=retry]')?.click();
    await face(element, 'form');
  });

  it('waits as long as a busy backend asks for, and comes back by itself', async () => {
    const world = await createWorld();
    await world.fault('public-tokens', { status: 503, code: 'busy', retryAfter: 1 });
    const element = await mountFramed(world);
    const begun = performance.now();
    await face(element, 'form');
    expect(performance.now() - begun).to.be.at.least(1000);
    expect(await world.seen('public-tokens')).to.have.lengthOf(2);
    expect(await world.seen('widget')).to.have.lengthOf(1);
  });

  it("takes the page's own public token in token mode", async () => {
    const world = await createWorld();
    const element = await mountFramed(world, {
      mode: 'token',
      ticket: null,
      getPublicToken: async () => 'a'.repeat(64),
    });
    await face(element, 'form');
    const token = event(element, 'b131-token');
    await fillInFrame(element);
    expect((await token).result.masked).to.equal('40817***9535');
    await face(element, 'tokenized');
    expect((await world.look()).seen.map(({ route }) => route)).to.deep.equal(['widget']);
  });

  it('is drawn anew when its public token has expired', async () => {
    const world = await createWorld();
    const element = await mountFramed(world);
    await face(element, 'form');
    await fillInFrame(element, '00000000000000000000');
    await waitUntil(() => element.shadowRoot?.querySelector('.notice'));
    await face(element, 'form');
    const token = event(element, 'b131-token');
    await fillInFrame(element);
    await token;
    expect(await world.seen('public-tokens')).to.have.lengthOf(2);
  });

  it('speaks for itself about what it refuses', async () => {
    const element = await mountFramed(await createWorld());
    await face(element, 'form');
    const error = event(element, 'b131-error');
    await fillInFrame(element, '11111111111111111111');
    expect((await error).code).to.equal('widget-failed');
    expect(frameOf(element)).not.to.equal(null);
  });

  it('lives as often on a page as there are tags, each with its own', async () => {
    const [one, other] = [await createWorld(), await createWorld()];
    const elements = [await mountFramed(one), await mountFramed(one), await mountFramed(other)];
    const errors: string[] = [];
    for (const element of elements) element.addEventListener('b131-error', ({ code }) => errors.push(code));
    for (const element of elements) await face(element, 'form');
    const [first, second, third] = elements;
    if (!first || !second || !third) throw new Error('There should be three');
    await typeInFrame(second, '40817810400003860042');
    await fillInFrame(third);
    await face(third, 'starting');
    await fillInFrame(first);
    await face(first, 'starting');
    expect((await inFrame(second, 'look')).values).to.contain('40817810400003860042');
    expect(errors).to.deep.equal([]);
    expect((await one.look()).payout?.status).to.equal('created');
    expect((await other.look()).payout?.status).to.equal('created');
  });
});

describe('a framed form inside a <form>', () => {
  it('gives it nothing: neither a number nor an Enter', async () => {
    const world = await createWorld();
    const form = await fixture<HTMLFormElement>(html`<form><input name="name" value="Vera" /></form>`);
    let submitted = 0;
    form.addEventListener('submit', (submit) => {
      submit.preventDefault();
      submitted += 1;
    });
    const element = document.createElement('b131-payout');
    Object.assign(element, { endpoint: world.endpoint, ticket: ticket() });
    form.append(element);
    await face(element, 'form');
    form.querySelector('input')?.focus();
    await sendKeys({ press: 'Tab' });
    await waitUntil(async () => (await inFrame(element, 'look')).focus === 'bik', 'the first field');
    await typeInFrame(element);
    expect([...new FormData(form).keys()]).to.deep.equal(['name']);
    const token = event(element, 'b131-token');
    await sendKeys({ press: 'Enter' });
    expect((await token).result.masked).to.equal('40817***9535');
    await face(element, 'starting');
    expect([...new FormData(form).keys()]).to.deep.equal(['name']);
    expect(submitted).to.equal(0);
  });
});

describe('the height of a framed form', () => {
  it('follows what is in it, without scroll bars', async () => {
    const element = await mountFramed(await createWorld());
    await face(element, 'form');
    const fits = async (): Promise<boolean> => {
      const { scrolls, heights } = await inFrame(element, 'look');
      return !scrolls && heights[1] === frameOf(element)?.clientHeight;
    };
    await waitUntil(fits, 'it fits at first');
    const before = frameOf(element)?.clientHeight ?? 0;
    await inFrame(element, 'grow', { by: 300 });
    await waitUntil(() => frameOf(element)?.clientHeight === before + 300, 'it grows');
    await waitUntil(fits, 'it fits again');
    await inFrame(element, 'shrink');
    await waitUntil(() => frameOf(element)?.clientHeight === before, 'it shrinks');
    await inFrame(element, 'hang', { by: 120 });
    await waitUntil(() => (frameOf(element)?.clientHeight ?? 0) > before + 100, 'what hangs out counts');
  });

  it('has an end', async () => {
    const element = await mountFramed(await createWorld());
    await face(element, 'form');
    await inFrame(element, 'grow', { by: 9_000 });
    await waitUntil(() => frameOf(element)?.clientHeight === 4096);
  });

  it('is that of the placeholder while it loads: nothing jumps', async () => {
    const world = await createWorld();
    const element = await mountFramed(world, { ticket: null });
    const card = (): number => element.shadowRoot?.querySelector('.card')?.clientHeight ?? 0;
    const before = card();
    const heights = new Set<number>();
    const sizes = new ResizeObserver(() => {
      if (element.shadowRoot?.querySelector('.skeleton') && frameOf(element)) heights.add(card());
    });
    sizes.observe(element);
    // A ticket without a summary: only the form's place is looked at.
    element.ticket = 'head.e30.good';
    await face(element, 'form');
    sizes.disconnect();
    expect([...heights].filter((height) => height !== before)).to.deep.equal([]);
    const frame = frameOf(element)?.getBoundingClientRect();
    const stage = element.shadowRoot?.querySelector('.stage')?.getBoundingClientRect();
    // Its own padding, for focus rings, lies outside the place of the form.
    expect((stage?.left ?? 0) - (frame?.left ?? 0)).to.be.closeTo(8, 0.5);
    expect((frame?.right ?? 0) - (stage?.right ?? 0)).to.be.closeTo(8, 0.5);
  });
});

describe('the focus', () => {
  it('goes into the frame and out of it by Tab, as if it were the page', async () => {
    const world = await createWorld();
    const before = await fixture<HTMLAnchorElement>(html`<a href="#before">Before</a>`);
    const element = await mountFramed(world);
    const after = await fixture<HTMLAnchorElement>(html`<a href="#after">After</a>`);
    await face(element, 'form');
    before.focus();
    await sendKeys({ press: 'Tab' });
    await waitUntil(async () => (await inFrame(element, 'look')).focus === 'bik', 'the first field');
    expect(document.activeElement).to.equal(element);
    // Without a digit twice in a row: what drives WebKit would type it once.
    await sendKeys({ type: '041525974' });
    await sendKeys({ press: 'Tab' });
    await sendKeys({ type: '40817810401310869535' });
    await waitUntil(
      async () => (await inFrame(element, 'look')).values.startsWith('041525974,40817810401310869535'),
      'what was typed',
    );
    await sendKeys({ press: 'Tab' });
    await sendKeys({ press: 'Tab' });
    await waitUntil(() => document.activeElement === after, 'what comes after');
    await tabBack();
    await waitUntil(() => document.activeElement === element, 'back again');
  });

  it('is brought into it by element.focus(), and to the news when the form is sent', async () => {
    const element = await mountFramed(await createWorld());
    await face(element, 'form');
    element.focus();
    expect(document.activeElement).to.equal(element);
    // WebKit gives the focus to the frame, and lets its script move it no further before the recipient has been there.
    if (isWebKit) await sendKeys({ press: 'Tab' });
    await waitUntil(async () => (await inFrame(element, 'look')).focus === 'bik', 'the first field');
    await fillInFrame(element);
    await face(element, 'starting');
    await waitUntil(() => element.shadowRoot?.activeElement?.id === 'title', 'the focus is on the heading');
    element.blur();
    document.body.focus();
    element.focus();
    expect(element.shadowRoot?.activeElement?.id).to.equal('title');
  });

  it('is not taken from the rest of the page', async () => {
    const world = await createWorld();
    const button = await fixture<HTMLButtonElement>(html`<button type="button">Elsewhere</button>`);
    button.focus();
    const element = await mountFramed(world);
    await face(element, 'form');
    expect(document.activeElement).to.equal(button);
  });

  it('finds a frame with a name', async () => {
    const element = await mountFramed(await createWorld());
    await face(element, 'form');
    const label = frameOf(element)?.getAttribute('aria-labelledby') ?? '';
    expect(element.shadowRoot?.getElementById(label)?.textContent?.trim()).not.to.equal('');
    await expect(element).to.be.accessible();
  });
});

describe('language and looks', () => {
  it('the language is followed until something is typed', async () => {
    const element = await mountFramed(await createWorld());
    await face(element, 'form');
    element.lang = 'ru';
    await waitUntil(async () => (await inFrame(element, 'look')).text.includes('БИК банка'));
    expect((await inFrame(element, 'look')).lang).to.equal('ru');
    await typeInFrame(element);
    element.locale = 'en';
    await waitUntil(() => element.shadowRoot?.querySelector('.frame')?.getAttribute('lang') === 'en');
    const { text, values } = await inFrame(element, 'look');
    expect(text).to.contain('БИК банка');
    expect(values).to.contain('40817810400003869535');
  });

  it("are the page's, and change with it", async () => {
    const element = await mountFramed(await createWorld());
    element.style.cssText =
      'color-scheme: light; --b131-accent: rgb(0, 105, 92); --b131-font: Georgia, serif';
    await face(element, 'form');
    const look = async (): Promise<string> => {
      const { looks, accent } = await inFrame(element, 'look');
      return [looks.scheme, looks.color, accent, looks.font].join(' | ');
    };
    await waitUntil(
      async () => (await look()) === 'light | rgb(21, 26, 35) | rgb(0, 105, 92) | Georgia, serif',
    );
    element.style.setProperty('--b131-accent', 'rgb(1, 2, 3)');
    await waitUntil(async () => (await look()).includes('rgb(1, 2, 3)'), 'the accent follows');
    element.style.colorScheme = 'dark';
    await waitUntil(async () => (await look()).startsWith('dark | rgb(238, 241, 246)'), 'the scheme follows');
    const { looks } = await inFrame(element, 'look');
    expect(looks.size).to.equal(getComputedStyle(document.documentElement).fontSize);
    expect(looks.dir).to.equal('ltr');
  });
});
