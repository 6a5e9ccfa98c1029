import type { BuiltIn } from '../locales/registry.js';
import type { Texts } from '../locales/texts.js';
import { enOpening } from './en.js';
import { ruOpening } from './ru.js';

/** The few texts that an element shows before the others are there. Every {@link Texts} has them. */
export interface OpeningTexts {
  readonly faces: Pick<Texts['faces'], 'loading' | 'waiting' | 'load_failed'>;
  readonly money: Pick<Texts['money'], 'notByThis'>;
  readonly next: Pick<Texts['next'], 'reload'>;
  readonly steps: Texts['steps'];
  readonly labels: Pick<Texts['labels'], 'youReceive'>;
  readonly notes: Pick<Texts['notes'], 'bankForm'>;
}

/** The languages that come with the element. */
export const firstTexts: BuiltIn<OpeningTexts> = { en: enOpening, ru: ruOpening };
