import type { B131Payout } from '../../src/index.js';
import { FaceStage } from '../support/face-stage.ts';
import { everyState } from '../support/states.ts';

/** How a sheet is drawn. */
export interface Look {
  readonly lang: 'en' | 'ru';
  readonly scheme: 'light' | 'dark';
  readonly dir: 'ltr' | 'rtl';
  /** Width of each face, in pixels. */
  readonly width: number;
}

/** A part of all states: the way to the money, its other ends, and what keeps the form from opening. */
export type Part = 'way' | 'ends' | 'errors';

/** Runs in the page: hangs every state of a part side by side, standing still. */
export async function hang(part: Part, look: Look): Promise<void> {
  dress(look);
  const shown = new Set<string>();
  for (const [name, state] of everyState()) {
    if (partOf(name) !== part) continue;
    const stage = new FaceStage();
    stage.state = state;
    stage.lang = look.lang;
    const figure = frame(name, look.width, stage);
    await stage.updateComplete;
    // Several codes have the same face and the same words: one of them is enough.
    const words = stage.shadowRoot?.querySelector('.body')?.textContent?.replace(/:[^:]*$/, '') ?? name;
    if (shown.has(words)) figure.remove();
    shown.add(words);
    standStill(stage);
  }
  await document.fonts.ready;
}

/** Runs in the page: the real element with the fake bank's form in it. */
export async function hangForm(look: Look, fakeOrigin: string): Promise<void> {
  await import('../../src/define.js');
  const { createWorld, ticket } = await import('../support/world.ts');
  dress(look);
  const element: B131Payout = document.createElement('b131-payout');
  element.endpoint = (await createWorld()).endpoint;
  element.direct = true;
  element.environment = 'sandbox';
  element.widget = {
    script: `${fakeOrigin}/widget/tokenize.js`,
    style: `${fakeOrigin}/widget/tokenize.css`,
  };
  element.ticket = ticket();
  // The fake bank's form is shorter than the bank's.
  element.style.setProperty('--b131-form-height', '15rem');
  const ready = new Promise((resolve) => element.addEventListener('b131-ready', resolve));
  frame('form', look.width, element);
  await ready;
  await element.updateComplete;
  await document.fonts.ready;
}

function dress({ scheme, lang, dir }: Look): void {
  const { documentElement: root } = document;
  root.style.colorScheme = scheme;
  root.lang = lang;
  root.dir = dir;
}

function partOf(name: string): Part {
  if (name.startsWith('error:') || name === 'early' || name === 'unsure') return 'errors';
  const ends = /^(failed|cancelled|returned|needs_attention|out of|in progress|finished|partly|review,)/;
  return ends.test(name) ? 'ends' : 'way';
}

function frame(name: string, width: number, content: Element): HTMLElement {
  const figure = document.createElement('figure');
  figure.style.width = `${width}px`;
  const caption = document.createElement('figcaption');
  caption.textContent = name;
  figure.append(caption, content);
  document.querySelector('.sheet')?.append(figure);
  return figure;
}

/** Stops every animation at the same moment of it. */
function standStill(stage: Element): void {
  for (const animation of stage.shadowRoot?.getAnimations() ?? []) {
    animation.pause();
    animation.currentTime = 0;
  }
}
