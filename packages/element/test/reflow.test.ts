import { expect, fixture, html } from '@open-wc/testing';
import { setViewport } from '@web/test-runner-commands';
import { face, mount } from './support/element.ts';
import { everyFace, nameOf, stagesOf } from './support/every-face.ts';
import type { FaceStage } from './support/face-stage.ts';
import { createWorld } from './support/world.ts';

/** What is cut off or sticks out of the card, in words. */
function cut(stage: FaceStage): readonly string[] {
  const root = stage.shadowRoot;
  const card = root?.querySelector('.card');
  if (!root || !card) throw new Error('There is no card');
  const outer = card.getBoundingClientRect();
  const found: string[] = [];
  const walker = document.createTreeWalker(card, NodeFilter.SHOW_TEXT);
  for (let node = walker.nextNode(); node !== null; node = walker.nextNode()) {
    const parent = node.parentElement;
    if (!node.nodeValue?.trim() || parent === null || parent.closest('.unseen')) continue;
    const range = document.createRange();
    range.selectNodeContents(node);
    for (const { left, right, bottom } of range.getClientRects()) {
      if (left < outer.left + 8 || right > outer.right - 8 || bottom > outer.bottom - 8)
        found.push(node.nodeValue.trim());
    }
  }
  for (const element of root.querySelectorAll('.card *:not(.unseen, .icon, .icon *, .ring, .ring *, i)')) {
    if (element.scrollWidth > element.clientWidth + 1 && element.clientWidth > 0)
      found.push(element.className);
  }
  return found;
}

async function expectNothingCut(lang: string, dir: 'ltr' | 'rtl' = 'ltr'): Promise<void> {
  const page = await everyFace({ lang, dir });
  for (const stage of stagesOf(page)) expect(cut(stage), nameOf(stage)).to.deep.equal([]);
  expect(document.documentElement.scrollWidth, 'no scrolling sideways').to.be.at.most(window.innerWidth);
}

function styled(css: string): Promise<HTMLElement> {
  return fixture(html`<style>${css}</style>`);
}

describe('every face', () => {
  afterEach(() => setViewport({ width: 800, height: 600 }));

  for (const lang of ['en', 'ru']) {
    for (const dir of ['ltr', 'rtl'] as const) {
      it(`fits 320 px in ${lang}, ${dir}: 1280 px at 400 %`, async () => {
        await setViewport({ width: 320, height: 640 });
        await expectNothingCut(lang, dir);
      });
    }

    it(`fits 640 px with text of 200 % in ${lang}`, async () => {
      await setViewport({ width: 640, height: 800 });
      await styled('html { font-size: 200% }');
      await expectNothingCut(lang);
    });

    it(`fits a phone with text of 200 % in ${lang}`, async () => {
      await setViewport({ width: 360, height: 640 });
      await styled('html { font-size: 200% }');
      await expectNothingCut(lang);
    });

    it(`keeps its texts in ${lang} with the widest spacing a reader may set`, async () => {
      await setViewport({ width: 320, height: 640 });
      const spacing = new CSSStyleSheet();
      // The values of WCAG 1.4.12.
      spacing.replaceSync(
        '* { line-height: 1.5 !important; letter-spacing: 0.12em !important; word-spacing: 0.16em !important } p { margin-block-end: 2em !important }',
      );
      const page = await everyFace({ lang });
      for (const stage of stagesOf(page)) {
        stage.shadowRoot?.adoptedStyleSheets.push(spacing);
        expect(cut(stage), nameOf(stage)).to.deep.equal([]);
      }
    });
  }

  it('has targets of at least 24 px, apart from each other', async () => {
    await setViewport({ width: 320, height: 640 });
    let count = 0;
    for (const stage of stagesOf(await everyFace({ lang: 'ru' }))) {
      for (const button of stage.shadowRoot?.querySelectorAll('button, a[href]') ?? []) {
        const { width, height } = button.getBoundingClientRect();
        expect(Math.min(width, height), nameOf(stage)).to.be.at.least(24);
        count++;
      }
    }
    expect(count).to.be.greaterThan(20);
  });

  it('is mirrored where the page is written from the right', async () => {
    const page = await everyFace({ lang: 'ru', dir: 'rtl' });
    const stage = stagesOf(page).find((each) => nameOf(each) === 'review');
    const card = stage?.shadowRoot?.querySelector('.card')?.getBoundingClientRect();
    const box = (selector: string): DOMRect | undefined =>
      stage?.shadowRoot?.querySelector(selector)?.getBoundingClientRect();
    const [icon, term, value] = [box('.icon'), box('dt'), box('dd')];
    if (!card || !icon || !term || !value) throw new Error('The review lacks a part');
    expect(card.right - icon.right, 'the icon is on the right').to.be.lessThan(icon.left - card.left);
    expect(term.left, 'a term is right of its value').to.be.at.least(value.right);
  });

  it('uses logical properties only', () => {
    const physical =
      /(^|[\s;{])(margin|padding|border|inset)?-?(left|right)\s*:|text-align:\s*(left|right)|float:/;
    const [stage] = [document.createElement('b131-face-stage')];
    document.body.append(stage);
    const sheets = stage.shadowRoot?.adoptedStyleSheets ?? [];
    const rules = sheets.flatMap((sheet) => [...sheet.cssRules].map((rule) => rule.cssText));
    stage.remove();
    expect(rules.length).to.be.greaterThan(30);
    for (const rule of rules) expect(rule).not.to.match(physical);
  });
});

describe('the bank’s form', () => {
  afterEach(() => setViewport({ width: 800, height: 600 }));

  it('fits 320 px without scrolling sideways', async () => {
    await setViewport({ width: 320, height: 640 });
    const element = await mount(await createWorld());
    await face(element, 'form');
    expect(document.documentElement.scrollWidth).to.be.at.most(320);
  });
});
