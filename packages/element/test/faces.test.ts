import { expect, fixture, html } from '@open-wc/testing';
import { viewOf } from '../src/faces/view.js';
import { errorTable, statusTable } from '../src/index.js';
import { en } from '../src/locales/en.js';
import { fill, formatAmount } from '../src/locales/format.js';
import { findLocale, registerLocale } from '../src/locales/registry.js';
import type { FaceStage } from './support/face-stage.ts';
import './support/face-stage.ts';
import { everyState, payout } from './support/states.ts';

describe('faces', () => {
  for (const lang of ['en', 'ru']) {
    it(`say in ${lang} what happened, whether money moved and what next`, () => {
      for (const [name, state] of everyState()) {
        for (const summary of [payout, null]) {
          const view = viewOf(state, findLocale(lang), summary);
          const all = [view.title, view.text, view.money, view.next, view.notice?.text ?? ''];
          expect(view.title, name).not.to.equal('');
          expect(all.join(' '), name).not.to.match(/[{}]|undefined|null/);
          const promise =
            view.kind === 'news' && view.face !== 'succeeded' && view.face !== 'not_confirmable';
          if (promise) expect(view.money, name).not.to.equal('');
        }
      }
    });

    it(`are accessible in ${lang}`, async function () {
      this.timeout(40_000);
      for (const scheme of ['light', 'dark']) {
        const stages = [...everyState()].map(
          ([, state]) => html`<b131-face-stage lang=${lang} .state=${state}></b131-face-stage>`,
        );
        const sheet = await fixture<HTMLElement>(html`
          <main style="color-scheme: ${scheme}; background: ${scheme === 'dark' ? '#0c0f14' : '#fff'}">${stages}</main>
        `);
        await Promise.all(
          [...sheet.querySelectorAll<FaceStage>('b131-face-stage')].map((stage) => stage.updateComplete),
        );
        await expect(sheet).to.be.accessible();
        sheet.remove();
      }
    });
  }

  it('are documented, each status and each code', async () => {
    const readme = await fetch('/README.md').then((response) => response.text());
    for (const name of [...Object.keys(statusTable), ...Object.keys(errorTable)]) {
      expect(new RegExp(`\\| \`${name}\` +\\|`).test(readme), name).to.equal(true);
    }
  });

  it('leave out a sentence whose value is unknown', () => {
    const text = 'We have {amount}. It goes to {account}. Done.';
    expect(fill(text, { amount: '5', account: null })).to.equal('We have 5. Done.');
  });

  it('write amounts as the language does', () => {
    expect(formatAmount(150000, 'RUB', 'ru')).to.match(/^1\s500,00\s₽$/);
    expect(formatAmount(5, 'RUB', 'en')).to.equal('₽0.05');
    expect(formatAmount(500, 'JPY', 'en')).to.equal('¥500');
  });

  it('speak languages that are registered', () => {
    registerLocale('de', { ...en, money: { ...en.money, none: 'Es wurde kein Geld bewegt.' } });
    expect(findLocale('de-AT').texts.money.none).to.equal('Es wurde kein Geld bewegt.');
    expect(findLocale('de-AT').tag).to.equal('de-AT');
    expect(findLocale('fr').tag).to.equal('en');
    expect(findLocale(null).tag).to.equal('en');
  });
});
