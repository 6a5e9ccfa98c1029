import { expect } from '@open-wc/testing';
import { conditions } from './support/browser.ts';
import { everyFace, nameOf, stagesOf } from './support/every-face.ts';

describe('every face, as the person has set the browser', () => {
  afterEach(() => conditions());

  it('stands still for those who ask for less motion', async () => {
    await conditions({ reducedMotion: true });
    const page = await everyFace({ lang: 'en' });
    for (const stage of stagesOf(page)) {
      const animations = stage.shadowRoot?.getAnimations() ?? [];
      const fast = animations.filter(({ effect }) => Number(effect?.getComputedTiming().duration) < 5_000);
      expect(fast, nameOf(stage)).to.have.lengthOf(0);
    }
  });

  it('keeps its lines and states apart in forced colours', async () => {
    await conditions({ forcedColors: true });
    const page = await everyFace({ lang: 'en' });
    const stage = stagesOf(page).find((each) => nameOf(each) === 'review');
    const part = (selector: string): CSSStyleDeclaration => {
      const element = stage?.shadowRoot?.querySelector(selector);
      if (!element) throw new Error(`There is no ${selector}`);
      return getComputedStyle(element);
    };
    expect(matchMedia('(forced-colors: active)').matches).to.equal(true);
    expect(part('button.primary').borderTopWidth).to.equal('2px');
    expect(part('button.plain').borderTopWidth).to.equal('1px');
    expect(part('.card').borderTopWidth).to.equal('1px');
    const bar = (name: string): string => {
      const element = stage?.shadowRoot?.querySelector(`.steps .${name}`);
      return element ? getComputedStyle(element, '::before').backgroundColor : '';
    };
    expect(bar('now')).not.to.equal(bar('ahead'));
  });
});
