import { currentLanguage } from './language.ts';

const locale = () => (currentLanguage() === 'ru' ? 'ru-RU' : 'en-GB');

/** Kopecks as roubles, written as the element writes them: ₽4,250.00 or 4 250,00 ₽. */
export function money(amount: number, sign = false): string {
  const format = new Intl.NumberFormat(locale(), {
    style: 'currency',
    currency: 'RUB',
    currencyDisplay: 'narrowSymbol',
    signDisplay: sign ? 'always' : 'auto',
  });
  return format.format(amount / 100).replace('-', '−');
}

export const kilometres = (km: number): string =>
  new Intl.NumberFormat(locale(), { style: 'unit', unit: 'kilometer', maximumFractionDigits: 1 }).format(km);

export const dayAndTime = (at: string): string =>
  new Intl.DateTimeFormat(locale(), {
    weekday: 'short',
    day: 'numeric',
    month: 'short',
    hour: '2-digit',
    minute: '2-digit',
  }).format(new Date(at));

export const dayOfWeek = (date: Date): string =>
  new Intl.DateTimeFormat(locale(), { weekday: 'narrow' }).format(date);

export const weekdayName = (date: Date): string =>
  new Intl.DateTimeFormat(locale(), { weekday: 'long' }).format(date);

export const dateRange = (from: Date, to: Date): string =>
  new Intl.DateTimeFormat(locale(), { day: 'numeric', month: 'long' }).formatRange(from, to);

/** 14:03:27 and 518: the panel is exact to the millisecond where there is room. */
export function clock(at: number): { time: string; ms: string } {
  const date = new Date(at);
  const two = (n: number) => String(n).padStart(2, '0');
  return {
    time: `${two(date.getHours())}:${two(date.getMinutes())}:${two(date.getSeconds())}`,
    ms: String(date.getMilliseconds()).padStart(3, '0'),
  };
}

/** Fills {names} in a text. */
export function fill(text: string, values: Record<string, string | number>): string {
  return text.replace(/\{(\w+)\}/g, (whole, name: string) => String(values[name] ?? whole));
}

/** The form of a word that goes with a number. */
export function plural(count: number, forms: Partial<Record<Intl.LDMLPluralRule, string>>): string {
  const form = forms[new Intl.PluralRules(locale()).select(count)] ?? forms.other ?? '';
  return fill(form, { count });
}
