import { expect } from '@open-wc/testing';
import { event, face, faceOf, record, textOf } from './support/element.ts';
import { frameOf } from './support/frame.ts';
import { type LatePage, openLatePage, type Parts } from './support/late-course.ts';
import { waitUntil } from './support/wait.ts';
import { createWorld, type TestWorld, ticket } from './support/world.ts';

const ways: Readonly<Record<Parts, string>> = { bundle: 'a bundle in parts', cdn: 'the CDN files' };

/** Waits until the page in the frame has been asked for. */
async function framed(world: TestWorld, times = 1): Promise<void> {
  await waitUntil(async () => (await world.seen('widget')).length >= times, 'the page in the frame');
}

for (const [parts, name] of [
  ['bundle', ways.bundle],
  ['cdn', ways.cdn],
] as const) {
  describe(`an element out of ${name} whose course is still on its way`, () => {
    let page: LatePage;
    const open = async (csp?: string): Promise<LatePage> => {
      page = await openLatePage(parts, csp === undefined ? {} : { csp });
      return page;
    };
    afterEach(() => page.close());

    it('shows what is to come, and has the frame for the form on the page; the course goes on with that', async () => {
      const world = await createWorld();
      const element = await (await open()).put(world);
      const events = record(element);
      await framed(world);
      const frame = frameOf(element);
      expect(frame).not.to.equal(null);
      expect(faceOf(element)).to.equal('loading');
      expect(textOf(element)).to.match(/^You receive AccountCheckPaid .*form of Bank 131/);
      expect(element.payout).to.equal(null);
      expect([element.startPayout(), element.confirm(), element.cancel()]).to.deep.equal([
        false,
        false,
        false,
      ]);
      expect(await world.seen('current')).to.have.lengthOf(0);

      await page.course('free');
      await face(element, 'form');
      expect(frameOf(element)).to.equal(frame);
      expect(textOf(element)).to.match(/^You receive .1,500\.00 Refund for order 1042 /);
      expect(events).to.deep.equal(['b131-ready']);
      expect(await world.seen('widget')).to.have.lengthOf(1);
      expect(await world.seen('public-tokens')).to.have.lengthOf(1);
      expect(await page.course()).to.equal(1);
    });

    it('keeps its height when the course comes', async () => {
      const world = await createWorld();
      await world.fault('current', { kind: 'late' });
      const element = await (await open()).put(world);
      await framed(world);
      const { height } = element.getBoundingClientRect();
      await page.course('free');
      await waitUntil(async () => (await world.seen('current')).length === 1, 'the course');
      expect(faceOf(element)).to.equal('loading');
      expect(textOf(element)).to.contain('1,500.00');
      expect(element.getBoundingClientRect().height).to.equal(height);
    });

    it('asks for the ticket, once', async () => {
      const world = await createWorld();
      const reasons: string[] = [];
      const getTicket = async (reason: string): Promise<string> => {
        reasons.push(reason);
        return ticket();
      };
      const element = await (await open()).put(world, { ticket: null, getTicket });
      await framed(world);
      expect(reasons).to.deep.equal(['start']);
      await page.course('free');
      await face(element, 'form');
      expect(reasons).to.deep.equal(['start']);
    });

    it('asks once more for a ticket that it did not get', async () => {
      const world = await createWorld();
      let asked = 0;
      const getTicket = async (): Promise<string> => {
        if (++asked === 1) throw new Error('no network');
        return ticket();
      };
      const element = await (await open()).put(world, { ticket: null, getTicket });
      await page.course('free');
      await face(element, 'ticket_missing');
      element.reset();
      await face(element, 'form');
    });

    it('waits for a ticket without a frame', async () => {
      const world = await createWorld();
      const element = await (await open()).put(world, { ticket: null });
      await waitUntil(() => faceOf(element) === 'waiting', 'the face');
      expect(frameOf(element)).to.equal(null);
      element.ticket = ticket();
      await framed(world);
      expect(faceOf(element)).to.equal('loading');
      await page.course('free');
      await face(element, 'form');
    });

    it('draws directly as well', async () => {
      const world = await createWorld();
      const element = await (await open()).put(world, { direct: true, environment: 'sandbox' });
      await waitUntil(() => faceOf(element) === 'loading', 'the face');
      expect(frameOf(element)).to.equal(null);
      await page.course('free');
      await waitUntil(async () => (await world.seen('public-tokens')).length === 1, 'a public token');
    });

    it('begins anew with what the page changes meanwhile, and only with that', async () => {
      const [old, world] = [await createWorld(), await createWorld()];
      const element = await (await open()).put(old);
      await framed(old);
      element.endpoint = world.endpoint;
      await framed(world);
      await page.course('free');
      await face(element, 'form');
      expect((await old.look()).seen.map(({ route }) => route)).to.deep.equal(['widget']);
      expect(element.shadowRoot?.querySelectorAll('iframe')).to.have.lengthOf(1);
    });

    it('begins anew by reset()', async () => {
      const world = await createWorld();
      const element = await (await open()).put(world);
      await framed(world);
      expect(element.reset()).to.equal(true);
      await framed(world, 2);
      await page.course('free');
      await face(element, 'form');
      expect(element.shadowRoot?.querySelectorAll('iframe')).to.have.lengthOf(1);
    });

    it('leaves nothing behind when it is taken away, and begins anew when it is put back', async () => {
      const world = await createWorld();
      const element = await (await open()).put(world);
      await framed(world);
      element.remove();
      expect(frameOf(element)).to.equal(null);
      await page.course('free');
      await element.updateComplete;
      expect((await world.look()).seen.map(({ route }) => route)).to.deep.equal(['widget']);
      page.document.body.append(element);
      await face(element, 'form');
    });

    it('goes along with a move', async () => {
      const world = await createWorld();
      const element = await (await open()).put(world);
      await framed(world);
      const place = page.document.createElement('div');
      page.document.body.append(place);
      place.append(element);
      await framed(world, 2);
      await page.course('free');
      await face(element, 'form');
      expect(element.shadowRoot?.querySelectorAll('iframe')).to.have.lengthOf(1);
    });

    it('speaks the language that is set meanwhile', async () => {
      const world = await createWorld();
      const element = await (await open()).put(world, { locale: 'ru' });
      await framed(world);
      expect(textOf(element)).to.contain('Загружаем форму банка');
      element.locale = 'en';
      await waitUntil(() => textOf(element).includes('The bank’s form is loading'), 'English');
      page.document.documentElement.lang = 'ru';
      element.locale = null;
      await page.course('free');
      await face(element, 'form');
      expect(textOf(element)).to.contain('Данные счёта вы вводите');
    });

    it('says why a frame is not let in, although that came to pass before the course', async () => {
      const world = await createWorld();
      const policy = "frame-src 'none'";
      const element = await (await open(policy)).put(world);
      const refused = event(element, 'b131-error');
      await waitUntil(() => frameOf(element) !== null, 'the frame');
      await page.course('free');
      expect((await refused).code).to.equal('blocked');
    });

    it('ends in time where the page in the frame may not be held here', async () => {
      const world = await createWorld('automatic', { origins: ['https://other.example'] });
      const element = await (await open()).put(world);
      const refused = event(element, 'b131-error');
      await framed(world);
      await page.course('free');
      expect((await refused).code).to.equal('blocked');
    });

    it('makes nothing of an endpoint that is no address, until that can be told', async () => {
      const world = await createWorld();
      const element = await (await open()).put(world, { endpoint: 'http://[' });
      const failures: Event[] = [];
      page.document.defaultView?.addEventListener('unhandledrejection', (failure) => failures.push(failure));
      await waitUntil(() => faceOf(element) === 'loading', 'the face');
      const told = event(element, 'b131-error');
      await page.course('free');
      await told;
      expect(frameOf(element)).to.equal(null);
      expect(textOf(element)).to.contain('has not moved any money');
      expect(failures).to.deep.equal([]);
    });

    it('takes the word of its own frame alone', async () => {
      const world = await createWorld();
      const element = await (await open()).put(world);
      const events = record(element);
      await framed(world);
      page.document.defaultView?.postMessage({ 'b131-frame': 'hello' }, '*');
      await page.course('free');
      await face(element, 'form');
      expect(events.sort()).to.deep.equal(['b131-error', 'b131-ready']);
    });

    it('that does not come is told: what has happened, that it has moved no money, and what to do', async () => {
      const world = await createWorld();
      const element = await (await open()).put(world);
      const told = event(element, 'b131-error');
      await framed(world);
      await page.course('lost');
      expect(await told).to.include({ code: 'load-failed', retryable: true });
      await face(element, 'load_failed');
      expect(textOf(element)).to.match(
        /form did not load This has not moved any money\. A payout already under way goes on\. Please reload the page\.$/,
      );
      expect(element.shadowRoot?.querySelector('[role=status]')?.textContent).to.contain('did not load');
      expect(frameOf(element)).to.equal(null);
      await element.updateComplete;
      expect((await world.look()).seen.map(({ route }) => route)).to.deep.equal(['widget']);
    });

    it('serves every element of a page at once', async () => {
      const world = await createWorld();
      const first = await (await open()).put(world);
      const second = await page.put(await createWorld());
      await page.course('free');
      await Promise.all([face(first, 'form'), face(second, 'form')]);
      const third = await page.put(await createWorld());
      await face(third, 'form');
      expect(await page.course()).to.equal(1);
    });
  });
}

