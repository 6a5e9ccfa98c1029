import { en } from './en.js';
import { type Language, nearestTo } from './registry.js';
import { ru } from './ru.js';
import type { Texts } from './texts.js';

/** A language with all its texts, and the tag that formats amounts and dates. */
export type Locale = Language<Texts>;

/** The language that fits a tag best (`ru-RU` → `ru`); English when none does. */
export function findLocale(tag: string | null): Locale {
  const { tag: name, texts } = nearestTo(tag, { en, ru });
  const asked = canonical(tag ?? name);
  return { tag: asked?.toLowerCase().startsWith(name) ? asked : name, texts };
}

function canonical(tag: string): string | undefined {
  try {
    return Intl.getCanonicalLocales(tag.trim().replaceAll('_', '-'))[0];
  } catch {
    return undefined;
  }
}
