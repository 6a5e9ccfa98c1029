import type { OpeningTexts } from '../opening/texts.js';
import type { Texts } from './texts.js';

const registered = new Map<string, Texts>();
const listeners = new Set<() => void>();

/** A language by the name under which it is registered, or built in, with its texts. */
export interface Language<T extends OpeningTexts> {
  readonly tag: string;
  readonly texts: T;
}

/** Texts that come with the element: all of them, or those that it shows first. */
export type BuiltIn<T extends OpeningTexts> = Readonly<Record<'en', T> & Partial<Record<string, T>>>;

/**
 * Adds a language, or replaces one, for every element on the page; those on the page are redrawn. `tag` is a BCP 47
 * tag such as `de` or `pt-BR`. To change a few texts only, spread an existing locale.
 */
export function registerLocale(tag: string, texts: Texts): void {
  registered.set(tag.toLowerCase(), texts);
  for (const tell of listeners) tell();
}

/** The language that fits a tag best, of those that are registered or built in (`ru-RU` → `ru`); English when none does. */
export function nearestTo<T extends OpeningTexts>(
  tag: string | null,
  builtIn: BuiltIn<T>,
): Language<T | Texts> {
  const parts = (tag ?? '').trim().toLowerCase().replaceAll('_', '-').split('-');
  for (let length = parts.length; length > 0; length--) {
    const name = parts.slice(0, length).join('-');
    const texts = registered.get(name) ?? builtIn[name];
    if (texts) return { tag: name, texts };
  }
  return { tag: 'en', texts: registered.get('en') ?? builtIn.en };
}

/** Calls `tell` whenever a language is registered; returns the end of it. */
export function onRegistered(tell: () => void): () => void {
  listeners.add(tell);
  return () => listeners.delete(tell);
}
