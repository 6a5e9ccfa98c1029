import { expect, fixture, html } from '@open-wc/testing';
import { styles } from '../src/styles/index.js';
import { everyFace, stagesOf } from './support/every-face.ts';
import type { FaceStage } from './support/face-stage.ts';
import { everyState } from './support/states.ts';

const css = styles.map(({ cssText }) => cssText).join('\n');
const docs = await fetch('/__wds-outside-root__/2/docs/theming.md').then((response) => response.text());
const manifest = await fetch('/custom-elements.json').then((response) => response.text());
const demo = await fetch('/__wds-outside-root__/2/examples/demo/src/style/tokens.css').then((response) =>
  response.text(),
);

function names(text: string, pattern: RegExp): Set<string> {
  return new Set([...text.matchAll(pattern)].map(([, name]) => name ?? ''));
}

const own = /(--b131-[\w-]+)/g;

describe('custom properties', () => {
  it('are all defined, and all used', () => {
    const defined = names(css, /(--_[\w-]+):/g);
    const used = names(css, /var\(\s*(--_[\w-]+)/g);
    expect([...used]).to.have.members([...defined]);
    expect(defined.size).to.be.greaterThan(15);
  });

  it('are each open to the page, under the same name', () => {
    for (const [, inside, outside] of css.matchAll(/--_([\w-]+):\s*var\(\s*--b131-([\w-]+)/g))
      expect(outside).to.equal(inside);
    const open = [...names(css, own)].map((name) => name.replace('--b131-', '--_'));
    expect(open).to.have.members([...names(css, /(--_[\w-]+):/g)]);
  });

  it('are documented, each of them, and no other', () => {
    expect([...names(docs, own)]).to.have.members([...names(css, own)]);
    expect([...names(manifest, own)]).to.have.members([...names(css, own)]);
  });

  it('have the defaults that are documented, in light and in dark', () => {
    for (const [, name = '', light = '', dark = ''] of docs.matchAll(
      /^\| `(--b131-[\w-]+)` +\| `(#\w+)` +\| `(#\w+)`/gm,
    ))
      expect(css, name).to.contain(`var(${name}, light-dark(${light}, ${dark}))`);
  });

  it('of the demo exist', () => {
    expect([...names(css, own)]).to.include.members([...names(demo, own)]);
  });
});

describe('parts', () => {
  it('are documented, each of them, and no other', async () => {
    const used = new Set<string>();
    for (const stage of stagesOf(await everyFace({ lang: 'en' }))) {
      for (const element of stage.shadowRoot?.querySelectorAll('[part]') ?? [])
        for (const part of element.part) used.add(part);
    }
    const listed = names(docs.slice(docs.indexOf('## Parts')), /^\| `([\w-]+)`/gm);
    expect([...listed]).to.have.members([...used]);
    const { cssParts } = JSON.parse(manifest).modules[0].declarations[0];
    expect(cssParts.map(({ name }: { name: string }) => name)).to.have.members([...used]);
  });
});

describe('style rules', () => {
  it('have each something to style', async () => {
    const coming = await fixture<FaceStage>(html`
      <b131-face-stage .state=${everyState().get('finding')} .outlook=${'coming'}></b131-face-stage>
    `);
    const stages = [coming, ...stagesOf(await everyFace({ lang: 'en' }))];
    const roots = stages.flatMap((stage) => stage.shadowRoot ?? []);
    const idle = selectors(css).filter((selector) => !roots.some((root) => root.querySelector(selector)));
    expect(idle).to.deep.equal([]);
  });
});

/** Selectors that match elements of a face, without states and pseudo-elements. */
function selectors(text: string): readonly string[] {
  const sheet = new CSSStyleSheet();
  sheet.replaceSync(text);
  return rulesOf(sheet.cssRules)
    .flatMap(({ selectorText }) => selectorText.split(/,\s*/))
    .map((selector) => selector.replace(/::?(before|after|hover|focus-visible|focus)/g, '').trim() || '*')
    .filter((selector) => !/:host|::slotted|iframe/.test(selector));
}

function rulesOf(rules: CSSRuleList): readonly CSSStyleRule[] {
  return [...rules].flatMap((rule) => {
    if (rule instanceof CSSStyleRule) return [rule];
    return rule instanceof CSSGroupingRule ? rulesOf(rule.cssRules) : [];
  });
}
