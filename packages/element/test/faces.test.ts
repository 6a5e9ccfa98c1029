import { expect } from '@open-wc/testing';
import { viewOf } from '../src/faces/view.js';
import { errorTable, type FaceName, faceTable, statusTable } from '../src/index.js';
import { formatAmount } from '../src/locales/amount.js';
import { en } from '../src/locales/en.js';
import { fill } from '../src/locales/fill.js';
import { findLocale } from '../src/locales/find.js';
import { registerLocale } from '../src/locales/registry.js';
import { ru } from '../src/locales/ru.js';
import { errorCodes, everyState, payout } from './support/states.ts';

describe('faces', () => {
  for (const lang of ['en', 'ru']) {
    it(`say in ${lang} what happened, whether money moved and what next`, () => {
      const { texts, tag } = findLocale(lang);
      for (const [name, state] of everyState()) {
        for (const summary of [payout, null]) {
          const view = viewOf(state, { texts, tag }, summary);
          const all = [view.title, view.text, view.money, view.next, view.notice?.text ?? ''];
          expect(view.title, name).not.to.equal('');
          expect(all.join(' '), name).not.to.match(/[{}]|undefined|null/);
          const { money, next } = faceTable[view.face];
          if (money !== null) expect(view.money, `money of ${name}`).not.to.equal('');
          if (next.length > 0) expect(view.next, `next of ${name}`).not.to.equal('');
        }
      }
    });

    it(`say of each error in ${lang} whether money moved and what to do`, () => {
      const { texts, tag } = findLocale(lang);
      for (const code of errorCodes()) {
        const { face, money } = errorTable[code];
        // The form stays and speaks for itself; a payout that moved on speaks below its notice.
        if (face === 'form' || face === 'not_confirmable') continue;
        const step = { at: 'problem', code, result: null, unsure: false, early: false } as const;
        const view = viewOf({ mode: 'payout', step }, { texts, tag }, payout);
        expect(view.title, `${code}: what happened`).not.to.equal('');
        expect(view.money, `${code}: whether money moved`).not.to.equal('');
        const way = view.next !== '' || view.actions.length > 0 || isNotice(face);
        expect(way, `${code}: what to do`).to.equal(true);
        const { money: said } = faceTable[face];
        const harmless = said === 'none' || said === 'notByThis';
        expect(harmless, `${code}: the money as the table has it`).to.equal(
          money === 'no' || face === 'ticket_expired',
        );
      }
    });

    it(`say of each failure in ${lang} why, that no money moved, and what to do`, () => {
      for (const retryable of [true, false]) {
        for (const [name, state] of everyState()) {
          if (state.step.at !== 'payout') continue;
          const { status } = state.step.payout;
          if (status !== 'failed' && status !== 'cancelled') continue;
          const step = { ...state.step, payout: { ...state.step.payout, retryable } };
          const { texts, tag } = findLocale(lang);
          const view = viewOf({ ...state, step }, { texts, tag }, null);
          expect([view.text, view.money, view.next], name).not.to.include('');
          expect(view.money, name).to.equal(texts.money.none);
        }
      }
    });

    it(`are written with care in ${lang}`, () => {
      for (const [path, text] of textsOf(findLocale(lang).texts)) {
        expect(text, path).to.equal(text.trim());
        expect(text, path).not.to.match(/!|\.\.\.|["']| {2}/);
        if (/^(money|next|failures)\.|\.text$/.test(path)) expect(text, path).to.match(/\.$/);
        if (/\.title$|^(buttons|labels|steps)\./.test(path)) expect(text, path).not.to.match(/\.$/);
      }
    });
  }

  it('have the same sentences and values in every language', () => {
    const values = (text: string): string => (text.match(/\{\w+\}/g) ?? []).sort().join();
    const english = new Map(textsOf(en));
    const russian = new Map(textsOf(ru));
    expect([...russian.keys()]).to.have.members([...english.keys()]);
    for (const [path, text] of english) expect(values(russian.get(path) ?? ''), path).to.equal(values(text));
  });

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

  it('set a masked account apart where a language is written from the right', () => {
    const values = { to: '40817***9535' };
    expect(fill('Sent to {to}.', values)).to.equal('Sent to 40817***9535.');
    expect(fill('تم الإرسال إلى {to}.', values)).to.equal('تم الإرسال إلى \u206840817***9535\u2069.');
  });

  it('write amounts as the language does', () => {
    expect(formatAmount(150000, 'RUB', 'ru')).to.equal('1\u00a0500,00\u00a0₽');
    expect(formatAmount(150000, 'EUR', 'fr')).to.equal('1\u202f500,00\u00a0€');
    expect(formatAmount(150000, 'RUB', 'en')).to.equal('₽1,500.00');
    expect(formatAmount(5, 'RUB', 'en')).to.equal('₽0.05');
  });

  it('write amounts with as many decimals as the currency has', () => {
    expect(formatAmount(500, 'JPY', 'en')).to.equal('¥500');
    expect(formatAmount(1234567, 'KWD', 'en')).to.equal('KWD\u00a01,234.567');
    expect(formatAmount(1234567, 'KWD', 'ru')).to.equal('1\u00a0234,567\u00a0KWD');
  });

  it('write large amounts to the last kopeck', () => {
    expect(formatAmount(999_999_999_999_99, 'RUB', 'en')).to.equal('₽999,999,999,999.99');
  });

  it('write an amount of an unknown currency all the same', () => {
    expect(formatAmount(150000, 'R', 'en')).to.equal('1500.00 R');
  });

  it('speak languages that are registered', () => {
    registerLocale('de', { ...en, money: { ...en.money, none: 'Es wurde kein Geld bewegt.' } });
    expect(findLocale('de-AT').texts.money.none).to.equal('Es wurde kein Geld bewegt.');
    expect(findLocale('de-AT').tag).to.equal('de-AT');
    expect(findLocale('fr').tag).to.equal('en');
    expect(findLocale(null).tag).to.equal('en');
  });
});

/** Faces that are shown as a notice on a payout that goes on by itself. */
function isNotice(face: FaceName): boolean {
  return face === 'payout_in_progress' || face === 'payout_finished';
}

/** Every text with its path, such as `faces.offline.title`. */
function textsOf(texts: object, path = ''): [string, string][] {
  return Object.entries(texts).flatMap(([key, value]): [string, string][] =>
    typeof value === 'string' ? [[path + key, value]] : textsOf(value, `${path}${key}.`),
  );
}