describe('the CDN file', () => {
  it('takes no other file for its second part than the one it was built with', async () => {
    const page = await openLatePage('cdn');
    try {
      const element = await page.put(await createWorld());
      const told = event(element, 'b131-error');
      await page.course('other');
      expect((await told).code).to.equal('load-failed');
      await face(element, 'load_failed');
    } finally {
      page.close();
    }
  });

  it('has the course from the start where the page has a tag for each file, and loads nothing twice', async () => {
    const page = await openLatePage('cdn', { both: true });
    try {
      const element = await page.put(await createWorld());
      await face(element, 'form');
      expect(await page.course()).to.equal(1);
      const loaded = page.document.defaultView?.performance.getEntriesByType('resource') ?? [];
      expect(
        loaded.filter(({ name }) => name.includes('/cdn/')).map(({ name }) => name.split('/').at(-1)),
      ).to.deep.equal(['b131-payout.js', 'b131-payout.parts.js']);
    } finally {
      page.close();
    }
  });

  it('leaves nothing of its own with the page', async () => {
    const page = await openLatePage('cdn');
    try {
      const element = await page.put(await createWorld());
      await page.course('free');
      await face(element, 'form');
      const window: object = page.document.defaultView ?? {};
      const left = Reflect.ownKeys(window).filter(
        (key) => typeof key === 'symbol' && /late/.test(String(key)),
      );
      expect(left).to.deep.equal([]);
    } finally {
      page.close();
    }
  });

  it('needs no more of a policy than its own script', async () => {
    const csp =
      "script-src 'nonce-abc'; require-trusted-types-for 'script'; trusted-types b131-loader lit-html";
    const page = await openLatePage('cdn', { csp });
    try {
      const element = await page.put(await createWorld());
      await page.course('free');
      await face(element, 'form');
    } finally {
      page.close();
    }
  });
});
