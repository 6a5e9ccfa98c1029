import { expect } from '@open-wc/testing';
import { kept, tree } from './support/browser.ts';
import { everyFace } from './support/every-face.ts';

describe('accessibility of every face', () => {
  for (const showing of [
    { lang: 'en', scheme: 'light', dir: 'ltr' },
    { lang: 'en', scheme: 'dark', dir: 'rtl' },
    { lang: 'ru', scheme: 'light', dir: 'rtl' },
    { lang: 'ru', scheme: 'dark', dir: 'ltr' },
  ] as const) {
    it(`finds nothing to mend in ${Object.values(showing).join(', ')}`, async function () {
      this.timeout(60_000);
      await expect(await everyFace(showing)).to.be.accessible();
    });
  }

  for (const lang of ['en', 'ru']) {
    it(`keeps its names and roles in ${lang}`, async function () {
      this.timeout(60_000);
      await everyFace({ lang });
      const seen = regions(await tree('main'));
      const wanted = regions(await kept(`accessibility.${lang}.txt`, [...seen.values()].join('\n')));
      expect([...seen.keys()], 'the faces').to.deep.equal([...wanted.keys()]);
      for (const [name, text] of seen)
        expect(text, `${name} as kept; if the change is meant: wtr --update-snapshots`).to.equal(
          wanted.get(name),
        );
    });
  }
});

/** Regions of a tree by name. Codes whose faces say the same are there once. */
function regions(text: string): Map<string, string> {
  const all = text.split(/\n?(?=^ {2}region ")/m).filter((region) => region.startsWith('  region'));
  const byWords = new Map<string, string>();
  for (const region of all) {
    const words = region.slice(region.indexOf('\n')).replace(/code ".*"/, '');
    if (!byWords.has(words)) byWords.set(words, region.trimEnd());
  }
  return new Map(
    [...byWords.values()].map((region) => [region.slice(0, region.indexOf('\n')).trim(), region]),
  );
}
