import type { Route, SentenceName } from '../words/words.ts';

/** 0 is the ticket, before the bank's first step. */
export type StepNumber = 0 | 1 | 2 | 3 | 4 | 5 | 6 | 7;

/** `minor` lines matter to the curious only. */
export type Tone = 'plain' | 'minor' | 'news' | 'good' | 'bad';

/** One line of the panel, in words yet to be chosen by language. */
export interface Draft {
  step: StepNumber;
  route: Route;
  sentence: SentenceName;
  /** For the sentence; a `status` is a code, an `amount` minor units. */
  values?: Record<string, string | number>;
  /** The technical side of it: method, path, answer. */
  detail?: string;
  tone?: Tone;
}

export interface Line extends Required<Draft> {
  key: string;
  /** ms since the epoch */
  at: number;
  /** How often it happened in a row. */
  times: number;
}
