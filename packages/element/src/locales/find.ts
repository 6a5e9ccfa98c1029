import { en } from './en.js';
import { type Language, nearestTo } from './registry.js';
import { ru } from './ru.js';
import type { Texts } from './texts.js';

/** A language with all its texts. */
export type Locale = Language<Texts>;

/** The language that fits a tag best (`ru-RU` → `ru`); English when none does. */
export function findLocale(tag: string | null): Locale {
  return nearestTo(tag, { en, ru });
}
