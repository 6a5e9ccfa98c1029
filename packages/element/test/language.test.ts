import { expect, fixture, html } from '@open-wc/testing';
import { type B131Payout, registerLocale } from '../src/index.js';
import { en } from '../src/locales/en.js';
import { face, mount, textOf } from './support/element.ts';
import { waitUntil } from './support/wait.ts';
import { createWorld } from './support/world.ts';

/** A paid payout on a page in some language. */
async function paid(lang: string): Promise<{ page: HTMLElement; element: B131Payout }> {
  const world = await createWorld();
  await world.move({ status: 'succeeded', amount: 123456789, finishedAt: '2026-03-02T09:02:00Z' });
  const element = await mount(world);
  element.removeAttribute('lang');
  const page = await fixture<HTMLElement>(html`<section lang=${lang}></section>`);
  page.append(element);
  await face(element, 'succeeded');
  return { page, element };
}

function title(element: B131Payout): string | null | undefined {
  return element.shadowRoot?.querySelector('#title')?.textContent;
}

describe('the language', () => {
  it('is the page’s, with its amounts and dates, and changes with it', async () => {
    const { page, element } = await paid('en-GB');
    expect(title(element)).to.equal('Paid');
    expect(textOf(element)).to.contain('₽1,234,567.89').and.to.contain('2 March 2026');
    page.lang = 'ru';
    await waitUntil(() => title(element) === 'Выплачено', 'it speaks Russian');
    expect(textOf(element)).to.contain('1 234 567,89 ₽').and.to.contain('2 марта 2026');
    expect(element.shadowRoot?.querySelector('.frame')?.getAttribute('lang')).to.equal('ru');
    page.lang = 'en';
    await waitUntil(() => title(element) === 'Paid', 'it speaks English');
  });

  it('can be another one than the page’s', async () => {
    const { page, element } = await paid('en');
    element.locale = 'ru-RU';
    await element.updateComplete;
    expect(title(element)).to.equal('Выплачено');
    page.lang = 'de';
    await element.updateComplete;
    expect(title(element)).to.equal('Выплачено');
    element.locale = null;
    await waitUntil(() => title(element) === 'Paid', 'German is not known: English');
  });

  it('may be registered later, right to left as well', async () => {
    const { page, element } = await paid('ar');
    page.dir = 'rtl';
    expect(title(element)).to.equal('Paid');
    registerLocale('ar', {
      ...en,
      faces: { ...en.faces, succeeded: { title: 'تم الدفع', text: '{amount}' } },
    });
    await waitUntil(() => title(element) === 'تم الدفع', 'it speaks Arabic');
    expect(element.shadowRoot?.querySelector('.frame')?.getAttribute('lang')).to.equal('ar');
    expect(getComputedStyle(element).direction).to.equal('rtl');
    expect(textOf(element)).to.match(/1,234,567\.89|١٬٢٣٤٬٥٦٧٫٨٩/);
  });
});
