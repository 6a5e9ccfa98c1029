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
      const text = `${await tree('main')}\n`;
      expect(text, 'as kept; if the change is meant: wtr --update-snapshots').to.equal(
        await kept(`accessibility.${lang}.txt`, text),
      );
    });
  }
});
