/** The page's language: `en` or `ru`, kept in the browser, told to everybody by `lang` of the document. */
import { en } from './en.ts';
import { ru } from './ru.ts';
import type { Words } from './words.ts';

export type Language = 'en' | 'ru';

const all: Record<Language, Words> = { en, ru };
const kept = 'rover-language';

let language: Language = begin();
document.documentElement.lang = language;

export const currentLanguage = (): Language => language;
export const words = (): Words => all[language];

export function choose(next: Language): void {
  language = next;
  document.documentElement.lang = next;
  localStorage.setItem(kept, next);
}

function begin(): Language {
  const asked =
    new URLSearchParams(location.search).get('lang') ?? localStorage.getItem(kept) ?? navigator.language;
  return asked.toLowerCase().startsWith('ru') ? 'ru' : 'en';
}
