import { expect, fixture, html } from '@open-wc/testing';
import { waitUntil } from './support/wait.ts';
import '../src/define.js';
import type { LoadError } from '../src/loader/errors.js';
import { Frame } from '../src/opening/frame.js';
import { failWhenSilent } from '../src/widget/drawing/silence.js';
import { event, face, press, textOf } from './support/element.ts';
import { frameOf, mountFramed } from './support/frame.ts';
import { createWorld, origin } from './support/world.ts';

/** What a developer reads in the console meanwhile. */
async function errors(work: () => Promise<void>): Promise<string> {
  const said: string[] = [];
  const { error } = console;
  console.error = (...words: unknown[]) => said.push(words.join(' '));
  try {
    await work();
  } finally {
    console.error = error;
  }
  return said.join('\n');
}

describe('a frame', () => {
  it('that may not stand on this page is blocked, and the console says what to look at', async () => {
    const world = await createWorld('automatic', { origins: ['https://shop.example'] });
    const said = await errors(async () => {
      const element = await mountFramed(world);
      expect(await event(element, 'b131-error')).to.include({ code: 'blocked', retryable: false });
      await face(element, 'blocked');
      expect(textOf(element)).to.contain('No money has moved');
      expect(frameOf(element)).to.equal(null);
    });
    expect(said).to.contain(`must name ${location.origin}`).and.to.contain('X-Frame-Options');
    expect(await world.seen('public-tokens')).to.have.lengthOf(0);
  });

  it('whose page cannot be had failed to load, and is tried again', async () => {
    const world = await createWorld();
    // Firefox itself tries ten times.
    await world.fault('widget', ...Array.from({ length: 99 }, () => ({ kind: 'reset' }) as const));
    const element = await mountFramed(world);
    expect((await event(element, 'b131-error')).code).to.equal('load-failed');
    await face(element, 'load_failed');
    await world.fault('widget');
    press(element, 'retry');
    await face(element, 'form');
  });

  it('of which nothing comes at all ends in time', async () => {
    const url = new URL('/widget/hangs.js', origin);
    const frame = new Frame(await fixture(html`<div></div>`), url);
    const end = new AbortController();
    const error = await new Promise<LoadError>((resolve) => {
      failWhenSilent(frame, resolve, end.signal, {
        deadline: 300,
        grace: 50,
        doubt: 100,
      });
    });
    end.abort();
    frame.remove();
    expect(error).to.include({ code: 'timeout', url: url.href });
  });

  for (const [script, name, more] of [
    ['missing.js', 'load_failed', {}],
    ['no-global.js', 'bad_script', {}],
    ['throws.js', 'bad_script', {}],
    ['draws-nothing.js', 'bad_script', { deadline: 3_000 }],
    ['hangs.js', 'timeout', { deadline: 900 }],
  ] as const) {
    it(`with ${script} in it ends in the face ${name}`, async () => {
      const global = 'Broken';
      const widget = { ...more, global, script: `${origin}/widget/${script}?global=${global}` };
      const world = await createWorld('automatic', { widget });
      const element = await mountFramed(world);
      const { code } = await event(element, 'b131-error');
      expect(code.replace('-', '_')).to.equal(name);
      await face(element, name);
      expect(textOf(element)).to.contain('No money has moved');
      expect(frameOf(element)).to.equal(null);
    });
  }

  it("whose own policy keeps the bank's script out says blocked", async () => {
    const script = `${origin}/widget/moved.js`;
    const world = await createWorld('automatic', { widget: { script } });
    const element = await mountFramed(world);
    expect((await event(element, 'b131-error')).code).to.equal('blocked');
  });

  it('that waits for its form has the placeholder in its place', async () => {
    const world = await createWorld('automatic', { widget: { script: `${origin}/widget/hangs.js` } });
    const element = await mountFramed(world);
    await waitUntil(() => frameOf(element));
    expect(element.shadowRoot?.querySelector('.skeleton')).not.to.equal(null);
    const frame = frameOf(element);
    expect(frame && getComputedStyle(frame).visibility).to.equal('hidden');
    element.remove();
  });
});
