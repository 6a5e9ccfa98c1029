import type { Destination } from './model.js';

/** What the sandbox does with a payout. */
export type Outcome =
  | 'succeeds'
  | 'account_not_found'
  | 'fails_after_confirm'
  | 'hangs_after_confirm'
  | 'never_ready'
  | 'start_refused'
  | 'returned'
  | 'returned_in_part'
  | 'confirmation_runs_out'
  | 'start_answer_lost'
  | 'confirm_answer_lost';

/** One line of the table of magic accounts. */
export interface MagicEnding {
  readonly ending: string;
  readonly outcome: Outcome;
  /** In words, for help pages. */
  readonly meaning: string;
}

/** Magic endings: the last two digits of the account, card or phone number. An invention of this sandbox. */
export const MAGIC_ENDINGS: readonly MagicEnding[] = [
  magic('90', 'returned_in_part', 'succeeds, later half of it comes back: payment_refunded'),
  magic('91', 'account_not_found', 'fails before it is ready: account_not_found'),
  magic('92', 'fails_after_confirm', 'gets ready, fails after confirm: provider_internal_error'),
  magic('93', 'hangs_after_confirm', 'hangs: in_progress for ever after confirm'),
  magic('94', 'never_ready', 'never gets ready: in_progress for ever after start'),
  magic('95', 'start_refused', 'start is refused (operation_rejected); the session stays created'),
  magic('96', 'returned', 'succeeds, later comes back in full: payment_refunded'),
  magic('97', 'confirmation_runs_out', 'waits for confirm only a short time, then confirm_timeout'),
  magic('98', 'start_answer_lost', 'start answers HTTP 502 HTML, but the payout goes on'),
  magic('99', 'confirm_answer_lost', 'confirm answers HTTP 504 HTML, but the payout goes on'),
];

function magic(ending: string, outcome: Outcome, meaning: string): MagicEnding {
  return { ending, outcome, meaning };
}

/** The outcome for a destination: a magic ending's, or success. */
export function outcomeOf(destination: Destination): Outcome {
  const ending = numberOf(destination).slice(-2);
  return MAGIC_ENDINGS.find((magic) => magic.ending === ending)?.outcome ?? 'succeeds';
}

function numberOf(destination: Destination): string {
  if (destination.kind === 'card') return destination.number;
  return 'phone' in destination ? destination.phone : destination.account;
}
