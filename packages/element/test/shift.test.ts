import { expect } from '@open-wc/testing';
import { setViewport } from '@web/test-runner-commands';
import { face, fillIn, mount } from './support/element.ts';
import { fillInFrame, mountFramed } from './support/frame.ts';
import { waitUntil } from './support/wait.ts';
import { createWorld, ticket } from './support/world.ts';

/** Adds up what Chromium calls layout shift, input of the recipient or not. */
function measure(): { readonly shifts: LayoutShift[]; stop(): void } {
  const shifts: LayoutShift[] = [];
  const observer = new PerformanceObserver((list) => {
    for (const entry of list.getEntries()) if (isShift(entry)) shifts.push(entry);
  });
  observer.observe({ type: 'layout-shift' });
  return { shifts, stop: () => observer.disconnect() };
}

interface LayoutShift extends PerformanceEntry {
  readonly value: number;
}

function isShift(entry: PerformanceEntry): entry is LayoutShift {
  return entry.entryType === 'layout-shift';
}

function total(shifts: readonly LayoutShift[]): number {
  return shifts.reduce((sum, { value }) => sum + value, 0);
}

async function painted(): Promise<void> {
  for (let frames = 0; frames < 3; frames++) await new Promise((resolve) => requestAnimationFrame(resolve));
}

describe('what stands below the element', () => {
  afterEach(() => setViewport({ width: 800, height: 600 }));

  for (const [way, width] of [
    ['direct', 390],
    ['direct', 1024],
    ['framed', 390],
    ['framed', 1024],
  ] as const) {
    it(`does not move when the ticket tells the amount: ${way}, ${width} px`, async () => {
      await setViewport({ width, height: 1000 });
      const world = await createWorld();
      await world.fault('current', { kind: 'late' });
      let give = (_: string): void => {};
      const getTicket = (): Promise<string> =>
        new Promise((resolve) => {
          give = resolve;
        });
      const given = { ticket: null, getTicket };
      const element = way === 'direct' ? await mount(world, given) : await mountFramed(world, given);
      const { shifts, stop } = measure();
      const height = element.getBoundingClientRect().height;
      const amount = (): string => element.shadowRoot?.querySelector('.sum')?.textContent ?? 'none';
      expect(amount(), 'the amount at first').to.equal('');
      await painted();
      give(ticket());
      await waitUntil(() => amount().includes('1,500.00'), 'the amount');
      await painted();
      expect(element.getBoundingClientRect().height).to.equal(height);
      await waitUntil(async () => (await world.seen('current')).length > 0, 'the question');
      await world.release();
      await face(element, 'form');
      expect(amount()).to.contain('1,500.00');
      await painted();
      stop();
      expect(total(shifts)).to.equal(0);
    });

    it(`does not move from the placeholder to the form to the money: ${way}, ${width} px`, async () => {
      await setViewport({ width, height: 1000 });
      const world = await createWorld('recipient');
      const element = way === 'direct' ? await mount(world) : await mountFramed(world);
      const below = document.createElement('p');
      below.textContent = 'What the page says below';
      element.after(below);
      await painted();
      const top = below.getBoundingClientRect().top;
      const { shifts, stop } = measure();
      await face(element, 'form');
      await painted();
      expect(total(shifts), 'from the placeholder to the form').to.equal(0);
      if (way === 'direct') fillIn();
      else await fillInFrame(element);
      for (const [status, shown] of [
        ['starting', 'starting'],
        ['awaiting_confirmation', 'review'],
        ['confirming', 'confirming'],
        ['succeeded', 'succeeded'],
      ] as const) {
        if (status !== 'starting') await world.move({ status });
        await face(element, shown);
        await painted();
        expect(below.getBoundingClientRect().top, shown).to.equal(top);
      }
      stop();
      // What is left is inside the card, where one text takes the place of another. Good pages stay below 0.1.
      expect(total(shifts), 'inside the card').to.be.lessThan(0.1);
      below.remove();
    });
  }
});
