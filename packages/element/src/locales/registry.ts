import { en } from './en.js';
import { ru } from './ru.js';
import type { Texts } from './texts.js';

const registered = new Map<string, Texts>([
  ['en', en],
  ['ru', ru],
]);
const listeners = new Set<() => void>();

/** A language as the element uses it: its texts, and the tag that formats amounts and dates. */
export interface Locale {
  readonly tag: string;
  readonly texts: Texts;
}

/**
 * Adds a language, or replaces one, for every element on the page; those on the page are redrawn. `tag` is a BCP 47
 * tag such as `de` or `pt-BR`. To change a few texts only, spread an existing locale.
 */
export function registerLocale(tag: string, texts: Texts): void {
  registered.set(tag.toLowerCase(), texts);
  for (const tell of listeners) tell();
}

/** The registered language that fits a tag best (`ru-RU` → `ru`); English when none does. */
export function findLocale(tag: string | null): Locale {
  const parts = (tag ?? '').trim().toLowerCase().replaceAll('_', '-').split('-');
  for (let length = parts.length; length > 0; length--) {
    const texts = registered.get(parts.slice(0, length).join('-'));
    if (texts) return { tag: canonical(tag ?? 'en', parts.slice(0, length).join('-')), texts };
  }
  return { tag: 'en', texts: en };
}

/** Calls `tell` whenever a language is registered; returns the end of it. */
export function onRegistered(tell: () => void): () => void {
  listeners.add(tell);
  return () => listeners.delete(tell);
}

function canonical(tag: string, otherwise: string): string {
  try {
    return Intl.getCanonicalLocales(tag.trim().replaceAll('_', '-'))[0] ?? otherwise;
  } catch {
    return otherwise;
  }
}
